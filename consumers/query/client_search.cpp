#include "consumers/query/duty_links.h"
#include "consumers/query/routes.h"
#include "projections/client_card/search.h"
#include "projections/client_card/standing.h"
#include "projections/client_class/queries.h"
#include "projections/directory/one_client.h"

namespace ledger {

namespace {

using namespace client_card;

// By the ABC letter; "none" are those who have none.
enum class ByClass { kA, kB, kC, kNone };
constexpr auto names(ByClass) { return words("A", "B", "C", "none"); }

struct Filters {
  std::optional<std::string> owner;
  std::optional<Segment> segment;
  std::optional<ByClass> by_class;
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
  if (const auto word = query.request.parameter("class")) {
    filters.by_class = from_name<ByClass>(*word);
    if (!filters.by_class) return fail(ErrorCode::kInvalidField, "is A, B, C or none", "class");
  }
  return filters;
}

bool passes(const Filters& filters, const Card& card, Date day) {
  if (filters.segment && profile(card).segment != filters.segment) return false;
  if (!filters.owner) return true;
  const auto owner = owner_on(card.facts, day);
  return owner && owner->text() == *filters.owner;
}

// The letter of the client that a card answers for.
Result<ByClass> class_of(client_class::House& house, const Query& query, const std::string& id) {
  LEDGER_TRY(const auto card, client_card::card(query.snapshot, id, query.times()));
  if (!card) return ByClass::kNone;
  LEDGER_TRY(const auto found, house.class_of(*card));
  if (!found.judged.letter) return ByClass::kNone;
  return from_name<ByClass>(name_of(*found.judged.letter)).value_or(ByClass::kNone);
}

Status write_found(JsonWriter& json, const Query& query, const Card& card,
                   std::string_view found_by, ByClass by_class) {
  const std::string& id = card.details.client_id.text();
  json.begin_object();
  json.member("client_id", id);
  if (card.details.name) json.member("name", *card.details.name);
  if (card.details.tax_code) json.member("tax_code", card.details.tax_code->text());
  if (const auto segment = profile(card).segment) json.member("segment", name_of(*segment));
  if (const auto owner = owner_on(card.facts, query.as_of)) json.member("owner", owner->text());
  LEDGER_TRY(const auto survivor, directory::survivor_of(query.snapshot, id, query.known_at));
  if (survivor != id) json.member("merged_into", survivor);
  if (by_class != ByClass::kNone) json.member("class", name_of(by_class));
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
  write_duty_ids(json, {{"name", "database.kept"},
                        {"segment", "clients.segmentation"},
                        {"owner", "segments.separation"},
                        {"class", "clients.value"}});
  json.key("clients").begin_array();
  std::size_t shown = 0;
  std::string next;
  Status failure;
  LEDGER_TRY(auto house, client_class::House::read(query.snapshot, query.times()));
  LEDGER_CHECK(scan_cards(query.snapshot, from, [&](std::string_view id, const CardRow& row) {
    const Card card = card_alone(id, row, query.times());
    if (card.facts.empty()) return true;  // by then, or by that knowledge, there was no card
    const auto found_by = wanted.found_by(card);
    if (!found_by || !passes(filters, card, query.as_of)) return true;
    const auto by_class = class_of(house, query, std::string(id));
    if (!by_class) failure = tl::unexpected(by_class.error());
    if (!by_class) return false;
    if (filters.by_class && *filters.by_class != *by_class) return true;
    if (shown == limit) {
      next = id;
      return false;
    }
    ++shown;
    failure = write_found(json, query, card, *found_by, *by_class);
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
  write_duty_ids(json, {{"pairs", "database.kept"}});
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
  add_query(router, context, "/v1/clients", on_worker, get_clients, Times::kKnownAtToo,
            {"q", "owner", "segment", "class", "limit", "cursor"});
  add_query(router, context, "/v1/clients/duplicates", on_worker, get_duplicates,
            Times::kKnownAtToo, {"limit", "cursor"});
}

}  // namespace ledger
