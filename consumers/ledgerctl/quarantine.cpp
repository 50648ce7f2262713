#include <fmt/format.h>

#include "consumers/client/connect.h"
#include "consumers/client/json.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/output.h"
#include "platform/http/client.h"

namespace ledger::cli {

namespace {

using boost::json::value;

Result<int> list(http::Client& client, const QuarantineCommand& command) {
  Table table({"position", "received", "sender", "error", "field", "detail", "released"});
  std::size_t rows = 0;
  std::string cursor;
  do {
    std::string path = "/v1/quarantine?limit=1000";
    if (command.all) path += "&all=true";
    if (!command.sender.empty()) path += "&sender=" + http::url_encode(command.sender);
    if (!cursor.empty()) path += "&cursor=" + http::url_encode(cursor);
    LEDGER_TRY(const value page, get_json(client, path));
    for (const auto& item : page.at("items").as_array()) {
      table.add({text_of(item, "position"), text_of(item, "received"), text_of(item, "sender"),
                 text_of(item, "error"), text_of(item, "field"), text_of(item, "detail"),
                 text_of(item, "released")});
      ++rows;
    }
    cursor = text_of(page, "next_cursor");
  } while (!cursor.empty());
  if (rows == 0) {
    fmt::print("nothing waits in the quarantine\n");
  } else {
    fmt::print("{}", table.text());
  }
  return 0;
}

Result<int> show(http::Client& client, const QuarantineCommand& command) {
  LEDGER_TRY(const value entry,
             get_json(client, "/v1/quarantine/" + http::url_encode(command.position)));
  for (const char* member : {"position", "received", "sender", "error", "field", "detail",
                             "released", "dismissed", "method", "query", "content_type"}) {
    const std::string text = text_of(entry, member);
    if (!text.empty()) fmt::print("{:<13} {}\n", member, printable(text));
  }
  const std::string body = text_of(entry, "body");
  if (body.empty() && !text_of(entry, "body_base64").empty()) {
    fmt::print("\nno UTF-8 text; in base64:\n{}\n", text_of(entry, "body_base64"));
  } else {
    fmt::print("\n{}\n", printable(body));
  }
  return 0;
}

// What became of the events of the entries that were replayed.
struct Tally {
  std::size_t recorded = 0;
  std::size_t restated = 0;
  std::size_t known = 0;
  std::size_t superseded = 0;

  void add(const std::string& position, const value& event) {
    const std::string as = text_of(event, "replayed_as");
    std::string_view word = "recorded";
    std::size_t* count = &recorded;
    if (as == "restated") {
      word = "restated";
      count = &restated;
    } else if (as == "known") {
      word = "known already:";
      count = &known;
    } else if (as == "superseded") {
      word = "left as its sender said later:";
      count = &superseded;
    }
    ++*count;
    fmt::print("{}  {} {} at {}\n", position, word, text_of(event, "id"),
               text_of(event, "position"));
  }
};

Result<bool> replay_one(http::Client& client, const std::string& position, Tally& tally) {
  http::Client::Call call;
  call.method = "POST";
  call.path = "/v1/quarantine/" + http::url_encode(position) + "/replay";
  LEDGER_TRY(const auto answer, client.send(call));
  const auto body = parse_json(answer.body);
  // Some of its events may be in although the entry waits on.
  const value* events =
      body && body->is_object() ? body->as_object().if_contains("events") : nullptr;
  if (events != nullptr) {
    for (const auto& event : events->as_array()) tally.add(position, event);
  }
  if (answer.status == 200 && body) return true;
  const std::string field = body ? text_of(*body, "field") : "";
  fmt::print("{}  still cannot be recorded: {}{}{}\n", position, field, field.empty() ? "" : ": ",
             body ? text_of(*body, "detail") : answer.body);
  return false;
}

Result<int> replay(http::Client& client, const QuarantineCommand& command) {
  if (!command.position.empty()) {
    Tally tally;
    LEDGER_TRY(const bool done, replay_one(client, command.position, tally));
    return done ? 0 : 1;
  }
  std::string cursor;
  std::size_t done = 0;
  std::size_t left = 0;
  Tally tally;
  do {
    std::string path = "/v1/quarantine?limit=1000";
    if (!command.sender.empty()) path += "&sender=" + http::url_encode(command.sender);
    if (!cursor.empty()) path += "&cursor=" + http::url_encode(cursor);
    LEDGER_TRY(const value page, get_json(client, path));
    for (const auto& item : page.at("items").as_array()) {
      LEDGER_TRY(const bool released, replay_one(client, text_of(item, "position"), tally));
      ++(released ? done : left);
    }
    cursor = text_of(page, "next_cursor");
  } while (!cursor.empty());
  fmt::print(
      "{} released, {} left; of their events {} recorded, {} restated, {} known already, "
      "{} left as said later\n",
      done, left, tally.recorded, tally.restated, tally.known, tally.superseded);
  return left == 0 ? 0 : 1;
}

Result<int> dismiss(http::Client& client, const QuarantineCommand& command) {
  http::Client::Call call;
  call.method = "POST";
  call.path = "/v1/quarantine/" + http::url_encode(command.position) +
              "/dismiss?reason=" + http::url_encode(command.reason);
  LEDGER_TRY(const auto answer, client.send(call));
  if (answer.status != 200) return tl::unexpected(error_of(answer));
  fmt::print("{}  dismissed\n", command.position);
  return 0;
}

}  // namespace

Result<int> run_quarantine(const QuarantineCommand& command) {
  LEDGER_TRY(auto client, connect(command.server));
  if (command.action == "list") return list(client, command);
  if (command.action == "show") return show(client, command);
  if (command.action == "dismiss") return dismiss(client, command);
  return replay(client, command);
}

}  // namespace ledger::cli
