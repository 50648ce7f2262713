#include "consumers/query/client_names.h"
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
  std::optional<bool> stale;
  std::optional<bool> key_account;
  std::optional<CompanySize> size;

  // By what the client's cards say together.
  [[nodiscard]] bool of_whole_card() const { return stale || key_account || size; }
  [[nodiscard]] bool any() const { return owner || segment || by_class || of_whole_card(); }
};

Result<std::optional<bool>> yes_or_no(const Query& query, std::string_view name) {
  const auto word = query.request.parameter(name);
  if (!word) return std::optional<bool>();
  if (*word != "true" && *word != "false") {
    return fail(ErrorCode::kInvalidField, "is true or false", std::string(name));
  }
  return std::optional(*word == "true");
}

Result<Filters> filters_of(const Query& query) {
  Filters filters;
  if (const auto owner = query.request.parameter("owner")) filters.owner = std::string(*owner);
  if (const auto word = query.request.parameter("segment")) {
    filters.segment = from_name<Segment>(*word);
    if (!filters.segment) {
      return fail(ErrorCode::kInvalidField, "is corporate, retail, government or wholesale",
                  "segment");
    }
  }
  if (const auto word = query.request.parameter("class")) {
    filters.by_class = from_name<ByClass>(*word);
    if (!filters.by_class) return fail(ErrorCode::kInvalidField, "is A, B, C or none", "class");
  }
  if (const auto word = query.request.parameter("size")) {
    filters.size = from_name<CompanySize>(*word);
    if (!filters.size) return fail(ErrorCode::kInvalidField, "is small, medium or large", "size");
  }
  LEDGER_TRY(filters.stale, yes_or_no(query, "stale"));
  LEDGER_TRY(filters.key_account, yes_or_no(query, "key_account"));
  return filters;
}

bool passes(const Filters& filters, const Card& card, Date day) {
  if (filters.segment && profile(card).segment != filters.segment) return false;
  if (!filters.owner) return true;
  const auto owner = owner_on(card.facts, day);
  return owner && owner->text() == *filters.owner;
}

