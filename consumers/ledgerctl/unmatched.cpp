#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "consumers/client/json.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/output.h"
#include "consumers/ledgerctl/uploader.h"
#include "consumers/reactors/stable_id.h"
#include "events/envelope.h"
#include "events/position.h"
#include "events/types/allocation.h"
#include "events/types/amendment.h"
#include "events/types/match_rejection.h"

namespace ledger::cli {

namespace {

using boost::json::array;
using boost::json::value;

constexpr std::string_view kSource = "ledgerctl/unmatched";
constexpr std::string_view kAllocations = "allocations";

const array& list_of(const value& object, std::string_view member) {
  static const array kNone;
  const auto* found = object.as_object().if_contains(member);
  return found == nullptr ? kNone : found->as_array();
}

std::string joined(const array& texts) {
  std::string all;
  for (const auto& text : texts) {
    if (!all.empty()) all += ", ";
    all += text.as_string();
  }
  return all;
}

// Every row of a list, over all its pages, of views that cover the log as it is now: what was
// answered a moment ago does not wait any more.
class Asked {
 public:
  static Result<Asked> of(http::Client& client, const UnmatchedCommand& command) {
    LEDGER_TRY(const auto status, get_json(client, "/v1/status"));
    Asked asked(client);
    asked.parameters_ = "?at_least=" + http::url_encode(text_of(status, "log_end"));
    if (!command.as_of.empty()) asked.parameters_ += "&as_of=" + http::url_encode(command.as_of);
    if (!command.known_at.empty()) {
      asked.parameters_ += "&known_at=" + http::url_encode(command.known_at);
    }
    return asked;
  }

  Result<value> one(const std::string& path) const { return get_json(client_, path + parameters_); }

  Result<array> all(const std::string& path, std::string_view list, const std::string& kind) const {
    array rows;
    std::string cursor;
    do {
      std::string page = path + parameters_;
      if (!kind.empty()) page += "&kind=" + http::url_encode(kind);
      if (!cursor.empty()) page += "&cursor=" + http::url_encode(cursor);
      LEDGER_TRY(const auto answer, get_json(client_, page));
      for (const auto& row : answer.at(list).as_array()) rows.push_back(row);
      cursor = text_of(answer, "next_cursor");
    } while (!cursor.empty());
    return rows;
  }
  Result<array> facts(const std::string& kind = {}) const {
    return all("/v1/unmatched", "waiting", kind);
  }
  Result<array> payments() const { return all("/v1/unallocated", "unallocated", {}); }

