#include <map>
#include <set>
#include <string>
#include <utility>

#include "consumers/query/client_names.h"
#include "consumers/query/routes.h"
#include "consumers/query/row_page.h"
#include "projections/directory/one_client.h"
#include "projections/receivables/queries.h"
#include "projections/receivables/write_offs.h"

namespace ledger {

namespace {

using receivables::WriteOff;

struct Sums {
  std::int64_t written_off_minor = 0;
  std::int64_t paid_minor = 0;
};

Result<std::optional<WriteOffKind>> kind_of(const Query& query) {
  const auto text = query.request.parameter("kind");
  if (!text) return std::nullopt;
  const auto kind = from_name<WriteOffKind>(*text);
  if (!kind) {
    return fail(ErrorCode::kInvalidField, "is bad_debt, small_difference or forgiveness", "kind");
  }
  return kind;
}

void write_sums(JsonWriter& json, const Sums& sums) {
  json.member("written_off_minor", sums.written_off_minor);
  json.member("paid_minor", sums.paid_minor);
  json.member("rest_minor", sums.written_off_minor - sums.paid_minor);
}

Status write_one(JsonWriter& json, const Query& query, const std::string& client_id,
                 const WriteOff& one) {
  json.begin_object();
  json.member("duty_id", "receivables.collected");
  LEDGER_CHECK(write_named_client(json, query, client_id));
  json.member("invoice_id", one.data.invoice_id.text());
  json.member("number", one.number);
  json.member("kind", name_of(one.data.kind));
  json.member("written_off_on", format_date(one.data.written_off_on));
  json.member("approved_by", one.data.approved_by);
  if (one.data.reason) json.member("reason", *one.data.reason);
  json.member("currency", one.data.amount.currency.text());
  write_sums(json, {one.written_off_minor, one.paid_minor});
  json.member("position", to_string(one.position));
  json.end_object();
  return {};
}

// The register of write-offs: by client, then day, with what was paid of each after all.
Result<http::Response> get_write_offs(const QueryContext&, const Query& query) {
  LEDGER_TRY(RowPage page, RowPage::of(query));
  LEDGER_TRY(const auto kind, kind_of(query));
  const auto asked = query.request.parameter("client");
  LEDGER_TRY(auto clients, receivables::clients(query.snapshot, query.known_at));
  if (asked) {
    LEDGER_TRY(auto survivor,
               directory::survivor_of(query.snapshot, std::string(*asked), query.known_at));
    clients.clear();
    clients.insert(std::move(survivor));
  }
  std::map<std::string, Sums> totals;
  JsonWriter json = query.begin_answer();
  json.key("write_offs").begin_array();
  for (const auto& id : clients) {
    LEDGER_TRY(const bool sees, query.scope.sees_client(id));
    if (!sees) continue;
    LEDGER_TRY(const auto client, directory::one_client(query.snapshot, id, query.known_at));
    LEDGER_TRY(const auto account, receivables::account_of(query.snapshot, client));
    LEDGER_TRY(const auto all, receivables::write_offs(account, query.times()));
    for (const auto& one : all) {
      if (kind && one.data.kind != *kind) continue;
      auto& [written_off, paid] = totals[one.data.amount.currency.text()];
      LEDGER_TRY(written_off, add_checked(written_off, one.written_off_minor));
      LEDGER_TRY(paid, add_checked(paid, one.paid_minor));
      if (page.takes_next()) LEDGER_CHECK(write_one(json, query, id, one));
    }
  }
  json.end_array();
  json.key("totals").begin_array();
  for (const auto& [currency, sums] : totals) {
    json.begin_object();
    json.member("currency", currency);
    write_sums(json, sums);
    json.end_object();
  }
  json.end_array();
  page.write_end(json, query);
  return answer(json);
}

}  // namespace

void add_write_off_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/write-offs", http::RunOn::kWorker, get_write_offs,
            Times::kKnownAtToo, {"client", "kind", "limit", "cursor"});
}

}  // namespace ledger
