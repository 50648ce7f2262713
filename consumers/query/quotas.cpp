#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "consumers/access/masking.h"
#include "consumers/query/answering.h"
#include "consumers/query/last_action.h"
#include "consumers/query/overdue_counts.h"
#include "consumers/query/quota_json.h"
#include "consumers/query/quota_month.h"
#include "consumers/query/routes.h"
#include "consumers/query/source_view.h"
#include "platform/limits.h"
#include "projections/directory/queries.h"
#include "projections/duties/duties.h"
#include "projections/quota_compliance/queries.h"
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
  const auto shows = [&](std::string_view name) { return shows_source(query.scope, name); };
  std::string from;
  do {
    LEDGER_TRY(auto page,
               sources::sources(query.snapshot, {query.now, context.silence_minutes, shows},
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

// For whom he stands in, of those whom the asker sees, who are away that day and are stood in for
// with all their clients.
void write_stands_in_for(JsonWriter& json, const std::vector<ManagerDay>& seen,
                         const ManagerId& manager) {
  const auto is_his = [&](const ManagerDay& row) { return row.stand_in == manager; };
  if (std::none_of(seen.begin(), seen.end(), is_his)) return;
  json.key("stands_in_for").begin_array();
  for (const auto& row : seen) {
    if (!is_his(row)) continue;
    json.begin_object();
    json.member("manager_id", row.manager.manager_id.text());
    json.member("name", row.manager.name);
    json.end_object();
  }
  json.end_array();
}

Status write_row(JsonWriter& json, const Query& query, const ManagerDay& row, Date day,
                 const std::vector<ManagerDay>& seen, const OverdueCounts::Counted* counted) {
  json.begin_object();
  write_manager(json, row.manager);
  json.member("stage", name_of(row.stage));
  if (row.stand_in) {
    json.member("stand_in", row.stand_in->text());
    LEDGER_TRY(const auto who, directory::manager(query.snapshot, *row.stand_in));
    if (who) json.member("stand_in_name", who->name);
  }
  write_no_stand_in(json, row.no_stand_in);
  write_stands_in_for(json, seen, row.manager.manager_id);
  if (counted != nullptr) {
    const auto late = counted->late.find(row.manager.manager_id);
    json.member("overdue_obligations", late == counted->late.end() ? 0 : late->second);
  }
  LEDGER_CHECK(write_last_action(json, query, row, day));
  json.key("metrics").begin_array();
  for (const auto& figure : row.figures) LEDGER_CHECK(write_figure(json, figure, query));
  json.end_array();
  json.end_object();
  return {};
}

Result<http::Response> get_day(const QueryContext& context, const Query& query,
                               OverdueCounts& overdue) {
  LEDGER_TRY(const Date day, day_asked(query));
  LEDGER_TRY(auto rows, board(query.snapshot, day, {query.now, query.known_at, context.zone}));
  LEDGER_CHECK(keep_seen(query.scope, rows, [&](const ManagerDay& row) {
    return query.scope.sees_manager(row.manager.manager_id);
  }));
  std::shared_ptr<const OverdueCounts::Counted> counted;
  if (day == query.today && !query.known_at) {
    LEDGER_TRY(counted, overdue.today(context, query));
  }
  JsonWriter json = query.begin_answer();
  json.member("date", format_date(day));
  LEDGER_CHECK(write_silent_sources(json, context, query, day));
  // Counted at another position than the answer's.
  if (counted && counted->position != to_string(query.snapshot.position())) {
    json.key("obligations_counted").begin_object();
    json.member("position", counted->position);
    json.member("at", format_timestamp(counted->at));
    json.end_object();
  }
  json.key("managers").begin_array();
  for (const auto& row : rows) {
    LEDGER_CHECK(write_row(json, query, row, day, rows, counted.get()));
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
    if (metric && figure.metric != *metric) continue;
    LEDGER_CHECK(write_figure_and_items(json, figure, query));
  }
  json.end_array();
  return answer(json);
}

}  // namespace

void add_quota_routes(http::Router& router, const QueryContext& context) {
  const auto where = http::RunOn::kWorker;
  const auto overdue = std::make_shared<OverdueCounts>();
  const auto day = [overdue](const QueryContext& of, const Query& query) {
    return get_day(of, query, *overdue);
  };
  add_query(router, context, "/v1/quotas", where, day, Times::kKnownAtToo, {"date"},
            Changes::kWithTheMinute);
  add_query(router, context, "/v1/quotas/month", where, get_quota_month, Times::kKnownAtToo,
            {"month"}, Changes::kWithTheMinute);
  add_query(router, context, "/v1/quotas/{manager}", where, get_items, Times::kKnownAtToo,
            {"date", "metric"}, Changes::kWithTheMinute);
}

}  // namespace ledger
