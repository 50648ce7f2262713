#include "consumers/query/routes.h"
#include "projections/duties/duties.h"
#include "projections/quota_compliance/queries.h"
#include "projections/quota_compliance/reconciliations.h"

namespace ledger {

namespace {

using namespace quota_compliance;

void write_shape(JsonWriter& json, const CallShape& shape) {
  json.key("shape").begin_object();
  json.member("median_talk_s", shape.median_talk_s);
  json.member("under_20_s", shape.under_20_s);
  json.member("to_top_five", shape.to_top_five);
  json.member("inbound_answered", shape.inbound_answered);
  json.member("self_reported", shape.self_reported);
  json.end_object();
}

void write_figure(JsonWriter& json, const Figure& figure) {
  json.begin_object();
  json.member("metric", name_of(figure.metric));
  json.member("duty_id", duties::duty_of(figure.metric));
  json.member("counted", figure.counted);
  json.member("target", figure.target);
  json.member("state", name_of(figure.state));
  if (!figure.reason.empty()) json.member("reason", figure.reason);
  if (figure.counted < figure.target) json.member("short_by", figure.target - figure.counted);
  if (figure.expected_by_now) json.member("expected_by_now", *figure.expected_by_now);
  if (figure.due_on) json.member("due_on", format_date(*figure.due_on));
  if (figure.target != figure.base) {  // the fraction that made it so
    json.member("base", figure.base);
    json.member("worked_minutes", figure.worked);
    json.member("scheduled_minutes", figure.scheduled);
  }
  json.member("attempts", figure.attempts);
  json.member("answered", figure.answered);
  json.member("unique_clients", figure.unique_clients);
  json.member("unmatched", figure.unmatched);
  if (figure.bounced > 0) json.member("bounced", figure.bounced);
  if (figure.returned > 0) json.member("returned", figure.returned);
  if (figure.shape) write_shape(json, *figure.shape);
  if (!figure.recorded_later.empty()) {
    json.key("recorded_later").begin_array();
    for (const auto& position : figure.recorded_later) json.value(to_string(position));
    json.end_array();
  }
  json.member("policy_id", figure.policy_id);
  json.end_object();
}

void write_manager(JsonWriter& json, const ManagerHired& manager) {
  json.member("manager_id", manager.manager_id.text());
  json.member("name", manager.name);
  if (manager.department) json.member("department", *manager.department);
}

Result<http::Response> get_day(const QueryContext& context, const Query& query) {
  Date day = query.as_of;
  if (const auto text = query.request.parameter("date")) {
    auto parsed = parse_date(*text);
    if (!parsed) return fail(parsed.error().code, parsed.error().message, "date");
    day = *parsed;
  }
  LEDGER_TRY(const auto rows,
             board(query.snapshot, day, {query.now, query.known_at, context.zone}));
  JsonWriter json = query.begin_answer();
  json.member("date", format_date(day));
  json.key("managers").begin_array();
  for (const auto& row : rows) {
    json.begin_object();
    write_manager(json, row.manager);
    json.member("stage", name_of(row.stage));
    if (row.stand_in) json.member("stand_in", row.stand_in->text());
    json.key("metrics").begin_array();
    for (const auto& figure : row.figures) write_figure(json, figure);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  return answer(json);
}

void write_line(JsonWriter& json, const MonthLine& line) {
  json.begin_object();
  json.member("metric", name_of(line.metric));
  json.member("duty_id", duties::duty_of(line.metric));
  json.member("counted", line.counted);
  json.member("target", line.target);
  json.member("days_due", line.days_due);
  json.member("days_met", line.days_met);
  if (line.worst_day) json.member("worst_day", format_date(*line.worst_day));
  json.key("days").begin_array();
  for (const auto& day : line.days) {
    json.begin_object();
    json.member("date", format_date(day.date));
    json.member("counted", day.counted);
    json.member("target", day.target);
    json.member("state", name_of(day.state));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

Result<http::Response> get_month(const QueryContext& context, const Query& query) {
  const auto given = query.request.parameter("month");
  const std::string text = given ? std::string(*given) : format_month(query.as_of);
  const auto first = parse_month(text);
  if (!first) return fail(first.error().code, first.error().message, "month");
  LEDGER_TRY(const auto months,
             month(query.snapshot, *first, {query.now, query.known_at, context.zone}));
  LEDGER_TRY(auto acts,
             reconciliations(query.snapshot, *first, {query.now, query.known_at, context.zone}));
  JsonWriter json = query.begin_answer();
  json.member("month", text);
  json.key("managers").begin_array();
  for (const auto& row : months) {
    json.begin_object();
    write_manager(json, row.manager);
    json.key("metrics").begin_array();
    for (const auto& line : row.lines) write_line(json, line);
    json.end_array();
    write_figure(json.key("contracts"), row.contracts);
    write_figure(json.key("reconciliations"), acts[row.manager.manager_id]);
    json.end_object();
  }
  json.end_array();
  return answer(json);
}

}  // namespace

void add_quota_routes(http::Router& router, const QueryContext& context) {
  const auto where = http::RunOn::kWorker;
  add_query(router, context, "/v1/quotas", where, get_day, Times::kKnownAtToo, {"date"});
  add_query(router, context, "/v1/quotas/month", where, get_month, Times::kKnownAtToo, {"month"});
}

}  // namespace ledger
