#include "projections/receivables/owners.h"
#include "projections/receivables/queries.h"

#include <iterator>
#include <map>

#include "consumers/access/masking.h"
#include "consumers/query/act_json.h"
#include "consumers/query/ageing_days.h"
#include "consumers/query/ageing_json.h"
#include "consumers/query/duty_links.h"
#include "consumers/query/order_check.h"
#include "consumers/query/receivables_choice.h"
#include "consumers/query/receivables_form.h"
#include "consumers/query/receivables_groups.h"
#include "consumers/query/receivables_json.h"
#include "consumers/query/receivables_list.h"
#include "consumers/query/routes.h"
#include "events/fields_json.h"
#include "projections/receivables/credit_control.h"
#include "projections/receivables/crossing.h"
#include "projections/receivables/stop.h"

namespace ledger {

namespace {

using namespace receivables;

// `csv=`: for whom the table is.
Result<print::TableKind> table_kind(const Query& query, print::Form form) {
  const auto word = query.request.parameter("csv");
  if (!word) return print::TableKind::kPrograms;
  if (form != print::Form::kCsv) {
    return fail(ErrorCode::kInvalidField, "goes with format=csv alone", "csv");
  }
  const auto kind = from_name<print::TableKind>(*word);
  if (!kind) return fail(ErrorCode::kInvalidField, "is programs or excel", "csv");
  return *kind;
}

Result<http::Response> get_receivables(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const auto form, print::form_of(query.request));
  LEDGER_CHECK(print::language_of(query.request));  // also where no words are printed
  LEDGER_TRY(const auto table, table_kind(query, form));
  LEDGER_TRY(const auto basis, basis_of(query));
  const auto by = query.request.parameter("by");
  if (by && *by != "client") {
    for (const auto name : kChoiceParameters) {
      if (!query.request.parameter(name)) continue;
      return fail(ErrorCode::kInvalidField, "goes with debts by client alone", std::string(name));
    }
    if (form != print::Form::kJson) {
      return fail(ErrorCode::kInvalidField, "groups have no other form than json", "format");
    }
    return get_receivables_groups(context, query, *by, basis);
  }
  if (form != print::Form::kJson) return get_receivables_form(context, query, form, table, basis);
  return get_receivables_list(context, query, basis);
}

// Credit control of one currency; `book` is null where nothing was ever owed in it.
Status write_control(JsonWriter& json, const AccountRow& account, const std::string& code,
                     const Exposure& exposure, const Statement* book, const AsOf& as_of) {
  json.begin_object();
  json.member("currency", code);
  std::optional<DunningStep> step;
  if (book != nullptr) {
    LEDGER_TRY(step, next_dunning(account, *book, as_of));
  }
  if (step) {
    json.key("next_dunning").begin_object();
    json.member("invoice_id", step->invoice_id.text());
    json.member("level", static_cast<std::int64_t>(step->level));
    if (step->instalment) json.member("instalment", *step->instalment);
    json.member("rule_version", step->rule_version);
    json.end_object();
  }
  write_exposure(json, exposure);
  json.end_object();
  return {};
}

// Of two clients at least; of whom the scope does not see it says no more than that, neither his
// money nor his invoice. What is no client's that is known goes with whom it is recorded of.
Status write_crossed(JsonWriter& json, Scope& scope, const CrossAllocation& one) {
  const std::string& card = one.data.client_id.text();
  const auto seen_of = [&](const std::string& client) {
    return scope.sees_client(client.empty() ? card : client);
  };
  LEDGER_TRY(const bool sees_card, scope.sees_client(card));
  LEDGER_TRY(const bool sees_payment, seen_of(one.payment_client));
  LEDGER_TRY(const bool sees_invoice, seen_of(one.invoice_client));
  json.begin_object();
  if (sees_card) json.member("recorded_of", card);
  if (sees_payment) {
    json.member("payment_source", one.data.payment_source);
    json.member("payment_id", one.data.payment_id);
    if (!one.payment_client.empty()) json.member("payment_client_id", one.payment_client);
  }
  if (sees_invoice) {
    json.member("invoice_id", one.data.invoice_id.text());
    if (!one.invoice_client.empty()) json.member("invoice_client_id", one.invoice_client);
  }
  if (!sees_card || !sees_payment || !sees_invoice) json.member("restricted", true);
  json::write(json.key("amount"), one.data.amount);
  json.member("position", to_string(one.position));
  json.end_object();
  return {};
}

// Decided while two clients were one: pays nothing, and waits for a person.
Status write_crossing(JsonWriter& json, const Query& query, const directory::OneClient& client) {
  LEDGER_TRY(const auto crossing, cross_allocations(query.snapshot, client, query.times()));
  if (crossing.empty()) return {};
  json.key("cross_allocations").begin_array();
  for (const auto& one : crossing) {
    LEDGER_CHECK(write_crossed(json, query.scope, one));
  }
  json.end_array();
  return {};
}

// Of all currencies: an act renews the debts of its own.
Status write_limitation(JsonWriter& json, const Query& query, const directory::OneClient& client,
                        const std::map<std::string, Statement>& books) {
  LEDGER_TRY(const auto acts, acts::acts_of(query.snapshot, client.cards, query.times()));
  std::vector<acts::Limitation> all;
  for (const auto& [code, book] : books) {
    auto more = acts::limitations(book, acts, std::nullopt);
    all.insert(all.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
  }
  act_json::write_limitations(json, all);
  return {};
}

Result<http::Response> get_client(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const auto basis, basis_of(query));
  const std::string& id = query.request.captures.front();
  LEDGER_TRY(const auto client, directory::one_client(query.snapshot, id, query.known_at));
  // Of a card that was absorbed, the surviving one's; a client who owes nothing is an answer.
  LEDGER_TRY(const AccountRow row, account_of(query.snapshot, client));
  const AsOf as_of{query.as_of, query.known_at};
  LEDGER_TRY(const auto books, statements(row, as_of));
  LEDGER_TRY(const auto by_currency, ageings(row, books, as_of, basis));
  Rates rates(query.snapshot, as_of);
  LEDGER_CHECK(rates.read(by_currency));
  LEDGER_CHECK(rates.read_late_tables());
  LEDGER_TRY(const auto calendar,
             directory::Calendar::read(query.snapshot, CalendarKind::kBusiness,
                                       add_days(query.as_of, -366), add_days(query.as_of, 366),
                                       query.known_at));
  LEDGER_TRY(const auto promise, promise_of(row, as_of, calendar));
  LEDGER_TRY(const auto exposed, exposures(row, books, as_of));
  LEDGER_TRY(const auto orders, checked_orders(row, as_of));
  JsonWriter json = query.begin_answer();
  json.member("basis", name_of(basis));
  write_duty_ids(json, {{"accounts", kCollected},
                        {"dso_days", kCollected},
                        {"best_possible_dso_days", kCollected},
                        {"average_days_delinquent", kCollected},
                        {"collection_effectiveness_percent", kCollected},
                        {"on_time_percent", kCollected},
                        {"buckets_minor", kCollected},
                        {"law_625", kCollected},
                        {"open_items", kDueSoon},
                        {"due_7_days_minor", kDueSoon},
                        {"promise", kCollected},
                        {"next_dunning", kCollected},
                        {"stopped", kTerms},
                        {"orders", kTerms},
                        {"control", kTerms}});
  if (client.survivor != id) json.member("merged_into", client.survivor);
  json.key("accounts").begin_array();
  for (const auto& [code, ageing] : by_currency) {
    json.begin_object();
    LEDGER_CHECK(
        write_account(json, query, client.survivor, ageing, books.at(code), rates, context.zone));
    json.end_object();
  }
  json.end_array();
  LEDGER_CHECK(write_crossing(json, query, client));
  LEDGER_CHECK(write_limitation(json, query, client, books));
  if (promise) write_promise(json, *promise);
  write_stop(json, shipment_stop(row, books, exposed, as_of));
  json.key("orders").begin_array();
  for (const auto& check : orders) write_order_check(json, check);
  json.end_array();
  json.key("control").begin_array();
  for (const auto& [code, exposure] : exposed) {
    const auto book = books.find(code);
    LEDGER_CHECK(write_control(json, row, code, exposure,
                               book == books.end() ? nullptr : &book->second, as_of));
  }
  json.end_array();
  return answer(json);
}

}  // namespace

void add_receivables_routes(http::Router& router, const QueryContext& context) {
  const auto where = http::RunOn::kWorker;
  add_query(router, context, "/v1/receivables", where, get_receivables, Times::kKnownAtToo,
            {"by", "basis", "manager", "currency", "overdue", "due", "sort", "limit", "cursor",
             "format", "csv", "lang"});
  add_query(router, context, "/v1/receivables/ageing/days", where, get_ageing_days,
            Times::kKnownAtToo, {"from", "to", "step", "basis", "format"});
  add_query(router, context, "/v1/clients/{id}/receivables", where, get_client, Times::kKnownAtToo,
            {"basis"});
}

}  // namespace ledger
