#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <cstdio>

#include "consumers/client/connect.h"
#include "consumers/client/json.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/output.h"

namespace ledger::cli {

namespace {

using boost::json::value;

// What asks for a day by `day`, with both times as they were given; the server says where it does
// not understand one.
std::string with_times(std::string path, const GetCommand& command, std::string_view day) {
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    path += path.find('?') == std::string::npos ? '?' : '&';
    path += fmt::format("{}={}", name, http::url_encode(value));
  };
  add(day, command.as_of);
  add("known_at", command.known_at);
  return path;
}

Result<std::string> path_of(const GetCommand& command) {
  const std::string id = http::url_encode(command.id);
  const auto needs_id = [&](const char* example) {
    return fail(ErrorCode::kMissingField, fmt::format("say whose: ledgerctl get {}", example));
  };
  if (command.what.starts_with('/')) return command.what;
  if (command.what == "client") {
    if (id.empty()) return needs_id("client c-1");
    return "/v1/clients/" + id;
  }
  if (command.what == "timeline") {
    if (id.empty()) return needs_id("timeline c-1");
    return "/v1/clients/" + id + "/timeline";
  }
  if (command.what == "event") {
    if (id.empty()) return needs_id("event 3:1207");
    return "/v1/log/" + id;
  }
  if (command.what == "receivables") return "/v1/receivables";
  if (command.what == "quotas") return id.empty() ? "/v1/quotas" : "/v1/quotas/" + id;
  if (command.what == "unmatched" || command.what == "parked") return "/v1/" + command.what;
  if (command.what == "sources") return "/v1/sources?limit=1000";
  if (command.what == "statements") {
    return id.empty() ? "/v1/statements" : "/v1/statements?limit=1000&account=" + id;
  }
  return fail(
      ErrorCode::kInvalidField,
      fmt::format("'{}' is none of client, timeline, receivables, quotas, unmatched, parked, "
                  "sources, statements, event, nor a path such as /v1/status",
                  command.what));
}

std::string receivables_table(const value& answer) {
  Table table(
      {"client", "currency", "balance", "not due", "1-30", "31-60", "61-90", "over 90", "advance"});
  const auto add = [&](const std::string& name, const value& row) {
    const std::string currency = text_of(row, "currency");
    const auto& buckets = row.at("buckets_minor");
    const auto bucket = [&](const char* which) {
      return money_text(number_of(buckets, which), currency);
    };
    table.add({name, currency, money_text(number_of(row, "balance_minor"), currency),
               bucket("not_due"), bucket("days_1_30"), bucket("days_31_60"), bucket("days_61_90"),
               bucket("days_over_90"), money_text(number_of(row, "unallocated_minor"), currency)});
  };
  for (const auto& client : answer.at("clients").as_array())
    add(text_of(client, "client_id"), client);
  for (const auto& total : answer.at("totals").as_array()) add("TOTAL", total);
  if (table.empty()) return "nobody owes anything, and nobody is in credit\n";
  return table.text();
}

std::string quotas_table(const value& answer) {
  Table table({"manager", "metric", "counted", "target", "state", "attempts", "answered", "clients",
               "unmatched"});
  for (const auto& manager : answer.at("managers").as_array()) {
    for (const auto& metric : manager.at("metrics").as_array()) {
      const auto number = [&](const char* name) { return std::to_string(number_of(metric, name)); };
      table.add({text_of(manager, "name"), text_of(metric, "metric"), number("counted"),
                 number("target"), text_of(metric, "state"), number("attempts"), number("answered"),
                 number("unique_clients"), number("unmatched")});
    }
  }
  std::string text = table.empty() ? "nobody was employed on that day\n" : table.text();
  const auto* silent = answer.as_object().if_contains("silent_sources");
  if (silent == nullptr) return text;
  for (const auto& source : silent->as_array()) {
    text += fmt::format("silent: {} since {}; figures may be short for that\n",
                        printable(text_of(source, "source")), text_of(source, "silent_since"));
  }
  return text;
}

// What stands behind one manager's figures.
std::string quota_items_table(const value& answer) {
  Table table({"metric", "time", "client", "talk s", "counted", "why", "position"});
  for (const auto& metric : answer.at("metrics").as_array()) {
    for (const auto& item : metric.at("items").as_array()) {
      const std::string time = text_of(item, "time");
      const bool is_call = item.as_object().contains("talk_s");
      table.add({text_of(metric, "metric"), time.empty() ? text_of(item, "on") : time,
                 text_of(item, "client_id"),
                 is_call ? std::to_string(number_of(item, "talk_s")) : "",
                 item.at("counted").as_bool() ? "yes" : "no", text_of(item, "why_en"),
                 text_of(item, "position")});
    }
  }
  if (table.empty()) return "nothing was done on that day\n";
  return table.text();
}

std::string timeline_table(const value& answer) {
  Table table({"time", "kind", "manager", "what", "detail", "position"});
  for (const auto& entry : answer.at("entries").as_array()) {
    table.add({text_of(entry, "time"), text_of(entry, "kind"), text_of(entry, "manager_id"),
               text_of(entry, "text"), text_of(entry, "detail"), text_of(entry, "position")});
  }
  if (table.empty()) return "nothing has happened with that client yet\n";
  return table.text();
}

std::string unmatched_table(const value& answer) {
  Table table({"time", "type", "key", "source", "id"});
  for (const auto& row : answer.at("waiting").as_array()) {
    table.add({text_of(row, "time"), text_of(row, "type"), text_of(row, "key"),
               text_of(row, "source"), text_of(row, "id")});
  }
  if (table.empty()) return "nothing waits for its client\n";
  return table.text();
}

std::string sources_table(const value& answer) {
  if (answer.at("sources").as_array().empty()) return "nobody has sent anything yet\n";
  Table table({"source", "state", "silent min", "usual gap", "today", "7 days", "last heard"});
  for (const auto& row : answer.at("sources").as_array()) {
    const auto number = [&](const char* name) { return std::to_string(number_of(row, name)); };
    const bool is_judged = row.as_object().contains("usual_gap_minutes");
    table.add({text_of(row, "source"), text_of(row, "state"), number("silent_minutes"),
               is_judged ? number("usual_gap_minutes") : "-", number("today"),
               number("last_7_days"), text_of(row.at("last"), "recorded_at")});
  }
  return table.text();
}

std::string formats_of(const value& account) {
  std::string text;
  for (const auto& format : account.at("formats").as_array()) {
    text += (text.empty() ? "" : ", ") + std::string(format.as_string());
  }
  return text;
}

// Accounts with what is wrong; of one account its statements too, the latest first.
std::string statements_table(const value& answer) {
  const auto& accounts = answer.at("accounts").as_array();
  if (accounts.empty()) return "no statement of a bank has come yet\n";
  Table table({"account", "currency", "format", "statements", "from", "to", "closing"});
  std::string found;
  for (const auto& row : accounts) {
    const std::string currency = text_of(row, "currency");
    table.add({text_of(row, "account"), currency, formats_of(row),
               std::to_string(number_of(row, "statements_known")), text_of(row, "from"),
               text_of(row, "to"), money_text(number_of(row, "closing_minor"), currency)});
    for (const auto& one : row.at("found").as_array()) {
      const auto* next = one.as_object().if_contains("next");
      found +=
          fmt::format("{}: {}: statement {} to {}{}: {}\n", printable(text_of(row, "account")),
                      text_of(one, "what"), printable(text_of(one.at("statement"), "statement_id")),
                      text_of(one.at("statement"), "to"),
                      next == nullptr ? "" : " and " + printable(text_of(*next, "statement_id")),
                      text_of(one, "text_en"));
    }
  }
  std::string text = table.text() + (found.empty() ? "" : "\n" + found);
  const auto* statements = answer.as_object().if_contains("statements");
  if (statements == nullptr) return text;
  Table list({"statement", "from", "to", "entries", "payments", "files", "position"});
  for (const auto& row : statements->as_array()) {
    list.add({text_of(row, "statement_id"), text_of(row, "from"), text_of(row, "to"),
              std::to_string(number_of(row, "entries")), std::to_string(number_of(row, "payments")),
              std::to_string(row.at("files").as_array().size()), text_of(row, "position")});
  }
  return text + "\n" + list.text();
}

// A table where one is easier to read than JSON; empty: print the JSON.
std::string table_of(const std::string& what, const value& answer) {
  if (what == "receivables") return receivables_table(answer);
  if (what == "quotas") {
    const bool is_board = answer.as_object().contains("managers");
    return is_board ? quotas_table(answer) : quota_items_table(answer);
  }
  if (what == "timeline") return timeline_table(answer);
  if (what == "unmatched") return unmatched_table(answer);
  if (what == "sources") return sources_table(answer);
  if (what == "statements") return statements_table(answer);
  return {};
}

}  // namespace