// As his card shows it (/v1/clients/{id}).
Result<bool> passes_whole(const Filters& filters, const Query& query, std::string_view id) {
  if (!filters.of_whole_card()) return true;
  LEDGER_TRY(const auto card, client_card::card(query.snapshot, id, query.times()));
  if (!card) return false;
  const auto who = profile(*card);
  if (filters.size && who.size != filters.size) return false;
  if (filters.key_account && who.key_account != *filters.key_account) return false;
  return !filters.stale || completeness(*card, query.as_of).stale == *filters.stale;
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

// Of another manager's client, to who has its code or its number, so that two do not work on one:
// whose it is, and nothing else. Only of what is looked for by nothing besides.
bool is_told_of(const Filters& filters, std::string_view found_by) {
  const bool exact = found_by == "tax_code" || found_by == "phone";
  return exact && !filters.any();
}

void write_restricted(JsonWriter& json, const Query& query, const Card& card) {
  json.begin_object();
  json.member("client_id", card.details.client_id.text());
  if (card.details.name) json.member("name", *card.details.name);
  if (const auto owner = owner_on(card.facts, query.as_of)) json.member("owner", owner->text());
  json.member("restricted", true);
  json.end_object();
}

// What a search goes through, card by card.
class Search {
 public:
  static Result<Search> of(const Query& query) {
    LEDGER_TRY(const std::size_t limit, query.limit());
    LEDGER_TRY(auto filters, filters_of(query));
    LEDGER_TRY(auto house, client_class::House::read(query.snapshot, query.times()));
    return Search(query, limit, std::move(filters), std::move(house));
  }

  // Whether to go on with the next card.
  Result<bool> add(JsonWriter& json, std::string_view id, const CardRow& row) {
    const Card card = card_alone(id, row, query_.times());
    if (card.facts.empty()) return true;  // by then, or by that knowledge, there was no card
    const auto found_by = wanted_.found_by(card);
    if (!found_by || !passes(filters_, card, query_.as_of)) return true;
    LEDGER_TRY(const bool sees, query_.scope.sees_client(id));
    const bool told = !query_.scope.nothing() && is_told_of(filters_, *found_by);
    if (!sees && !told) return true;
    LEDGER_TRY(const bool passes_too, passes_whole(filters_, query_, id));
    if (!passes_too) return true;
    LEDGER_TRY(const auto by_class,
               sees ? class_of(house_, query_, std::string(id)) : Result<ByClass>(ByClass::kNone));
    if (filters_.by_class && *filters_.by_class != by_class) return true;
    if (shown_ == limit_) {
      next_ = id;
      return false;
    }
    ++shown_;
    if (sees) {
      LEDGER_CHECK(write_found(json, query_, card, *found_by, by_class));
    } else {
      write_restricted(json, query_, card);
    }
    return true;
  }

  [[nodiscard]] const std::string& next() const { return next_; }

 private:
  Search(const Query& query, std::size_t limit, Filters filters, client_class::House house)
      : query_(query),
        limit_(limit),
        filters_(std::move(filters)),
        wanted_(query.request.parameter("q").value_or("")),
        house_(std::move(house)) {}

  const Query& query_;
  std::size_t limit_;
  Filters filters_;
  Wanted wanted_;
  client_class::House house_;
  std::size_t shown_ = 0;
  std::string next_;
};

// By client id; a card that was absorbed is found by its own words and says into which.
Result<http::Response> get_clients(const QueryContext&, const Query& query) {
  LEDGER_TRY(auto search, Search::of(query));
  const std::string from(query.request.parameter("cursor").value_or(""));
  JsonWriter json = query.begin_answer();
  write_duty_ids(json, {{"name", "database.kept"},
                        {"segment", "clients.segmentation"},
                        {"owner", "segments.separation"},
                        {"class", "clients.value"}});
  json.key("clients").begin_array();
  Status failure;
  LEDGER_CHECK(scan_cards(query.snapshot, from, [&](std::string_view id, const CardRow& row) {
    const auto goes_on = search.add(json, id, row);
    if (!goes_on) failure = tl::unexpected(goes_on.error());
    return goes_on.value_or(false);
  }));
  LEDGER_CHECK(std::move(failure));
  json.end_array();
  query.write_next_cursor(json, search.next());
  return answer(json);
}

Result<http::Response> get_duplicates(const QueryContext&, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  const std::string from(query.request.parameter("cursor").value_or(""));
  ShowsClient shows;
  if (!query.scope.everything()) {
    shows = [&](const std::string& client) { return query.scope.sees_client(client); };
  }
  LEDGER_TRY(const auto all, duplicates(query.snapshot, query.times(), shows));
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
    LEDGER_CHECK(write_client_name(json, query, suspects.client_id));
    json.member("other_id", suspects.other_id);
    LEDGER_CHECK(write_client_name(json, query, suspects.other_id, "other_name"));
    json.member("certain", suspects.certain);
    json.key("reasons").begin_array();
    for (const auto& reason : suspects.reasons) json.value(reason);
    json.end_array();
    json.member("different_tax_codes", suspects.different_tax_codes);
    json.end_object();
  }
  json.end_array();
  query.write_next_cursor(json, next);
  return answer(json);
}

}  // namespace

void add_client_search_routes(http::Router& router, const QueryContext& context) {
  const auto on_worker = http::RunOn::kWorker;
  add_query(router, context, "/v1/clients", on_worker, get_clients, Times::kKnownAtToo,
            {"q", "owner", "segment", "class", "size", "stale", "key_account", "limit", "cursor"});
  add_query(router, context, "/v1/clients/duplicates", on_worker, get_duplicates,
            Times::kKnownAtToo, {"limit", "cursor"});
}

}  // namespace ledger
