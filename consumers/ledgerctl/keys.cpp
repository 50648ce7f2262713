#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <utility>

#include "consumers/client/connect.h"
#include "consumers/client/json.h"
#include "consumers/ledgerctl/access_commands.h"
#include "consumers/ledgerctl/output.h"
#include "platform/clock.h"
#include "platform/durable_file.h"
#include "platform/json_writer.h"

namespace ledger::cli {

namespace {

using boost::json::value;

std::string state_of(const value& key) {
  if (!text_of(key, "revoked").empty()) return "revoked " + text_of(key, "revoked");
  const auto* good = key.as_object().if_contains("good");
  return good != nullptr && good->as_bool() ? "good" : "expired";
}

Result<int> list(http::Client& client, const KeysCommand& command) {
  Table table({"principal", "key", "state", "created", "last used", "expires"});
  std::string cursor;
  do {
    const std::string path =
        "/v1/principals" + (cursor.empty() ? "" : "?cursor=" + http::url_encode(cursor));
    LEDGER_TRY(const value page, get_json(client, path));
    for (const auto& item : page.at("items").as_array()) {
      const std::string id = text_of(item, "id");
      if (!command.principal.empty() && command.principal != id) continue;
      for (const auto& key : item.at("keys").as_array()) {
        const std::string used = text_of(key, "last_used");
        const std::string expires = text_of(key, "expires_at");
        table.add({id, text_of(key, "id"), state_of(key), text_of(key, "created"),
                   used.empty() ? "never" : used, expires.empty() ? "never" : expires});
      }
    }
    cursor = text_of(page, "next_cursor");
  } while (!cursor.empty());
  if (table.empty()) {
    fmt::print("there are no keys\n");
  } else {
    fmt::print("{}", table.text());
  }
  return 0;
}

Result<std::int64_t> number(const std::string& text, const char* option) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > 100'000) {
    return fail(ErrorCode::kInvalidField, fmt::format("'{}' is no number of them", text), option);
  }
  return value;
}

Result<std::string> body_of(const KeysCommand& command) {
  JsonWriter json;
  json.begin_object();
  if (!command.days.empty()) {
    LEDGER_TRY(const auto days, number(command.days, "days"));
    json.member("expires_at",
                format_timestamp(SystemClock().now() + std::chrono::hours(24 * days)));
  }
  if (command.action == "rotate") {
    json.member("replaces", command.key);
    LEDGER_TRY(const auto hours, number(command.overlap_hours, "overlap-hours"));
    json.member("overlap_hours", hours);
  }
  json.end_object();
  return json.take();
}

std::string path_of(const KeysCommand& command) {
  return "/v1/principals/" + http::url_encode(command.principal) + "/keys";
}

Result<int> create(http::Client& client, const KeysCommand& command) {
  LEDGER_TRY(auto body, body_of(command));
  LEDGER_TRY(const auto answer, client.send({.method = "POST",
                                             .path = path_of(command),
                                             .content_type = "application/json",
                                             .body = std::move(body)}));
  if (answer.status != 201) return tl::unexpected(error_of(answer));
  LEDGER_TRY(const value made, parse_json(answer.body));
  if (command.save.empty()) {
    fmt::print(stderr, "The key of {}, shown this once:\n", command.principal);
    fmt::print("{}\n", text_of(made, "key"));
  } else {
    LEDGER_CHECK(
        replace_durably(std::filesystem::absolute(command.save), text_of(made, "key") + "\n"));
    fmt::print("key {} of {} is in {}\n", text_of(made, "id"), command.principal, command.save);
  }
  if (command.action == "rotate") {
    fmt::print(stderr, "{} serves until {}\n", command.key, text_of(made, "replaced_until"));
  }
  return 0;
}

Result<int> revoke(http::Client& client, const KeysCommand& command) {
  LEDGER_TRY(const auto answer,
             client.send({.method = "DELETE",
                          .path = path_of(command) + "/" + http::url_encode(command.key)}));
  if (answer.status != 204) return tl::unexpected(error_of(answer));
  fmt::print("{} serves no more\n", command.key);
  return 0;
}

}  // namespace

std::vector<AccessWord> words_of(KeysCommand& command) {
  const Setting principal{"principal", &command.principal, "Whose", true};
  const Setting key{"key", &command.key, "Which, as `list` shows it", true};
  const Setting days{"--days", &command.days, "Days that it serves; else until it is revoked"};
  const Setting save{"--save", &command.save,
                     "Write the key to this file, for its owner alone, instead of showing it"};
  return {
      {"list",
       "Keys, when each was used last, and until when it serves.",
       {{"principal", &command.principal, "Only this one's"}}},
      {"create", "Make a key.", {principal, days, save}},
      {"rotate",
       "Make a key in another's place, which serves on for a while.",
       {principal,
        key,
        {"--overlap-hours", &command.overlap_hours, "How long the old one serves on"},
        days,
        save}},
      {"revoke", "A key serves no more, from now on.", {principal, key}},
  };
}

Result<int> run_keys(const KeysCommand& command) {
  LEDGER_TRY(auto client, connect(command.server));
  if (command.action == "create" || command.action == "rotate") return create(client, command);
  if (command.action == "revoke") return revoke(client, command);
  return list(client, command);
}

}  // namespace ledger::cli
