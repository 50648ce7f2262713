#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "consumers/client/connect.h"
#include "consumers/client/json.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/output.h"
#include "consumers/ledgerctl/waiting_lists.h"
#include "events/position.h"

namespace ledger::cli {

namespace {

using boost::json::array;
using boost::json::value;

constexpr std::string_view kAllocations = "allocations";

// Of a payment.
std::string sum_of(const value& fact) {
  const std::string currency = text_of(fact, "currency");
  if (currency.empty()) return {};
  return money_text(number_of(fact, "amount_minor"), currency) + " " + currency;
}

// Of a payment that another source told before; empty: nobody did.
std::string counted_text(const value& fact) {
  const auto* counted = fact.as_object().if_contains("counts_for");
  if (counted == nullptr) return {};
  return fmt::format("the bank's booking counts for {} already, by the payment at {}",
                     text_of(*counted, "client_id"), text_of(*counted, "position"));
}

// Of an extension or an address that is no manager's; empty: it waits for none.
std::string manager_text(const value& fact) {
  const std::string key = text_of(fact, "manager_key");
  if (key.empty()) return {};
  return fmt::format("waits for its manager too: nobody has {}", key);
}

// A payment has the day on which the bank booked it, whatever instant that begins in another zone.
std::string when_of(const value& fact) {
  const std::string booked_on = text_of(fact, "booked_on");
  return booked_on.empty() ? text_of(fact, "time") : booked_on;
}

// A row for each proposal, numbered as `accept --proposal` takes them; what it is about in the
// first one alone.
std::string facts_table(const Listed& listed) {
  Table table(
      {"event", "when", "type", "key", "sum", "purpose", "proposal", "client", "name", "why"});
  for (const auto& fact : listed.rows) {
    std::vector<std::string> about{
        text_of(fact, "position"), when_of(fact), text_of(fact, "type"),
        text_of(fact, "key"),      sum_of(fact),  text_of(fact, "purpose")};
    const auto add = [&](std::vector<std::string> rest) {
      about.insert(about.end(), rest.begin(), rest.end());
      table.add(std::exchange(about, {"", "", "", "", "", ""}));
    };
    const auto& proposals = list_of(fact, "proposals");
    for (std::size_t i = 0; i < proposals.size(); ++i) {
      const auto& proposal = proposals[i];
      const std::string invoices = joined(list_of(proposal, "invoice_ids"));
      add({std::to_string(i + 1), text_of(proposal, "client_id"), text_of(proposal, "name"),
           why(proposal, listed.reasons) + (invoices.empty() ? "" : ": " + invoices)});
    }
    const std::string counted = counted_text(fact);
    if (!counted.empty()) add({"known", "", "", counted});
    const std::string manager = manager_text(fact);
    if (!manager.empty()) {
      add({"manager", text_of(fact, "client_id"), text_of(fact, "client_name"), manager});
    }
    const auto& rejected = list_of(fact, "rejected");
    for (const auto& answer : rejected) {
      add({"rejected", text_of(answer, "client_id"), "", text_of(answer, "reason")});
    }
    if (const auto* ruling = fact.as_object().if_contains("ruled_out")) {
      add({"ruled out", "", text_of(*ruling, "nature"), text_of(*ruling, "reason")});
    } else if (proposals.empty() && rejected.empty() && counted.empty() && manager.empty()) {
      add({"", "", "", ""});
    }
  }
  return table.text();
}

Result<Listed> facts_of(const Asked& asked, const UnmatchedCommand& command) {
  std::string query;
  if (!command.kind.empty()) query += "&kind=" + http::url_encode(command.kind);
  if (!command.sort.empty()) query += "&sort=" + http::url_encode(command.sort);
  if (command.ruled_out) query += "&state=ruled_out";
  return asked.listed("/v1/unmatched", command.ruled_out ? "ruled_out" : "waiting", query);
}

Result<int> run_list(const Asked& asked, const UnmatchedCommand& command) {
  const bool only_payments = command.kind == kAllocations;
  Listed facts;
  Listed payments;
  if (!only_payments) {
    LEDGER_TRY(facts, facts_of(asked, command));
  }
  const bool payments_too = only_payments || (command.kind.empty() && !command.ruled_out);
  if (payments_too) {
    LEDGER_TRY(payments, asked.listed("/v1/unallocated", "unallocated"));
  }
  if (command.json) {
    fmt::print("{}\n", indented(boost::json::object{{"waiting", facts.rows},
                                                    {"unallocated", payments.rows}}));
    return 0;
  }
  if (!only_payments) {
    const char* nothing = command.ruled_out ? "nothing was said to be no client's\n"
                                            : "nothing waits for its client\n";
    fmt::print("{}", facts.rows.empty() ? nothing : facts_table(facts));
  }
  if (payments_too) {
    fmt::print("\nmoney of a client that pays nothing yet:\n{}",
               payments.rows.empty() ? "none\n" : unallocated_table(payments));
  }
  return 0;
}

// What waits for its client, or did: by position it is found also once it is matched.
Result<std::optional<value>> find_fact(const Asked& asked, const std::string& event) {
  if (parse_position(event)) {
    auto answer = asked.one("/v1/unmatched/" + http::url_encode(event));
    if (answer) return answer->at("fact");
  }
  LEDGER_TRY(const auto facts, asked.all("/v1/unmatched", "waiting"));
  return meant(facts, event);
}

tl::unexpected<Error> nothing_waits(const std::string& event) {
  return fail(ErrorCode::kNotFound,
              fmt::format("nothing waits under '{}'; `ledgerctl unmatched list` shows what does, "
                          "by its position",
                          event),
              "event");
}

// Decisions go through the server's own routes, which name what stands in the way: from a terminal
// they are what they are in a browser (schemas/decisions/0019).
Result<bool> decide_on(http::Client& client, const value& fact, const char* what,
                       const boost::json::object& body) {
  const std::string position = http::url_encode(text_of(fact, "position"));
  LEDGER_TRY(const auto receipt, decide(client, "/v1/unmatched/" + position + "/" + what, body));
  return receipt.at("duplicate").as_bool();
}

const char* as_before(bool duplicate) { return duplicate ? ", as was recorded before" : ""; }

// Whom a person names, or the only one whom the ledger could mean.
Result<std::string> client_of(const value& fact, const UnmatchedCommand& command) {
  if (!command.client.empty()) return command.client;
  if (const auto* match = fact.as_object().if_contains("match")) {
    return text_of(*match, "client_id");
  }
  LEDGER_TRY(const auto proposal, proposed(list_of(fact, "proposals"), command.proposal,
                                           "say whose it is with --client"));
  return text_of(proposal, "client_id");
}

Result<int> accept_fact(http::Client& client, const value& fact, const UnmatchedCommand& command) {
  LEDGER_TRY(const auto chosen, client_of(fact, command));
  boost::json::object body{{"client_id", chosen}, {"manager_id", command.manager}};
  if (!command.reason.empty()) body.emplace("reason", command.reason);
  LEDGER_TRY(const bool before, decide_on(client, fact, "accept", body));
  const std::string counted = counted_text(fact);
  fmt::print("{} is {}'s{}{}\n", text_of(fact, "position"), chosen, as_before(before),
             counted.empty() ? "" : "; " + counted);
  return 0;
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
  return pay_invoice(
      client, text_of(payment, "position"),
      {{"invoice_id", text_of(invoice, "invoice_id")}, {"manager_id", command.manager}});
}

Result<int> run_accept(http::Client& client, const Asked& asked, const UnmatchedCommand& command) {
  LEDGER_TRY(const auto fact, find_fact(asked, command.event));
  if (!fact || !command.invoice.empty()) {
    LEDGER_TRY(const auto payments, asked.all("/v1/unallocated", "unallocated"));
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
  const boost::json::object body{
      {"client_id", command.client}, {"manager_id", command.manager}, {"reason", command.reason}};
  LEDGER_TRY(const bool before, decide_on(client, *fact, "reject", body));
  if (!before) {
    fmt::print("{} is not {}'s, and not proposed for it again\n", text_of(*fact, "position"),
               command.client);
    return 0;
  }
  for (const auto& answer : list_of(*fact, "rejected")) {
    if (text_of(answer, "client_id") != command.client) continue;
    fmt::print("{} is not {}'s, as was recorded before: {}\n", text_of(*fact, "position"),
               command.client, text_of(answer, "reason"));
  }
  return 0;
}

Result<int> run_rule_out(http::Client& client, const Asked& asked,
                         const UnmatchedCommand& command) {
  LEDGER_TRY(const auto fact, find_fact(asked, command.event));
  if (!fact) return nothing_waits(command.event);
  const boost::json::object body{
      {"nature", command.nature}, {"manager_id", command.manager}, {"reason", command.reason}};
  LEDGER_TRY(const bool before, decide_on(client, *fact, "rule-out", body));
  fmt::print("{} is no client's: {}{}\n", text_of(*fact, "position"), command.nature,
             as_before(before));
  return 0;
}

}  // namespace

Result<int> run_unmatched(const UnmatchedCommand& command) {
  LEDGER_TRY(auto client, connect(command.server));
  LEDGER_TRY(const auto asked, Asked::of(client, command.as_of, command.known_at));
  if (command.action == "accept") return run_accept(client, asked, command);
  if (command.action == "reject") return run_reject(client, asked, command);
  if (command.action == "rule-out") return run_rule_out(client, asked, command);
  return run_list(asked, command);
}

}  // namespace ledger::cli
