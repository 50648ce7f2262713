#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "consumers/client/connect.h"
#include "consumers/client/json.h"
#include "consumers/ledgerctl/commands.h"
#include "consumers/ledgerctl/output.h"
#include "consumers/ledgerctl/waiting_lists.h"
#include "events/money.h"
#include "events/position.h"

namespace ledger::cli {

namespace {

using boost::json::array;
using boost::json::value;

// Bookings of the bank that count for another client, until a person says which is wrong.
std::string told_of_others_table(const array& payments) {
  Table table({"event", "client", "booked", "sum", "currency", "counts for", "by event"});
  for (const auto& payment : payments) {
    const std::string currency = text_of(payment, "currency");
    const auto& first = payment.at("counts_for");
    table.add({text_of(payment, "position"), text_of(payment, "client_id"),
               text_of(payment, "booked_on"),
               money_text(number_of(payment, "amount_minor"), currency), currency,
               text_of(first, "client_id"), text_of(first, "position")});
  }
  return table.text();
}

Result<int> run_list(const Asked& asked, const UnallocatedCommand& command) {
  LEDGER_TRY(const auto payments, asked.listed("/v1/unallocated", "unallocated"));
  LEDGER_TRY(const auto told, asked.all("/v1/unallocated", "told_of_others"));
  if (command.json) {
    fmt::print("{}\n", indented(boost::json::object{{"unallocated", payments.rows},
                                                    {"told_of_others", told}}));
    return 0;
  }
  fmt::print("{}", payments.rows.empty() ? "all money of clients pays something\n"
                                         : unallocated_table(payments));
  if (!told.empty()) {
    fmt::print("\nbookings that were told of another client before, where they count:\n{}",
               told_of_others_table(told));
  }
  return 0;
}

// By position also what pays already: the server says what stands in the way.
Result<std::string> position_of(const Asked& asked, const std::string& event) {
  if (parse_position(event)) return event;
  LEDGER_TRY(const auto payments, asked.all("/v1/unallocated", "unallocated"));
  LEDGER_TRY(const auto payment, meant(payments, event));
  if (payment) return text_of(*payment, "position");
  return fail(ErrorCode::kNotFound,
              fmt::format("no money waits under '{}'; `ledgerctl unallocated` shows what does, by "
                          "its position",
                          event),
              "event");
}

// The only invoice that is proposed, where a person names none.
Result<std::string> invoice_of(const Asked& asked, const UnallocatedCommand& command,
                               const std::string& position) {
  if (!command.invoice.empty()) return command.invoice;
  LEDGER_TRY(const auto payments, asked.all("/v1/unallocated", "unallocated"));
  LEDGER_TRY(const auto payment, meant(payments, position));
  if (!payment) {
    return fail(ErrorCode::kMissingField, "nothing of it is free, so nothing is proposed",
                "invoice");
  }
  LEDGER_TRY(const auto one, proposed(list_of(*payment, "invoices"), 0, "say --invoice"));
  return text_of(one, "invoice_id");
}

// In the minor units of the money's own currency.
Result<std::int64_t> amount_of(http::Client& client, const std::string& position,
                               const std::string& decimal) {
  LEDGER_TRY(const auto line,
             get_json(client, "/v1/log/" + http::url_encode(position) + "?texts=opened"));
  const auto* amount = line.at("data").as_object().if_contains("amount");
  if (amount == nullptr) amount = line.at("data").as_object().if_contains("bought");
  if (amount == nullptr) return fail(ErrorCode::kConflict, "is no money", "event");
  LEDGER_TRY(const auto currency, Currency::parse(text_of(*amount, "currency")));
  auto parsed = parse_decimal(decimal, currency);
  if (parsed) return parsed->amount_minor;
  Error error = std::move(parsed).error();
  error.field = "amount";
  return tl::unexpected(std::move(error));
}

Result<int> run_accept(http::Client& client, const Asked& asked,
                       const UnallocatedCommand& command) {
  LEDGER_TRY(const auto position, position_of(asked, command.event));
  LEDGER_TRY(const auto invoice, invoice_of(asked, command, position));
  boost::json::object body{{"invoice_id", invoice}, {"manager_id", command.manager}};
  if (!command.amount.empty()) {
    LEDGER_TRY(const auto amount, amount_of(client, position, command.amount));
    body.emplace("amount_minor", amount);
  }
  return pay_invoice(client, position, body);
}

Result<int> run_reject(http::Client& client, const Asked& asked,
                       const UnallocatedCommand& command) {
  LEDGER_TRY(const auto position, position_of(asked, command.event));
  const boost::json::object body{
      {"invoice_id", command.invoice}, {"manager_id", command.manager}, {"reason", command.reason}};
  LEDGER_TRY(const auto receipt,
             decide(client, "/v1/unallocated/" + http::url_encode(position) + "/reject", body));
  fmt::print("{} does not pay invoice {}, and is not proposed for it again{}\n", position,
             command.invoice, receipt.at("duplicate").as_bool() ? ", as was recorded before" : "");
  return 0;
}

Result<int> run_advance(http::Client& client, const Asked& asked,
                        const UnallocatedCommand& command) {
  LEDGER_TRY(const auto position, position_of(asked, command.event));
  boost::json::object body{{"manager_id", command.manager}};
  if (!command.reason.empty()) body.emplace("reason", command.reason);
  LEDGER_TRY(const auto receipt,
             decide(client, "/v1/unallocated/" + http::url_encode(position) + "/advance", body));
  fmt::print("what is left of {} is an advance{}\n", position,
             receipt.at("duplicate").as_bool() ? ", as was recorded before" : "");
  return 0;
}

}  // namespace

Result<int> run_unallocated(const UnallocatedCommand& command) {
  LEDGER_TRY(auto client, connect(command.server));
  LEDGER_TRY(const auto asked, Asked::of(client, command.as_of, command.known_at));
  if (command.action == "accept") return run_accept(client, asked, command);
  if (command.action == "reject") return run_reject(client, asked, command);
  if (command.action == "advance") return run_advance(client, asked, command);
  return run_list(asked, command);
}

}  // namespace ledger::cli
