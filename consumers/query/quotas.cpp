#include <fmt/format.h>

#include "consumers/query/quota_json.h"
#include "consumers/query/routes.h"
#include "platform/limits.h"
#include "projections/duties/duties.h"
#include "projections/quota_compliance/queries.h"
#include "projections/quota_compliance/reconciliations.h"
#include "projections/sources/queries.h"

namespace ledger {

namespace {

using namespace quota_compliance;

void write_manager(JsonWriter& json, const ManagerHired& manager) {
  json.member("manager_id", manager.manager_id.text());
  json.member("name", manager.name);
  if (manager.department) json.member("department", *manager.department);
}

Result<Date> day_asked(const Query& query) {
  const auto text = query.request.parameter("date");
  if (!text) return query.as_of;
  auto parsed = parse_date(*text);
  if (!parsed) return fail(parsed.error().code, parsed.error().message, "date");
  return *parsed;
}

// Who is silent for unusually long, so that figures may be short for no fault of a manager. Of this
// moment alone: of other days, and of an earlier knowledge, nobody can say, and no member is there.
Status write_silent_sources(JsonWriter& json, const QueryContext& context, const Query& query,
                            Date day) {
  if (day != query.today || query.known_at) return {};
  json.key("silent_sources").begin_array();
  std::string from;
  do {
    LEDGER_TRY(auto page, sources::sources(query.snapshot, {query.now, context.silence_minutes},
                                           context.zone, from, limits::kPageItemsMax));
    for (const auto& source : page.sources) {
      if (source.silence.state != sources::State::kSilent) continue;
      json.begin_object();
      json.member("source", source.name);
      json.member("silent_since", format_timestamp(source.row.last.recorded));
      json.end_object();
    }
    from = std::move(page.next);
  } while (!from.empty());
  json.end_array();
  return {};
}

Result<http::Response> get_day(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const Date day, day_asked(query));
  LEDGER_TRY(const auto rows,
             board(query.snapshot, day, {query.now, query.known_at, context.zone}));
  JsonWriter json = query.begin_answer();
  json.member("date", format_date(day));
  LEDGER_CHECK(write_silent_sources(json, context, query, day));
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

// `metric=`; nullopt: all of them.
Result<std::optional<QuotaMetric>> metric_asked(const Query& query) {
  const auto text = query.request.parameter("metric");
  if (!text) return std::optional<QuotaMetric>();
  const auto metric = from_name<QuotaMetric>(*text);
  if (metric == QuotaMetric::kReconciliations) {
    return fail(ErrorCode::kInvalidField,
                "reconciliations are counted by the month: /v1/acts?month=&manager= lists them",
                "metric");
  }
  if (metric) return metric;
  return fail(ErrorCode::kInvalidField,
              fmt::format("'{}' is none of calls, email_offers, phone_offers, "
                          "new_client_contracts, database, report",
                          *text),
              "metric");
}

// What is behind a manager's figures of a day: each event that counted, and each that did not.
Result<http::Response> get_items(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const Date day, day_asked(query));
  LEDGER_TRY(const auto metric, metric_asked(query));
  const ManagerId manager(query.request.captures.front());
  LEDGER_TRY(const auto found,
             day_of(query.snapshot, manager, day, {query.now, query.known_at, context.zone}));
  if (!found) {
    return fail(
        ErrorCode::kNotFound,
        fmt::format("no client manager '{}' was employed on {}", manager.text(), format_date(day)),
        "manager");
  }
  JsonWriter json = query.begin_answer();
  json.member("date", format_date(day));
  write_manager(json, found->manager);
  json.member("stage", name_of(found->stage));
  if (found->stand_in) json.member("stand_in", found->stand_in->text());
  json.key("duty_ids").begin_object();
  for (const auto& figure : found->figures) {
    json.member(name_of(figure.metric), duties::duty_of(figure.metric));
  }
  json.end_object();
  json.key("metrics").begin_array();
  for (const auto& figure : found->figures) {
    if (!metric || figure.metric == *metric) write_figure_and_items(json, figure);
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
  add_query(router, context, "/v1/quotas/{manager}", where, get_items, Times::kKnownAtToo,
            {"date", "metric"});
}

}  // namespace ledger
