#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <utility>

#include "consumers/client/connect.h"
#include "consumers/client/json.h"
#include "consumers/ledgerctl/access_commands.h"
#include "consumers/ledgerctl/output.h"
#include "platform/json_writer.h"

namespace ledger::cli {

namespace {

using boost::json::value;
using Texts = std::vector<std::string>;

std::string joined(const value& item, const char* member) {
  std::string text;
  const auto* list = item.as_object().if_contains(member);
  if (list == nullptr || !list->is_array()) return text;
  for (const auto& each : list->as_array()) {
    text += (text.empty() ? "" : ", ") + std::string(each.as_string());
  }
  return text;
}

bool is_true(const value& item, const char* member) {
  const auto* flag = item.as_object().if_contains(member);
  return flag != nullptr && flag->is_bool() && flag->as_bool();
}

std::string reach_of(const value& item) {
  std::string text = joined(item, "departments");
  if (const std::string sources = joined(item, "sources"); !sources.empty()) {
    const std::string types = joined(item, "event_types");
    text = sources + ": " + (types.empty() ? "any event" : types);
  }
  return text;
}

Result<int> list(http::Client& client, const PeopleCommand& command) {
  Table table({"id", "role", "name", "manager", "reach", "let in", "password", "keys"});
  std::string cursor;
  do {
    const std::string path =
        "/v1/principals" + (cursor.empty() ? "" : "?cursor=" + http::url_encode(cursor));
    LEDGER_TRY(const value page, get_json(client, path));
    if (command.json) fmt::print("{}\n", indented(page));
    for (const auto& item : page.at("items").as_array()) {
      std::int64_t keys = 0;
      for (const auto& key : item.at("keys").as_array()) keys += is_true(key, "good") ? 1 : 0;
      table.add({text_of(item, "id"), text_of(item, "role"), printable(text_of(item, "name")),
                 text_of(item, "manager_id"), printable(reach_of(item)),
                 is_true(item, "active") ? "yes" : "no",
                 is_true(item, "has_password") ? "yes" : "no", std::to_string(keys)});
    }
    cursor = text_of(page, "next_cursor");
  } while (!cursor.empty());
  if (!command.json) fmt::print("{}", table.text());
  return 0;
}

void write_text(JsonWriter& json, const char* name, const std::string& text) {
  if (!text.empty()) json.member(name, text);
}

void write_texts(JsonWriter& json, const char* name, const Texts& texts) {
  if (texts.empty()) return;
  json.key(name).begin_array();
  for (const auto& text : texts) json.value(text);
  json.end_array();
}

// What was said of him, and nothing else: the rest stays as it is.
std::string said_of(const PeopleCommand& command, bool with_id) {
  JsonWriter json;
  json.begin_object();
  if (with_id) json.member("id", command.id);
  write_text(json, "role", command.role);
  write_text(json, "name", command.name);
  write_text(json, "manager_id", command.manager);
  write_texts(json, "departments", command.departments);
  write_texts(json, "sources", command.sources);
  write_texts(json, "event_types", command.types);
  write_text(json, "subject", command.subject);
  write_text(json, "certificate", command.certificate);
  json.end_object();
  return json.take();
}

Result<value> send(http::Client& client, const char* method, const std::string& path,
                   std::string body, int expected) {
  LEDGER_TRY(const auto answer, client.send({.method = method,
                                             .path = path,
                                             .content_type = "application/json",
                                             .body = std::move(body)}));
  if (answer.status != expected) return tl::unexpected(error_of(answer));
  if (answer.body.empty()) return value();
  return parse_json(answer.body);
}

std::string path_of(const PeopleCommand& command, const char* below = "") {
  return "/v1/principals/" + http::url_encode(command.id) + below;
}

Result<int> add(http::Client& client, const PeopleCommand& command) {
  LEDGER_TRY(const value made, send(client, "POST", "/v1/principals", said_of(command, true), 201));
  const bool source = text_of(made, "role") == "source";
  fmt::print("{} is {}. Next: ledgerctl {} {}\n", command.id, text_of(made, "role"),
             source ? "keys create" : "people login-link", command.id);
  return 0;
}

Result<int> change(http::Client& client, const PeopleCommand& command, std::string body) {
  LEDGER_TRY(const value now, send(client, "PATCH", path_of(command), std::move(body), 200));
  const std::string reach = reach_of(now);
  fmt::print("{} is {}{}{}, and {}\n", command.id, text_of(now, "role"),
             reach.empty() ? "" : " of ", printable(reach),
             is_true(now, "active") ? "let in" : "shut out");
  return 0;
}

// Typed unseen at a terminal; else the first line of what comes in.
Result<std::string> read_password(const char* prompt) {
  const bool terminal = isatty(STDIN_FILENO) == 1;
  termios shown{};
  if (terminal && tcgetattr(STDIN_FILENO, &shown) == 0) {
    fmt::print(stderr, "{}: ", prompt);
    termios unseen = shown;
    unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
  }
  std::string line;
  std::getline(std::cin, line);
  if (terminal) {
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    fmt::print(stderr, "\n");
  }
  if (line.ends_with('\r')) line.pop_back();
  if (line.empty()) return fail(ErrorCode::kMissingField, "none was given", "password");
  return line;
}

Result<int> password(http::Client& client, const PeopleCommand& command) {
  LEDGER_TRY(const auto given, read_password("New password"));
  if (isatty(STDIN_FILENO) == 1) {
    LEDGER_TRY(const auto again, read_password("Once more"));
    if (again != given) return fail(ErrorCode::kInvalidField, "the two differ", "password");
  }
  JsonWriter json;
  json.begin_object();
  json.member("password", given);
  json.end_object();
  LEDGER_TRY([[maybe_unused]] const value done,
             send(client, "PUT", path_of(command, "/password"), json.take(), 204));
  fmt::print("{} has a new password, and is signed out everywhere\n", command.id);
  return 0;
}

Result<int> login_link(http::Client& client, const PeopleCommand& command) {
  LEDGER_TRY(const value made, send(client, "POST", path_of(command, "/one-time"), "{}", 201));
  fmt::print("Signs {} in, once, until {}:\n  {}{}\n", command.id, text_of(made, "expires_at"),
             http::without_userinfo(command.server), text_of(made, "link"));
  return 0;
}

}  // namespace

std::vector<AccessWord> words_of(PeopleCommand& command) {
  const Setting id{"id", &command.id, "Who: small letters, digits and . _ - (o.savchuk)", true};
  const Setting departments{"--department", &command.departments,
                            "Of a head, by commas; \"*\" is all of them"};
  const Setting sources{"--source", &command.sources,
                        "Of a source, by commas: as which CloudEvents sources it records;\n"
                        "asterisk/* is all below"};
  const Setting types{"--type", &command.types,
                      "Of a source, by commas: what it records (call.completed); else anything"};
  const Setting manager{"--manager", &command.manager,
                        "As whom the ledger knows him: the manager_id of his manager.hired"};
  const Texts roles{"source", "manager", "head", "auditor", "admin"};
  const Setting subject{"--subject", &command.subject,
                        "What the house's own sign-in calls him; without it no token\nof it, and "
                        "no button, lets him in"};
  const Setting certificate{"--certificate", &command.certificate,
                            "The subject of his client certificate, or one of its names"};
  const Setting name{"--name", &command.name, "As people call him"};
  Setting required_name = name;
  required_name.required = true;
  return {
      {"list", "Who there is.", {{"--json", &command.json, "The server's answer, no table"}}},
      {"add",
       "Let somebody in.",
       {id,
        {"--role", &command.role, "What he may", true, roles},
        required_name,
        manager,
        departments,
        sources,
        types,
        subject,
        certificate}},
      {"role",
       "Change what somebody may; he is signed out, and another role ends his keys. What is "
       "not\nsaid stays as it is.",
       {id,
        {"role", &command.role, "From now on", true, roles},
        name,
        manager,
        departments,
        sources,
        types,
        subject,
        certificate}},
      {"password", "Set somebody's password, typed or from standard input.", {id}},
      {"login-link", "Make a link that signs somebody in once, for a quarter of an hour.", {id}},
      {"shut-out", "Let somebody in no more: keys, sessions, tokens. His record stays.", {id}},
      {"let-in", "Let somebody in again.", {id}},
  };
}

Result<int> run_people(const PeopleCommand& command) {
  LEDGER_TRY(auto client, connect(command.server));
  if (command.action == "add") return add(client, command);
  if (command.action == "role") return change(client, command, said_of(command, false));
  if (command.action == "shut-out") return change(client, command, R"({"active":false})");
  if (command.action == "let-in") return change(client, command, R"({"active":true})");
  if (command.action == "password") return password(client, command);
  if (command.action == "login-link") return login_link(client, command);
  return list(client, command);
}

}  // namespace ledger::cli