 private:
  explicit Asked(http::Client& client) : client_(client) {}
  http::Client& client_;
  std::string parameters_;
};

// A row for each proposal, numbered as `accept --proposal` takes them; what it is about in the
// first one alone.
std::string facts_table(const array& facts) {
  Table table({"event", "time", "type", "key", "proposal", "client", "name", "why"});
  for (const auto& fact : facts) {
    std::vector<std::string> about{text_of(fact, "position"), text_of(fact, "time"),
                                   text_of(fact, "type"), text_of(fact, "key")};
    const auto add = [&](std::vector<std::string> rest) {
      about.insert(about.end(), rest.begin(), rest.end());
      table.add(std::exchange(about, {"", "", "", ""}));
    };
    const auto& proposals = list_of(fact, "proposals");
    for (std::size_t i = 0; i < proposals.size(); ++i) {
      const auto& proposal = proposals[i];
      const std::string invoices = joined(list_of(proposal, "invoice_ids"));
      add({std::to_string(i + 1), text_of(proposal, "client_id"), text_of(proposal, "name"),
           joined(list_of(proposal, "reasons")) + (invoices.empty() ? "" : ": " + invoices)});
    }
    const auto& rejected = list_of(fact, "rejected");
    for (const auto& answer : rejected) {
      add({"rejected", text_of(answer, "client_id"), "", text_of(answer, "reason")});
    }
    if (proposals.empty() && rejected.empty()) add({"", "", "", ""});
  }
  return table.text();
}

std::string payments_table(const array& payments) {
  Table table(
      {"event", "client", "free", "currency", "purpose", "invoice", "number", "due", "open"});
  for (const auto& payment : payments) {
    const std::string currency = text_of(payment, "currency");
    std::vector<std::string> about{text_of(payment, "position"), text_of(payment, "client_id"),
                                   money_text(number_of(payment, "free_minor"), currency), currency,
                                   text_of(payment, "purpose")};
    const auto add = [&](std::vector<std::string> rest) {
      about.insert(about.end(), rest.begin(), rest.end());
      table.add(std::exchange(about, {"", "", "", "", ""}));
    };
    const auto& invoices = list_of(payment, "invoices");
    for (const auto& invoice : invoices) {
      add({text_of(invoice, "invoice_id"), text_of(invoice, "number"), text_of(invoice, "due_on"),
           money_text(number_of(invoice, "open_minor"), currency)});
    }
    if (invoices.empty()) add({"", "", "", ""});
  }
  return table.text();
}

Result<int> run_list(const Asked& asked, const UnmatchedCommand& command) {
  const bool only_payments = command.kind == kAllocations;
  array facts;
  array payments;
  if (!only_payments) {
    LEDGER_TRY(facts, asked.facts(command.kind));
  }
  if (only_payments || command.kind.empty()) {
    LEDGER_TRY(payments, asked.payments());
  }
  if (command.json) {
    fmt::print("{}\n",
               indented(boost::json::object{{"waiting", facts}, {"unallocated", payments}}));
    return 0;
  }
  if (!only_payments) {
    fmt::print("{}", facts.empty() ? "nothing waits for its client\n" : facts_table(facts));
  }
  if (only_payments || command.kind.empty()) {
    fmt::print("\nmoney of a client that pays nothing yet:\n{}",
               payments.empty() ? "none\n" : payments_table(payments));
  }
  return 0;
}

// The row that a person means: by its position, or by its id where no other sender uses it too.
Result<std::optional<value>> meant(const array& rows, const std::string& event) {
  std::optional<value> found;
  for (const auto& row : rows) {
    if (text_of(row, "position") != event && text_of(row, "id") != event) continue;
    if (found) {
      return fail(ErrorCode::kConflict,
                  fmt::format("'{}' is the id of {} and of {}: say the position instead", event,
                              text_of(*found, "position"), text_of(row, "position")),
                  "event");
    }
    found = row;
  }
  return found;
}

// What waits for its client, or did: by position it is found also once it is matched.
Result<std::optional<value>> find_fact(const Asked& asked, const std::string& event) {
  if (parse_position(event)) {
    auto answer = asked.one("/v1/unmatched/" + http::url_encode(event));
    if (answer) return answer->at("fact");
  }
  LEDGER_TRY(const auto facts, asked.facts());
  return meant(facts, event);
}

tl::unexpected<Error> nothing_waits(const std::string& event) {
  return fail(ErrorCode::kNotFound,
              fmt::format("nothing waits under '{}'; `ledgerctl unmatched list` shows what does, "
                          "by its position",
                          event),
              "event");
}

// Of the rows that are proposed the one a person means by its number; without a number the only
// one there is.
Result<value> proposed(const array& rows, std::int64_t number, const char* else_say) {
  const auto count = static_cast<std::int64_t>(rows.size());
  if (count == 0) {
    return fail(ErrorCode::kMissingField, fmt::format("nothing is proposed; {}", else_say));
  }
  if (number == 0 && count > 1) {
    return fail(ErrorCode::kMissingField,
                fmt::format("{} are proposed: say which (1 to {}), or {}", count, count, else_say),
                "proposal");
  }
  if (number > count) {
    return fail(ErrorCode::kInvalidField, fmt::format("there are {} proposals", count), "proposal");
  }
  return rows[static_cast<std::size_t>(number == 0 ? 0 : number - 1)];
}

// The event's own time, so that the same answer given twice is the same event; when it was given
// stands in the log as the time of recording.
Result<int> record(http::Client& client, const value& about, std::string id, EventData data,
                   const std::string& done) {
  LEDGER_TRY(const Timestamp time, parse_timestamp(text_of(about, "time")));
  const Submission submission{std::move(id), std::string(kSource), time, std::nullopt,
                              std::move(data)};
  Uploader uploader(client, {});
  LEDGER_CHECK(uploader.add({text_of(about, "position"), encode_submission(submission)}));
  LEDGER_CHECK(uploader.flush());
  if (!uploader.refused().empty()) {
    return fail(ErrorCode::kConflict, uploader.refused().front().reason);
  }
  fmt::print("{}{}\n", done, uploader.known() > 0 ? ", as was recorded before" : "");
  return 0;
}

// An answer that was taken back may be given anew: it is another event then.
std::string answer_id(const char* what, const value& fact, const std::string& client_id) {
  const std::string round = std::to_string(number_of(fact, "taken_back"));
  return stable_id({what, text_of(fact, "source"), text_of(fact, "id"), client_id, round});
}

std::optional<ManagerId> manager_of(const UnmatchedCommand& command) {
  if (command.manager.empty()) return std::nullopt;
  return ManagerId(command.manager);
}

tl::unexpected<Error> matched_already(const value& fact, const std::string& owner) {
  return fail(ErrorCode::kConflict,
              fmt::format("{} is {}'s already; to change that, void the match at {} first",
                          text_of(fact, "position"), owner, text_of(fact.at("match"), "position")),
              "event");
}

Result<int> accept_fact(http::Client& client, const value& fact, const UnmatchedCommand& command) {
  std::string chosen = command.client;
  if (const auto* match = fact.as_object().if_contains("match")) {
    const std::string owner = text_of(*match, "client_id");
    if (!chosen.empty() && chosen != owner) return matched_already(fact, owner);
    fmt::print("{} is {}'s, as was recorded before\n", text_of(fact, "position"), owner);
    return 0;
  }
  if (chosen.empty()) {
    LEDGER_TRY(const auto proposal, proposed(list_of(fact, "proposals"), command.proposal,
                                             "say whose it is with --client"));
    chosen = text_of(proposal, "client_id");
  }
  InteractionMatched matched;
  matched.target_source = text_of(fact, "source");
  matched.target_id = text_of(fact, "id");
  matched.client_id = ClientId(chosen);
  matched.manager_id = manager_of(command);
  matched.reason = command.reason.empty() ? "a person accepted it" : command.reason;
  return record(client, fact, answer_id("match", fact, chosen), EventData(std::move(matched)),
                fmt::format("{} is {}'s", text_of(fact, "position"), chosen));
}

// By its id alone: what is open changes with each allocation, so a number, or the only one there
// is, would be another invoice when the same is said again.
Result<value> invoice_of(const value& payment, const std::string& id) {
  const auto& invoices = list_of(payment, "invoices");
  const auto at = std::find_if(invoices.begin(), invoices.end(), [&](const value& invoice) {
    return text_of(invoice, "invoice_id") == id;
  });
  if (at != invoices.end()) return *at;
  array open;
  for (const auto& invoice : invoices) open.push_back(invoice.at("invoice_id"));
  const std::string owner = text_of(payment, "client_id");
  const std::string ids = joined(open);
  const std::string choice =
      ids.empty() ? "it has none: the money stays an advance" : "say --invoice, one of " + ids;
  if (id.empty()) {
    return fail(
        ErrorCode::kMissingField,
        fmt::format("client {}'s payment waits for an open invoice to pay; {}", owner, choice),
        "invoice");
  }
  return fail(ErrorCode::kNotFound,
              fmt::format("client {} has no open invoice '{}' in {}; {}", owner, id,
                          text_of(payment, "currency"), choice),
              "invoice");
}

Result<int> accept_payment(http::Client& client, const value& payment,
                           const UnmatchedCommand& command) {
  const std::string owner = text_of(payment, "client_id");
  if (!command.client.empty() && command.client != owner) {
    return fail(ErrorCode::kConflict,
                fmt::format("the payment is {}'s already; --invoice tells what it pays", owner),
                "client");
  }
  LEDGER_TRY(const auto invoice, invoice_of(payment, command.invoice));
  PaymentAllocated allocated;
  allocated.client_id = ClientId(owner);
  allocated.payment_source = text_of(payment, "source");
  allocated.payment_id = text_of(payment, "id");
  allocated.invoice_id = InvoiceId(text_of(invoice, "invoice_id"));
  LEDGER_TRY(allocated.amount.currency, Currency::parse(text_of(payment, "currency")));
  allocated.amount.amount_minor =
      std::min(number_of(payment, "free_minor"), number_of(invoice, "open_minor"));
  LEDGER_TRY(const Date since, parse_date(text_of(payment, "since")));
  LEDGER_TRY(const Date issued, parse_date(text_of(invoice, "issued_on")));
  allocated.effective_on = std::max(since, issued);
  allocated.method = AllocationMethod::kPerson;
  allocated.manager_id = manager_of(command);
  const std::string round = std::to_string(number_of(invoice, "decided_before"));
  const std::string done =
      fmt::format("{} of {} pay invoice {}",
                  money_text(allocated.amount.amount_minor, allocated.amount.currency.text()),
                  text_of(payment, "position"), allocated.invoice_id.text());
  return record(client, payment,
                stable_id({"allocate", allocated.payment_source, allocated.payment_id,
                           allocated.invoice_id.text(), round}),
                EventData(std::move(allocated)), done);
}

Result<int> run_accept(http::Client& client, const Asked& asked, const UnmatchedCommand& command) {
  LEDGER_TRY(const auto fact, find_fact(asked, command.event));
  if (!fact || !command.invoice.empty()) {
    LEDGER_TRY(const auto payments, asked.payments());
    LEDGER_TRY(const auto payment, meant(payments, command.event));
    if (payment) return accept_payment(client, *payment, command);
  }
  if (!fact) return nothing_waits(command.event);
  if (!command.invoice.empty()) {
    return fail(
        ErrorCode::kConflict,
        fact->as_object().contains("match")
            ? "nothing of it is free to pay an invoice"
            : "nobody has said whose it is: accept it for a client first, then what it pays",
        "invoice");
  }
  return accept_fact(client, *fact, command);
}

Result<int> run_reject(http::Client& client, const Asked& asked, const UnmatchedCommand& command) {
  LEDGER_TRY(const auto fact, find_fact(asked, command.event));
  if (!fact) return nothing_waits(command.event);
  if (const auto* match = fact->as_object().if_contains("match")) {
    return matched_already(*fact, text_of(*match, "client_id"));
  }
  for (const auto& answer : list_of(*fact, "rejected")) {
    if (text_of(answer, "client_id") != command.client) continue;
    fmt::print("{} is not {}'s, as was recorded before: {}\n", text_of(*fact, "position"),
               command.client, text_of(answer, "reason"));
    return 0;
  }
  InteractionMatchRejected rejected;
  rejected.target_source = text_of(*fact, "source");
  rejected.target_id = text_of(*fact, "id");
  rejected.client_id = ClientId(command.client);
  rejected.manager_id = manager_of(command);
  rejected.reason = command.reason;
  return record(client, *fact, answer_id("reject", *fact, command.client),
                EventData(std::move(rejected)),
                fmt::format("{} is not {}'s, and not proposed for it again",
                            text_of(*fact, "position"), command.client));
}

}  // namespace

Result<int> run_unmatched(const UnmatchedCommand& command) {
  LEDGER_TRY(auto client, http::Client::to(command.server));
  LEDGER_TRY(const auto asked, Asked::of(client, command));
  if (command.action == "accept") return run_accept(client, asked, command);
  if (command.action == "reject") return run_reject(client, asked, command);
  return run_list(asked, command);
}

}  // namespace ledger::cli