Result<int> run_get(const GetCommand& command) {
  LEDGER_TRY(auto client, connect(command.server));
  LEDGER_TRY(const std::string plain, path_of(command));
  const std::string path = with_times(plain, command, command.what == "quotas" ? "date" : "as_of");
  LEDGER_TRY(const auto answer, client.send({.method = "GET", .path = path}));
  if (answer.status != 200) return tl::unexpected(error_of(answer));
  // An event is shown as the bytes that are stored.
  if (!command.json && command.what != "event") {
    LEDGER_TRY(const auto parsed, parse_json(answer.body));
    const std::string table = table_of(command.what, parsed);
    if (!table.empty()) {
      fmt::print("as of {}, position {}\n\n{}", text_of(parsed, "as_of"),
                 text_of(parsed, "position"), table);
      return 0;
    }
    fmt::print("{}\n", indented(parsed));
    return 0;
  }
  fmt::print("{}\n", answer.body);
  return 0;
}

Result<int> run_status(const std::string& server) {
  LEDGER_TRY(auto client, connect(server));
  LEDGER_TRY(const auto status, get_json(client, "/v1/status"));
  Table table({"what", "value"});
  for (const auto& [name, content] : status.as_object()) {
    table.add({std::string(name), content.is_string() ? std::string(content.get_string())
                                                      : boost::json::serialize(content)});
  }
  fmt::print("{}", table.text());
  return 0;
}

}  // namespace ledger::cli
