#include "consumers/query/routes.h"
#include "projections/client_card/search.h"
#include "projections/client_card/standing.h"
#include "projections/directory/one_client.h"

namespace ledger {

namespace {

using namespace client_card;

struct Filters {
  std::optional<std::string> owner;
  std::optional<Segment> segment;
};

Result<Filters> filters_of(const Query& query) {
  Filters filters;
  if (const auto owner = query.request.parameter("owner")) filters.owner = std::string(*owner);
  if (const auto word = query.request.parameter("segment")) {
    filters.segment = from_name<Segment>(*word);
    if (!filters.segment) {
      return fail(ErrorCode::kInvalidField, "is corporate, retail or government", "segment");
    }
  }
  return filters;
}

bool passes(const Filters& filters, const Card& card, Date day) {
  if (filters.segment && profile(card).segment != filters.segment) return false;
  if (!filters.owner) return true;
  const auto owner = owner_on(card.facts, day);
  return owner && owner->text() == *filters.owner;
}

Status write_found(JsonWriter& json, const Query& query, const Card& card,
                   std::string_view found_by) {
  const std::string& id = card.details.client_id.text();
  json.begin_object();
  json.member("client_id", id);
  if (card.details.name) json.member("name", *card.details.name);
  if (card.details.tax_code) json.member("tax_code", card.details.tax_code->text());
  if (const auto segment = profile(card).segment) json.member("segment", name_of(*segment));
  if (const auto owner = owner_on(card.facts, query.as_of)) json.member("owner", owner->text());
  LEDGER_TRY(const auto survivor, directory::survivor_of(query.snapshot, id, query.known_at));
  if (survivor != id) json.member("merged_into", survivor);
  json.member("found_by", found_by);
  json.end_object();
  return {};
}

// By client id; a card that was absorbed is found by its own words and says into which.
Result<http::Response> get_clients(const QueryContext&, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  LEDGER_TRY(const auto filters, filters_of(query));
  const Wanted wanted(query.request.parameter("q").value_or(""));
  const std::string from(query.request.parameter("cursor").value_or(""));
  JsonWriter json = query.begin_answer();
  json.key("clients").begin_array();
  std::size_t shown = 0;
  std::string next;
  Status failure;
  LEDGER_CHECK(scan_cards(query.snapshot, from, [&](std::string_view id, const CardRow& row) {
    const Card card = card_alone(id, row, query.times());
    if (card.facts.empty()) return true;  // by then, or by that knowledge, there was no card
    const auto found_by = wanted.found_by(card);
    if (!found_by || !passes(filters, card, query.as_of)) return true;
    if (shown == limit) {
      next = id;
      return false;
    }
    ++shown;
    failure = write_found(json, query, card, *found_by);
    return failure.has_value();
  }));
  LEDGER_CHECK(std::move(failure));
  json.end_array();
  if (!next.empty()) json.member("next_cursor", next);
  return answer(json);
}

Result<http::Response> get_duplicates(const QueryContext&, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  const std::string from(query.request.parameter("cursor").value_or(""));
  LEDGER_TRY(const auto all, duplicates(query.snapshot, query.times()));
  JsonWriter json = query.begin_answer();
  json.key("pairs").begin_array();
  std::size_t shown = 0;
  std::string next;
  for (const auto& suspects : all) {
    if (suspects.cursor() < from) continue;
    if (shown++ == limit) {
      next = suspects.cursor();
      break;
    }
    json.begin_object();
    json.member("client_id", suspects.client_id);
    json.member("other_id", suspects.other_id);
    json.member("certain", suspects.certain);
    json.key("reasons").begin_array();
    for (const auto& reason : suspects.reasons) json.value(reason);
    json.end_array();
    json.member("different_tax_codes", suspects.different_tax_codes);
    json.end_object();
  }
  json.end_array();
  if (!next.empty()) json.member("next_cursor", next);
  return answer(json);
}

}  // namespace

void add_client_search_routes(http::Router& router, const QueryContext& context) {
  const auto on_worker = http::RunOn::kWorker;
  add_query(router, context, "/v1/clients", on_worker, get_clients, Times::kKnownAtToo);
  add_query(router, context, "/v1/clients/duplicates", on_worker, get_duplicates,
            Times::kKnownAtToo);
}

}  // namespace ledger
