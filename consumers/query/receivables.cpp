#include "projections/receivables/queries.h"

#include <map>

#include "consumers/query/routes.h"
#include "events/fields_json.h"

namespace ledger {

namespace {

using receivables::Ageing;

void write_amounts(JsonWriter& json, const Ageing& ageing) {
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
  if (open.in_dispute) json.member("disputed_minor", open.disputed_minor);
  json.member("days_past_due", open.days_past_due);
  json.member("position", to_string(item.position));
  json.end_object();
}

void write_client(JsonWriter& json, std::string_view client_id, const Ageing& ageing) {
  json.begin_object();
  json.member("client_id", client_id);
  write_amounts(json, ageing);
  json.key("open_items").begin_array();
  for (const auto& open : ageing.open_items) write_item(json, open);
  json.end_array();
  json.end_object();
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
  JsonWriter clients;
  std::map<std::string, Ageing> totals;
  std::size_t shown = 0;
  std::string next;
};

Status add_account(Listing& listing, const Query& query, std::string_view client_id,
                   const receivables::AccountRow& account, std::string_view from,
                   std::size_t limit) {
  LEDGER_TRY(const auto ageings, receivables::age(account, {query.as_of, query.known_at}));
  bool open = false;
  for (const auto& ageing : ageings) {
    LEDGER_CHECK(add_to_total(listing.totals[ageing.currency.text()], ageing));
    open = open || ageing.balance_minor != 0 || ageing.unallocated_minor != 0 ||
           ageing.conflict_minor != 0;
  }
  if (!open || client_id < from) return {};
  if (listing.shown == limit) {
    if (listing.next.empty()) listing.next = client_id;
    return {};
  }
  ++listing.shown;
  for (const auto& ageing : ageings) write_client(listing.clients, client_id, ageing);
  return {};
}

Result<http::Response> get_receivables(const QueryContext&, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  const std::string from(query.request.parameter("cursor").value_or(""));
  Listing listing;
  listing.clients.begin_array();
  Status failure;
  LEDGER_CHECK(receivables::scan_accounts(
      query.snapshot, "", [&](std::string_view client_id, const receivables::AccountRow& account) {
        failure = add_account(listing, query, client_id, account, from, limit);
        return failure.has_value();
      }));
  LEDGER_CHECK(std::move(failure));
  listing.clients.end_array();
  JsonWriter json = query.begin_answer();
  json.key("totals").begin_array();
  for (const auto& [currency, total] : listing.totals) {
    json.begin_object();
    write_amounts(json, total);
    json.end_object();
  }
  json.end_array();
  json.key("clients").raw(listing.clients.text());
  if (!listing.next.empty()) json.member("next_cursor", listing.next);
  return answer(json);
}

}  // namespace

void add_receivables_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/receivables", http::RunOn::kWorker, get_receivables,
            Times::kKnownAtToo);
}

}  // namespace ledger
