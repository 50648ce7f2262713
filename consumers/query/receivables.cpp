#include "projections/receivables/queries.h"

#include <map>

#include "consumers/query/routes.h"
#include "events/fields_json.h"
#include "projections/receivables/collection.h"
#include "projections/receivables/credit.h"
#include "projections/receivables/kpis.h"

namespace ledger {

namespace {

using receivables::AccountRow;
using receivables::Ageing;
using receivables::Exposure;
using receivables::Kpis;
using receivables::Moment;
using receivables::PromiseStanding;
using receivables::ShipmentStop;

void write_amounts(JsonWriter& json, const Ageing& ageing, const Kpis& kpis) {
  json.member("currency", ageing.currency.text());
  json.member("balance_minor", ageing.balance_minor);
  json.member("unallocated_minor", ageing.unallocated_minor);
  json.key("buckets_minor").begin_object();
  for (std::size_t i = 0; i < receivables::kBuckets; ++i) {
    json.member(receivables::kBucketNames[i], ageing.buckets_minor[i]);
  }
  json.end_object();
  json.member("disputed_minor", ageing.disputed_minor);
  json.member("conflict_minor", ageing.conflict_minor);
  if (const auto days = kpis.dso_days()) json.member("dso_days", *days);
  if (const auto percent = kpis.on_time_percent()) json.member("on_time_percent", *percent);
}

void write_item(JsonWriter& json, const Ageing::OpenItem& open) {
  const auto& item = open.item;
  json.begin_object();
  json.member("kind", name_of(item.kind));
  json.member("invoice_id", item.invoice_id.text());
  json.member("number", item.number);
  json.member("issued_on", format_date(item.issued_on));
  json.member("due_on", format_date(item.due_on));
  json.member("amount_minor", item.amount.amount_minor);
  json.member("open_minor", item.open_minor);
  json.member("disputed_minor", open.disputed_minor);
  json.member("days_past_due", open.days_past_due);
  json.member("position", to_string(item.position));
  json.end_object();
}

void write_credits(JsonWriter& json, const Ageing& ageing) {
  json.key("unallocated").begin_array();
  for (const auto& credit : ageing.free_credits) {
    json.begin_object();
    json.member("kind", name_of(credit.kind));
    if (!credit.source.empty()) json.member("source", credit.source);
    json.member("id", credit.id);
    json.member("since", format_date(credit.since));
    json.member("free_minor", credit.free_minor);
    json.end_object();
  }
  json.end_array();
  json.key("conflicts").begin_array();
  for (const auto& conflict : ageing.conflicts) {
    json.begin_object();
    json.member("type", conflict.type);
    json.member("position", to_string(conflict.position));
    json.member("rest_minor", conflict.rest.amount_minor);
    json.end_object();
  }
  json.end_array();
}

// One currency of one client; the caller may add members before it closes the object.
void open_client(JsonWriter& json, std::string_view client_id, const Ageing& ageing,
                 const Kpis& kpis) {
  json.begin_object();
  json.member("client_id", client_id);
  write_amounts(json, ageing, kpis);
  json.key("open_items").begin_array();
  for (const auto& open : ageing.open_items) write_item(json, open);
  json.end_array();
}

Status add_to_total(Ageing& total, const Ageing& part) {
  total.currency = part.currency;
  for (std::size_t i = 0; i < receivables::kBuckets; ++i) {
    LEDGER_TRY(total.buckets_minor[i], add_checked(total.buckets_minor[i], part.buckets_minor[i]));
  }
  LEDGER_TRY(total.unallocated_minor, add_checked(total.unallocated_minor, part.unallocated_minor));
  LEDGER_TRY(total.disputed_minor, add_checked(total.disputed_minor, part.disputed_minor));
  LEDGER_TRY(total.conflict_minor, add_checked(total.conflict_minor, part.conflict_minor));
  LEDGER_TRY(total.balance_minor, add_checked(total.balance_minor, part.balance_minor));
  return {};
}

// The page of clients and, whatever the page, the totals over all of them: a total that changes
// with the page size would be taken for the truth.
struct Listing {
  struct Total {
    Ageing ageing;
    Kpis kpis;
  };
  JsonWriter clients;
  std::map<Currency, Total> totals;
  std::size_t shown = 0;
  std::string next;
};

Status add_account(Listing& listing, const Query& query, std::string_view client_id,
                   const AccountRow& account, std::string_view from, std::size_t limit) {
  const Moment moment{query.as_of, query.known_at};
  LEDGER_TRY(const auto settled, settle(account, moment));
  LEDGER_TRY(const auto ageings, age(account, settled, moment));
  LEDGER_TRY(auto kpis, receivables::kpis(settled, moment.as_of));
  bool open = false;
  for (const auto& ageing : ageings) {
    auto& total = listing.totals[ageing.currency];
    LEDGER_CHECK(add_to_total(total.ageing, ageing));
    LEDGER_CHECK(add_to(total.kpis, kpis[ageing.currency]));
    open = open || ageing.balance_minor != 0 || ageing.unallocated_minor != 0 ||
           ageing.conflict_minor != 0;
  }
  if (!open || client_id < from) return {};
  if (listing.shown == limit) {
    if (listing.next.empty()) listing.next = client_id;
    return {};
  }
  ++listing.shown;
  for (const auto& ageing : ageings) {
    open_client(listing.clients, client_id, ageing, kpis[ageing.currency]);
    listing.clients.end_object();
  }
  return {};
}

Result<http::Response> get_receivables(const QueryContext&, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  const std::string from(query.request.parameter("cursor").value_or(""));
  Listing listing;
  listing.clients.begin_array();
  Status failure;
  LEDGER_CHECK(receivables::scan_accounts(
      query.snapshot, "", [&](std::string_view client_id, const AccountRow& account) {
        failure = add_account(listing, query, client_id, account, from, limit);
        return failure.has_value();
      }));
  LEDGER_CHECK(std::move(failure));
  listing.clients.end_array();
  JsonWriter json = query.begin_answer();
  json.key("totals").begin_array();
  for (const auto& [currency, total] : listing.totals) {
    json.begin_object();
    write_amounts(json, total.ageing, total.kpis);
    json.end_object();
  }
  json.end_array();
  json.key("clients").raw(listing.clients.text());
  if (!listing.next.empty()) json.member("next_cursor", listing.next);
  return answer(json);
}

Result<std::optional<PromiseStanding>> promise_of(const Query& query, const AccountRow& account,
                                                  const receivables::Settlement& settled,
                                                  const Moment& moment) {
  const auto promise = receivables::newest_promise(account, moment);
  if (!promise) return std::nullopt;
  LEDGER_TRY(const auto calendar,
             directory::Calendar::read(query.snapshot, CalendarKind::kBusiness, promise->due_on,
                                       add_days(promise->due_on, receivables::kPromiseGraceDaysMax),
                                       moment.known_at));
  return receivables::standing_of(*promise, settled, moment, calendar);
}

void write_promise(JsonWriter& json, const PromiseStanding& standing) {
  json.key("promise").begin_object();
  json.member("promise_id", standing.promise.promise_id.text());
  json.member("state", name_of(standing.state));
  json.member("made_on", format_date(standing.promise.made_on));
  json.member("due_on", format_date(standing.promise.due_on));
  json.member("grace_until", format_date(standing.deadline));
  json::write(json.key("amount"), standing.promise.amount);
  json.member("paid_minor", standing.paid_minor);
  json.end_object();
}

void write_exposures(JsonWriter& json, const std::vector<Exposure>& exposures) {
  json.key("exposures").begin_array();
  for (const auto& exposure : exposures) {
    json.begin_object();
    json.member("currency", exposure.currency.text());
    json.member("orders_minor", exposure.orders_minor);
    json.member("exposure_minor", exposure.exposure_minor);
    if (exposure.limit_minor) json.member("limit_minor", *exposure.limit_minor);
    json.end_object();
  }
  json.end_array();
}

void write_stop(JsonWriter& json, const ShipmentStop& stop) {
  json.key("shipment").begin_object();
  json.member("stopped", stop.stopped());
  json.key("reasons").begin_array();
  for (const auto reason : stop.reasons) json.value(name_of(reason));
  json.end_array();
  if (stop.released_until) json.member("released_until", format_date(*stop.released_until));
  json.end_object();
}

Result<http::Response> get_client(const QueryContext&, const Query& query) {
  const std::string& id = query.request.captures.front();
  LEDGER_TRY(const auto found, receivables::account(query.snapshot, id));
  const AccountRow account = found.value_or(AccountRow{});  // who owes nothing is an answer
  const Moment moment{query.as_of, query.known_at};
  LEDGER_TRY(const auto settled, settle(account, moment));
  LEDGER_TRY(const auto ageings, age(account, settled, moment));
  LEDGER_TRY(auto kpis, receivables::kpis(settled, moment.as_of));
  LEDGER_TRY(const auto promise, promise_of(query, account, settled, moment));
  LEDGER_TRY(const auto exposures, receivables::exposures(account, ageings, moment));
  JsonWriter json = query.begin_answer();
  json.member("client_id", id);
  json.key("accounts").begin_array();
  for (const auto& ageing : ageings) {
    open_client(json, id, ageing, kpis[ageing.currency]);
    write_credits(json, ageing);
    if (const auto step = next_dunning(account, ageing, moment, promise)) {
      json.key("next_dunning").begin_object();
      json.member("invoice_id", step->invoice_id.text());
      json.member("level", step->level);
      json.end_object();
    }
    json.end_object();
  }
  json.end_array();
  if (promise) write_promise(json, *promise);
  write_exposures(json, exposures);
  write_stop(json, shipment_stop(account, ageings, exposures, moment));
  return answer(json);
}

}  // namespace

void add_receivables_routes(http::Router& router, const QueryContext& context) {
  const auto where = http::RunOn::kWorker;
  add_query(router, context, "/v1/receivables", where, get_receivables, Times::kKnownAtToo);
  add_query(router, context, "/v1/clients/{id}/receivables", where, get_client, Times::kKnownAtToo);
}

}  // namespace ledger
