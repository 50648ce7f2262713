#include "projections/receivables/owners.h"
#include "projections/receivables/queries.h"

#include <iterator>
#include <map>

#include "consumers/query/act_json.h"
#include "consumers/query/ageing_json.h"
#include "consumers/query/duty_links.h"
#include "consumers/query/order_check.h"
#include "consumers/query/receivables_form.h"
#include "consumers/query/receivables_groups.h"
#include "consumers/query/receivables_json.h"
#include "consumers/query/routes.h"
#include "events/fields_json.h"
#include "projections/receivables/credit_control.h"
#include "projections/receivables/crossing.h"
#include "projections/receivables/stop.h"

namespace ledger {

namespace {

using namespace receivables;

void write_client(JsonWriter& json, std::string_view client_id, const Ageing& ageing,
                  const Statement& statement, const Rates& rates, const BusinessZone& zone) {
  json.begin_object();
  json.member("client_id", client_id);
  write_amounts(json, ageing, rates);
  write_items(json, statement, zone);
  write_credits(json, statement);
  json.end_object();
}

// Row 62 of the duty table; what is to be paid soon is row 63 (domain-semantics.md 1.4).
constexpr std::string_view kCollected = "receivables.collected";
constexpr std::string_view kDueSoon = "receivables.due_soon";
// What stops a shipment has to be heeded with every offer: row 17.
constexpr std::string_view kTerms = "terms.observed";

// The page of clients and, whatever the page, the totals over all of them: a total that changes
// with the page size would be taken for the truth.
struct Listing {
  const BusinessZone& zone;
  Basis basis = Basis::kDue;
  JsonWriter clients;
  std::map<std::string, Ageing> totals;
  std::size_t shown = 0;
  std::string next;
};

Status add_account(Listing& listing, const Query& query, std::string_view client_id,
                   const AccountRow& account, std::string_view from, std::size_t limit,
                   Rates& rates) {
  const AsOf as_of{query.as_of, query.known_at};
  LEDGER_TRY(const auto books, statements(account, as_of));
  LEDGER_TRY(const auto by_currency, ageings(account, books, as_of, listing.basis));
  JsonWriter rows;
  LEDGER_CHECK(rates.read(by_currency));
  rows.begin_array();
  bool open = false;
  for (const auto& [code, ageing] : by_currency) {
    write_client(rows, client_id, ageing, books.at(code), rates, listing.zone);
    LEDGER_CHECK(add_to(listing.totals[code], ageing));
    open = open || ageing.balance_minor != 0 || ageing.unallocated_minor != 0;
  }
  rows.end_array();
  if (!open || client_id < from) return {};
  if (listing.shown == limit) {
    if (listing.next.empty()) listing.next = client_id;
    return {};
  }
  ++listing.shown;
  const std::string_view text = rows.text();
  listing.clients.raw(text.substr(1, text.size() - 2));
  return {};
}

Result<Basis> basis_of(const Query& query) {
  const auto word = query.request.parameter("basis");
  const auto basis = word ? from_name<Basis>(*word) : Basis::kDue;
  if (!basis) return fail(ErrorCode::kInvalidField, "is due or issue", "basis");
  return *basis;
}

Result<http::Response> get_receivables(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const auto form, print::form_of(query.request));
  LEDGER_TRY(const auto basis, basis_of(query));
  if (const auto by = query.request.parameter("by"); by && *by != "client") {
    if (form != print::Form::kJson) {
      return fail(ErrorCode::kInvalidField, "groups have no other form than json", "format");
    }
    return get_receivables_groups(context, query, *by, basis);
  }
  if (form != print::Form::kJson) return get_receivables_form(context, query, form, basis);
  LEDGER_TRY(const std::size_t limit, query.limit());
  const std::string from(query.request.parameter("cursor").value_or(""));
  Rates rates(query.snapshot, {query.as_of, query.known_at});
  Listing listing{context.zone, basis, {}, {}, 0, {}};
  listing.clients.begin_array();
  LEDGER_TRY(const auto ids, clients(query.snapshot, query.known_at));
  for (const auto& id : ids) {
    LEDGER_TRY(const auto client, directory::one_client(query.snapshot, id, query.known_at));
    LEDGER_TRY(const auto account, account_of(query.snapshot, client));
    LEDGER_CHECK(add_account(listing, query, id, account, from, limit, rates));
  }
  listing.clients.end_array();
  JsonWriter json = query.begin_answer();
  json.member("basis", name_of(basis));
  write_duty_ids(json, {{"totals", kCollected},
                        {"dso_days", kCollected},
                        {"best_possible_dso_days", kCollected},
                        {"average_days_delinquent", kCollected},
                        {"collection_effectiveness_percent", kCollected},
                        {"on_time_percent", kCollected},
                        {"buckets_minor", kCollected},
                        {"law_625", kCollected},
                        {"open_items", kDueSoon}});
  json.key("totals").begin_array();
  for (const auto& [currency, total] : listing.totals) {
    json.begin_object();
    write_amounts(json, total, rates);
    json.end_object();
  }
  json.end_array();
  json.key("clients").raw(listing.clients.text());
  if (!listing.next.empty()) json.member("next_cursor", listing.next);
  return answer(json);
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
    json.end_object();
  }
  write_exposure(json, exposure);
  json.end_object();
  return {};
}

// Decided while two clients were one: pays nothing, and waits for a person.
Status write_crossing(JsonWriter& json, const Query& query, const directory::OneClient& client) {
  LEDGER_TRY(const auto crossing, cross_allocations(query.snapshot, client, query.times()));
  if (crossing.empty()) return {};
  json.key("cross_allocations").begin_array();
  for (const auto& one : crossing) {
    json.begin_object();
    json.member("recorded_of", one.data.client_id.text());
    json.member("payment_source", one.data.payment_source);
    json.member("payment_id", one.data.payment_id);
    if (!one.payment_client.empty()) json.member("payment_client_id", one.payment_client);
    json.member("invoice_id", one.data.invoice_id.text());
    if (!one.invoice_client.empty()) json.member("invoice_client_id", one.invoice_client);
    json::write(json.key("amount"), one.data.amount);
    json.member("position", to_string(one.position));
    json.end_object();
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
  LEDGER_TRY(auto books, statements(row, as_of));
  LEDGER_TRY(const auto shared, shared_bookings(query.snapshot, row, client, as_of));
  for (const auto& [mine, other, whose] : shared) {
    books[mine->amount.currency.text()].doubles.push_back({DoubleKind::kOtherClient, mine->position,
                                                           mine->source, mine->id, other.position,
                                                           other.source, other.id, whose});
  }
  LEDGER_TRY(const auto by_currency, ageings(row, books, as_of, basis));
  Rates rates(query.snapshot, as_of);
  LEDGER_CHECK(rates.read(by_currency));
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
                        {"promise", kCollected},
                        {"next_dunning", kCollected},
                        {"stopped", kTerms},
                        {"orders", kTerms},
                        {"control", kTerms}});
  if (client.survivor != id) json.member("merged_into", client.survivor);
  json.key("accounts").begin_array();
  for (const auto& [code, ageing] : by_currency) {
    write_client(json, client.survivor, ageing, books.at(code), rates, context.zone);
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
            {"by", "basis", "limit", "cursor", "format", "lang"});
  add_query(router, context, "/v1/clients/{id}/receivables", where, get_client, Times::kKnownAtToo,
            {"basis"});
}

}  // namespace ledger
