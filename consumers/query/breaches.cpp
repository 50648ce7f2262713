#include <map>

#include "consumers/query/routes.h"
#include "projections/breaches/segments.h"
#include "projections/client_card/standing.h"
#include "projections/directory/queries.h"
#include "projections/obligations/book.h"
#include "projections/qualification/queries.h"

namespace ledger {

namespace {

using breaches::SegmentBreach;
using obligations::BreachRow;

constexpr std::string_view kSegments = "segments.separation";

void write_side(JsonWriter& json, std::string_view name, const SegmentBreach::Side& side) {
  json.key(name).begin_object();
  json.member("client_id", side.client_id);
  json.member("segment", name_of(side.segment));
  json.member("by", name_of(side.by));
  json.end_object();
}

void write_segment_breach(JsonWriter& json, const SegmentBreach& one) {
  json.begin_object();
  json.member("manager_id", one.manager_id.text());
  json.member("duty_id", kSegments);
  json.member("severity", name_of(one.severity));
  json.member("since", format_date(one.since));
  json.member("until", format_date(one.until));
  write_side(json, "client", one.client);
  write_side(json, "other", one.other);
  json.member("other_clients", one.other_clients);
  json.end_object();
}

// Open until the manager has explained it, then until it is decided upon.
std::string_view state_of(const BreachRow& row) {
  if (!row.closed.empty()) return "closed";
  return row.done.empty() ? "open" : "explained";
}

void write_recorded(JsonWriter& json, const std::string& id, const BreachRow& row) {
  const auto& told = row.asked.back();
  json.begin_object();
  json.member("breach_id", id);
  json.member("manager_id", told.data.manager_id.text());
  json.member("duty_id", told.data.duty_id);
  json.member("happened_on", format_date(told.data.happened_on));
  json.member("state", state_of(row));
  json.member("text", told.data.text);
  json.member("position", to_string(told.position));
  json.key("explanations").begin_array();
  for (const auto& given : row.done) {
    json.begin_object();
    json.member("manager_id", given.data.manager_id.text());
    json.member("text", given.data.text);
    json.member("given_on", format_date(given.day));
    json.member("position", to_string(given.position));
    json.end_object();
  }
  json.end_array();
  if (!row.closed.empty()) {
    json.member("decision", row.closed.back().data.decision);
    json.member("decided_on", format_date(row.closed.back().day));
  }
  json.end_object();
}

Result<Date> day_of(const Query& query, std::string_view name, Date fallback) {
  const auto text = query.request.parameter(name);
  if (!text) return fallback;
  auto day = parse_date(*text);
  if (!day) return fail(day.error().code, day.error().message, std::string(name));
  return *day;
}

Result<breaches::Question> question_of(const Query& query) {
  breaches::Question question;
  question.known_at = query.known_at;
  LEDGER_TRY(question.to, day_of(query, "to", query.as_of));
  LEDGER_TRY(question.from, day_of(query, "from", first_of_month(question.to)));
  if (question.to < question.from) {
    return fail(ErrorCode::kInvalidField, "lies before from", "to");
  }
  if (const auto id = query.request.parameter("manager")) {
    question.manager = ManagerId(std::string(*id));
    LEDGER_TRY(const auto hired, directory::manager(query.snapshot, *question.manager));
    if (!hired) return fail(ErrorCode::kNotFound, "nobody of that id was ever hired", "manager");
  }
  return question;
}

// By the day on which it happened, then by id.
Status write_register(JsonWriter& json, const Query& query, const breaches::Question& question) {
  obligations::Cases<BreachRow> all;
  if (question.manager) {
    LEDGER_TRY(all, obligations::cases_of_manager<BreachRow>(query.snapshot, *question.manager,
                                                             AsOf{query.as_of, query.known_at}));
  } else {
    LEDGER_TRY(all, obligations::all_breaches(query.snapshot, AsOf{query.as_of, query.known_at}));
  }
  std::multimap<Date, std::string> in_order;
  for (const auto& [id, row] : all) {
    const Date day = row.asked.back().data.happened_on;
    if (question.from <= day && day <= question.to) in_order.emplace(day, id);
  }
  json.key("register").begin_array();
  for (const auto& [day, id] : in_order) write_recorded(json, id, all.at(id));
  json.end_array();
  return {};
}

Result<http::Response> get_breaches(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const auto question, question_of(query));
  LEDGER_TRY(const auto found, breaches::segment_breaches(query.snapshot, question, context.zone));
  JsonWriter json = query.begin_answer();
  json.member("from", format_date(question.from));
  json.member("to", format_date(question.to));
  json.key("segments").begin_array();
  for (const auto& one : found) write_segment_breach(json, one);
  json.end_array();
  LEDGER_CHECK(write_register(json, query, question));
  return answer(json);
}

Result<std::string> required(const Query& query, std::string_view name) {
  const auto text = query.request.parameter(name);
  if (!text) return fail(ErrorCode::kMissingField, "is required", std::string(name));
  return std::string(*text);
}

// A corporate client is for who passed his last attestation (domain-semantics.md 1.2, row 27).
Status warn_of_qualification(JsonWriter& json, const Query& query, const ManagerId& manager,
                             const client_card::Card& card) {
  if (client_card::profile(card).segment != Segment::kCorporate) return {};
  LEDGER_TRY(const auto record,
             qualification::record(query.snapshot, manager, AsOf{query.as_of, query.known_at}));
  const auto& held = record.attestations;
  if (!held.empty() && held.back().result != AttestationResult::kFailed) return {};
  json.begin_object();
  json.member("duty_id", "corporate.qualification");
  json.member("severity", name_of(breaches::Severity::kWarning));
  json.member("why", held.empty() ? "not_attested" : "attestation_failed");
  json.end_object();
  return {};
}

// What to heed before a client is given to a manager.
Result<http::Response> get_preview(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const std::string manager_id, required(query, "manager"));
  LEDGER_TRY(const std::string client, required(query, "client"));
  const ManagerId manager(manager_id);
  const AsOf as_of{query.as_of, query.known_at};
  LEDGER_TRY(const auto hired, directory::manager(query.snapshot, manager));
  if (!hired) return fail(ErrorCode::kNotFound, "nobody of that id was ever hired", "manager");
  LEDGER_TRY(const auto card, client_card::card(query.snapshot, client, as_of));
  if (!card) return fail(ErrorCode::kNotFound, "the ledger has no facts about it", "client");
  LEDGER_TRY(const auto breach,
             breaches::breach_of_giving(query.snapshot, manager, client, as_of, context.zone));
  JsonWriter json = query.begin_answer();
  json.key("warnings").begin_array();
  if (breach) write_segment_breach(json, *breach);
  LEDGER_CHECK(warn_of_qualification(json, query, manager, *card));
  json.end_array();
  return answer(json);
}

}  // namespace

void add_breach_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/breaches", http::RunOn::kWorker, get_breaches, Times::kKnownAtToo,
            {"manager", "from", "to"});
  add_query(router, context, "/v1/breaches/preview", http::RunOn::kWorker, get_preview,
            Times::kKnownAtToo, {"manager", "client"});
}

}  // namespace ledger
