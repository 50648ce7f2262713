#include "consumers/query/routes.h"
#include "consumers/runner/parking.h"
#include "events/json_codec.h"
#include "projections/seen/rows.h"
#include "projections/unmatched/proposals.h"
#include "projections/unmatched/queries.h"

namespace ledger {

namespace {

// A cursor is the next row's source and id, joined as the key joins them; in a URL %00 is refused,
// so a line break stands for the zero byte: neither may hold one.
std::string to_cursor(std::string key) {
  for (char& c : key) {
    if (c == '\0') c = '\n';
  }
  return key;
}

std::string from_cursor(std::string_view cursor) {
  std::string key(cursor);
  for (char& c : key) {
    if (c == '\n') c = '\0';
  }
  return key;
}

// Whose it could be. The fact itself lies in the log.
Status write_proposals(JsonWriter& json, const QueryContext& context, JsonCodec& codec,
                       unmatched::Proposer& proposer, const unmatched::WaitingRow& row) {
  LEDGER_TRY(const auto line, context.log.read(row.position));
  LEDGER_TRY(const auto event, codec.decode_line(line));
  LEDGER_TRY(const auto proposals, proposer.proposals(event.data, row.keys));
  if (proposals.empty()) return {};
  json.key("proposals").begin_array();
  for (const auto& proposal : proposals) {
    json.begin_object();
    json.member("client_id", proposal.client_id);
    if (!proposal.name.empty()) json.member("name", proposal.name);
    json.key("reasons").begin_array();
    for (const auto reason : proposal.reasons) json.value(name_of(reason));
    json.end_array();
    if (!proposal.invoice_ids.empty()) {
      json.key("invoice_ids").begin_array();
      for (const auto& invoice : proposal.invoice_ids) json.value(invoice);
      json.end_array();
    }
    json.end_object();
  }
  json.end_array();
  return {};
}

Result<http::Response> get_unmatched(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  const std::string from = from_cursor(query.request.parameter("cursor").value_or(""));
  LEDGER_TRY(const auto page, unmatched::waiting(query.snapshot, from, limit));
  JsonCodec codec;
  unmatched::Proposer proposer(query.snapshot, query.as_of);
  JsonWriter json = query.begin_answer();
  json.key("waiting").begin_array();
  for (const auto& row : page.rows) {
    json.begin_object();
    json.member("position", to_string(row.position));
    json.member("type", row.type);
    json.member("source", row.source);
    json.member("id", row.id);
    json.member("time", format_timestamp(row.time));
    if (!row.key.empty()) json.member("key", row.key);
    LEDGER_CHECK(write_proposals(json, context, codec, proposer, row));
    json.end_object();
  }
  json.end_array();
  if (!page.next.empty()) json.member("next_cursor", to_cursor(page.next));
  return answer(json);
}

// By an earlier knowledge: those whose event was recorded by then. When it was parked is not kept,
// and what was parked then and is folded by now is not shown (consumers/runner/parking.h).
Result<http::Response> get_parked(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  const LineFilter filter = query.lines();
  const auto shown = [&](const ParkedRow& row) -> Result<bool> {
    if (filter.shows_all()) return true;
    LEDGER_TRY(const auto line, context.log.read(row.position));
    return filter.shows(line);
  };
  LEDGER_TRY(const auto rows, parked(query.snapshot, limit, shown));
  JsonWriter json = query.begin_answer();
  json.key("parked").begin_array();
  for (const auto& row : rows) {
    json.begin_object();
    json.member("position", to_string(row.position));
    if (!row.partition_key.empty()) json.member("partition_key", row.partition_key);
    json.member("reason", row.reason);
    json.member("waiting", row.waiting);
    json.end_object();
  }
  json.end_array();
  return answer(json);
}

}  // namespace

void add_waiting_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/unmatched", http::RunOn::kWorker, get_unmatched);
  add_query(router, context, "/v1/parked", http::RunOn::kWorker, get_parked,
            Times::kKnownAtToo);
}

}  // namespace ledger
