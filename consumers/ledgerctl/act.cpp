#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "consumers/client/connect.h"
#include "consumers/client/json.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/output.h"
#include "consumers/ledgerctl/recorded_as.h"
#include "platform/clock.h"

namespace ledger::cli {

namespace {

using boost::json::value;

// The path with those parameters that were given.
std::string with(std::string path,
                 const std::vector<std::pair<std::string_view, std::string>>& parameters) {
  char between = '?';
  for (const auto& [name, text] : parameters) {
    if (text.empty()) continue;
    path += fmt::format("{}{}={}", between, name, http::url_encode(text));
    between = '&';
  }
  return path;
}

Result<std::string> preview_path(const ActCommand& command) {
  std::string from = command.from;
  std::string to = command.to;
  if (!command.month.empty()) {
    LEDGER_TRY(const Date month, parse_month(command.month));
    from = format_date(month);
    to = format_date(last_of_month(month));
  }
  return with("/v1/acts/preview", {{"client", command.client},
                                   {"from", from},
                                   {"to", to},
                                   {"contract", command.contract},
                                   {"currency", command.currency},
                                   {"known_at", command.known_at}});
}

std::string act_table(const value& act) {
  const std::string currency = text_of(act, "currency");
  const auto sum = [&](const char* member) { return money_text(number_of(act, member), currency); };
  const auto side = [&](const value& line, const char* member) {
    const std::int64_t minor = number_of(line, member);
    return minor == 0 ? std::string() : money_text(minor, currency);
  };
  Table table({"date", "what", "document", "debit", "credit"});
  table.add({text_of(act, "from"), "opening", "", sum("opening_minor"), ""});
  for (const auto& line : act.at("lines").as_array()) {
    table.add({text_of(line, "on"), text_of(line, "kind"), text_of(line, "document"),
               side(line, "debit_minor"), side(line, "credit_minor")});
  }
  table.add({"", "turnover", "", sum("debit_minor"), sum("credit_minor")});
  table.add({text_of(act, "to"), "closing", "", sum("closing_minor"), ""});
  return table.text();
}

std::string changes_table(const value& changes, const std::string& currency) {
  Table table({"change", "date", "what", "document", "debit", "credit"});
  for (const auto& change : changes.as_array()) {
    table.add({text_of(change, "change"), text_of(change, "on"), text_of(change, "kind"),
               text_of(change, "document"), money_text(number_of(change, "debit_minor"), currency),
               money_text(number_of(change, "credit_minor"), currency)});
  }
  return table.text();
}

void print_preview(const value& preview) {
  const value& act = preview.at("act");
  fmt::print("{} {}, as known at {}, digest {}\n\n{}", text_of(preview, "client_id"),
             text_of(act, "currency"), text_of(preview, "figures_known_at"),
             text_of(preview, "digest"), act_table(act));
  const value& later = preview.at("recorded_since");
  if (later.as_array().empty()) return;
  fmt::print("\nrecorded since, and not in it:\n{}",
             changes_table(later, text_of(act, "currency")));
}

Result<int> run_preview(http::Client& client, const ActCommand& command) {
  LEDGER_TRY(const std::string path, preview_path(command));
  LEDGER_TRY(const auto preview, get_json(client, path));
  if (command.json) {
    fmt::print("{}\n", indented(preview));
  } else {
    print_preview(preview);
  }
  return 0;
}

// The draft that the preview proposes, with what its maker says besides.
boost::json::object draft_of(const value& preview, const ActCommand& command) {
  boost::json::object draft = preview.at("draft").as_object();
  const auto set = [&](const char* member, const std::string& text) {
    if (!text.empty()) draft[member] = text;
  };
  set("act_id", command.act_id);
  set("manager_id", command.manager);
  set("number", command.number);
  set("place", command.place);
  return draft;
}

std::string page_of(const ActCommand& command, const std::string& act_id) {
  return fmt::format("{}/v1/acts/{}?format=html", command.server, http::url_encode(act_id));
}

void print_act(const value& answer) {
  const value& act = answer.at("act");
  const value& now = answer.at("now");
  fmt::print("{} {}: {}, {}\n", text_of(answer, "act_id"), text_of(answer, "number"),
             text_of(answer, "client_id"), text_of(answer, "state"));
  if (const auto* holds = answer.get_object().if_contains("digest_holds")) {
    fmt::print("digest {} {}\n", text_of(answer, "digest"),
               holds->as_bool() ? "holds" : "DOES NOT HOLD");
  }
  fmt::print("\n{}", act_table(act));
  if (!now.at("same").as_bool()) {
    fmt::print("\nby what is known now, {} closes with {}:\n{}", text_of(act, "to"),
               money_text(number_of(now, "closing_minor"), text_of(act, "currency")),
               changes_table(now.at("changes"), text_of(act, "currency")));
  }
}

// Of the same days, contract and currency.
bool is_of_the_same(const value& listed, const value& draft) {
  return text_of(listed, "from") == text_of(draft, "from") &&
         text_of(listed, "to") == text_of(draft, "to") &&
         text_of(listed, "contract_id") == text_of(draft, "contract_id") &&
         text_of(listed.at("closing"), "currency") == text_of(draft.at("closing"), "currency");
}

// The act that is to be drafted, if there is one: by the id that was given, else the client's last
// one of the same days, contract and currency.
Result<std::optional<value>> drafted_before(http::Client& client, const ActCommand& command,
                                            const value& draft) {
  std::string act_id = command.act_id;
  if (act_id.empty()) {
    const std::string path = with("/v1/acts", {{"client", text_of(draft, "client_id")}});
    LEDGER_TRY(const auto listed, get_json(client, path));
    for (const auto& act : listed.at("acts").as_array()) {
      if (is_of_the_same(act, draft)) act_id = text_of(act, "act_id");
    }
  }
  if (act_id.empty()) return std::nullopt;
  LEDGER_TRY(const auto answer, client.send({.path = "/v1/acts/" + http::url_encode(act_id)}));
  if (answer.status == 404) return std::nullopt;
  if (answer.status != 200) return tl::unexpected(error_of(answer));
  return parse_json(answer.body);
}

// What the maker says of the act is what it says already.
bool says_the_same(const value& act, const ActCommand& command) {
  const auto same = [&](const std::string& wanted, const char* member) {
    return wanted.empty() || wanted == text_of(act, member);
  };
  return act.at("now").at("same").as_bool() && same(command.number, "number") &&
         same(command.place, "place") && same(command.manager, "manager_id");
}

// Drafted again it is the same act, whatever became of it since; nothing is recorded.
Result<int> answer_again(const value& act, const ActCommand& command) {
  const std::string act_id = text_of(act, "act_id");
  print_act(act);
  if (!says_the_same(act, command)) {
    return fail(ErrorCode::kConflict,
                fmt::format("these days have an act already, {}, and it says something else: say "
                            "--act-id {} to issue it anew",
                            act_id, act_id),
                "act_id");
  }
  fmt::print("\nas was drafted before\n{}\n{}\n", act_id, page_of(command, act_id));
  return 0;
}

// The act is shown to whoever asks next, so that the same said again finds it.
Result<int> record_draft(http::Client& client, const ActCommand& command, const value& preview,
                         const value& draft) {
  const std::string act_id = text_of(draft, "act_id");
  LEDGER_TRY(const auto source, recorded_as(client, "ledgerctl/act"));
  const boost::json::object event{{"specversion", "1.0"},
                                  {"id", fmt::format("{}@{}", act_id, text_of(draft, "known_at"))},
                                  {"source", source},
                                  {"type", "org.salesledger.reconciliation.drafted.v1"},
                                  {"time", format_timestamp(SystemClock().now())},
                                  {"data", draft}};
  LEDGER_TRY(const auto answer, client.send({.method = "POST",
                                             .path = "/v1/events",
                                             .content_type = "application/cloudevents+json",
                                             .body = boost::json::serialize(event)}));
  if (answer.status == 409) {
    return fail(ErrorCode::kConflict,
                fmt::format("{0} was issued within this minute already; `ledgerctl act show {0}` "
                            "shows it, and a minute later it can be issued anew",
                            act_id),
                "act_id");
  }
  if (answer.status != 201) return tl::unexpected(error_of(answer));
  LEDGER_TRY(const auto receipt, parse_json(answer.body));
  const std::string seen =
      with("/v1/acts/" + http::url_encode(act_id), {{"at_least", text_of(receipt, "position")}});
  if (const auto shown = get_json(client, seen); !shown) {
    fmt::print(stderr, "recorded at {}; it is not to be seen yet: {}\n",
               text_of(receipt, "position"), shown.error().message);
  }
  print_preview(preview);
  fmt::print("\n{}\n{}\n", act_id, page_of(command, act_id));
  return 0;
}

Result<int> run_draft(http::Client& client, const ActCommand& command) {
  LEDGER_TRY(const std::string path, preview_path(command));
  LEDGER_TRY(const auto preview, get_json(client, path));
  const value draft(draft_of(preview, command));
  LEDGER_TRY(const auto before, drafted_before(client, command, draft));
  // An id that was given asks for a new issue, unless nothing has become of that act since.
  if (before && (command.act_id.empty() ||
                 (text_of(*before, "state") == "drafted" && says_the_same(*before, command)))) {
    return answer_again(*before, command);
  }
  if (text_of(draft, "manager_id").empty()) {
    return fail(ErrorCode::kMissingField, "nobody answers for the client: say who drafts the act",
                "manager");
  }
  // What was just recorded would be a difference of the act from its first minute on.
  if (command.known_at.empty() && !preview.at("recorded_since").as_array().empty()) {
    print_preview(preview);
    return fail(ErrorCode::kUnavailable,
                "movements were recorded within the last 15 seconds: draft it a little later, or "
                "say --known-at to leave them out");
  }
  return record_draft(client, command, preview, draft);
}

Result<int> run_show(http::Client& client, const ActCommand& command) {
  if (command.act_id.empty()) {
    return fail(ErrorCode::kMissingField, "say which: ledgerctl act show act-c-1-2026-11-30");
  }
  const std::string path =
      with("/v1/acts/" + http::url_encode(command.act_id), {{"known_at", command.known_at}});
  LEDGER_TRY(const auto answer, get_json(client, path));
  if (command.json) {
    fmt::print("{}\n", indented(answer));
  } else {
    print_act(answer);
    fmt::print("\n{}\n", page_of(command, text_of(answer, "act_id")));
  }
  return 0;
}

void add_acts(Table& table, const value& acts, const std::string& client,
              const std::string& coverage) {
  for (const auto& act : acts.as_array()) {
    const value& closing = act.at("closing");
    const std::string currency = text_of(closing, "currency");
    table.add({client, coverage, text_of(act, "act_id"), text_of(act, "from"), text_of(act, "to"),
               text_of(act, "state"),
               money_text(number_of(closing, "amount_minor"), currency) + ' ' + currency});
  }
}

std::string nothing_listed(const ActCommand& command) {
  const std::string whose = command.client.empty() ? "" : " of " + command.client;
  if (!command.state.empty()) return fmt::format("no acts{} are '{}'\n", whose, command.state);
  if (whose.empty()) return "no acts, and no client who needs one\n";
  return fmt::format("no acts{0}; `ledgerctl act draft {1} --month 2026-10` makes one\n", whose,
                     command.client);
}

// One page after another, so that a month is whole.
Result<int> run_list(http::Client& client, const ActCommand& command) {
  Table table({"client", "coverage", "act", "from", "to", "state", "closing"});
  std::string cursor;
  std::string counts;
  do {
    const std::string path = with("/v1/acts", {{"month", command.month},
                                               {"client", command.client},
                                               {"manager", command.manager},
                                               {"state", command.state},
                                               {"cursor", cursor}});
    LEDGER_TRY(const auto answer, get_json(client, path));
    if (command.json) fmt::print("{}\n", indented(answer));
    cursor = text_of(answer, "next_cursor");
    if (const auto* acts = answer.get_object().if_contains("acts")) {
      add_acts(table, *acts, text_of(answer, "client_id"), "");
      continue;
    }
    const value& all = answer.at("counts");
    // Absent where the rules of several managers differ.
    const std::string by = text_of(answer, "answer_by");
    counts = fmt::format("{}: {} of {} reconciled, to be answered by {}\n\n",
                         text_of(answer, "month"), number_of(all, "covered"),
                         number_of(all, "needed"), by.empty() ? "each one's own day" : by);
    for (const auto& row : answer.at("clients").as_array()) {
      const std::string coverage = text_of(row, "coverage");
      const value& acts = row.at("acts");
      add_acts(table, acts, text_of(row, "client_id"), coverage);
      if (acts.as_array().empty())
        table.add({text_of(row, "client_id"), coverage, "", "", "", "", ""});
    }
  } while (!cursor.empty());
  if (command.json) return 0;
  fmt::print("{}{}", counts, table.empty() ? nothing_listed(command) : table.text());
  return 0;
}

}  // namespace

Result<int> run_act(const ActCommand& command) {
  LEDGER_TRY(auto client, connect(command.server));
  if (command.action == "preview") return run_preview(client, command);
  if (command.action == "draft") return run_draft(client, command);
  if (command.action == "show") return run_show(client, command);
  return run_list(client, command);
}

}  // namespace ledger::cli
