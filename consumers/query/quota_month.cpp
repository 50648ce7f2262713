#include "consumers/query/quota_month.h"

#include <algorithm>

#include "consumers/access/masking.h"
#include "consumers/query/quota_json.h"
#include "platform/calendar_month.h"
#include "projections/directory/last_words.h"
#include "projections/directory/working_time.h"
#include "projections/duties/duties.h"
#include "projections/quota_compliance/queries.h"
#include "projections/quota_compliance/reconciliations.h"
#include "projections/quota_compliance/reported.h"

namespace ledger {

namespace {

using namespace quota_compliance;

const Reported::Day* changed_day(const std::optional<Reported>& reported, QuotaMetric metric,
                                 Date date) {
  if (!reported) return nullptr;
  const auto found = std::find_if(
      reported->days.begin(), reported->days.end(),
      [&](const Reported::Day& day) { return day.metric == metric && day.date == date; });
  return found == reported->days.end() ? nullptr : &*found;
}

void write_day(JsonWriter& json, const MonthLine::Day& day, const Reported::Day* then) {
  json.begin_object();
  json.member("date", format_date(day.date));
  json.member("counted", day.counted);
  json.member("target", day.target);
  json.member("state", name_of(day.state));
  if (then != nullptr) {
    json.key("reported").begin_object();
    json.member("counted", then->counted);
    json.member("target", then->target);
    json.key("events").begin_array();
    for (const auto& position : then->events) json.value(to_string(position));
    json.end_array();
    json.end_object();
  }
  json.end_object();
}

void write_line(JsonWriter& json, const MonthLine& line, const std::optional<Reported>& reported) {
  json.begin_object();
  json.member("metric", name_of(line.metric));
  json.member("duty_id", duties::duty_of(line.metric));
  json.member("counted", line.counted);
  json.member("target", line.target);
  json.member("days_due", line.days_due);
  json.member("days_met", line.days_met);
  json.member("days_unknown", line.days_unknown);
  if (line.worst_day) json.member("worst_day", format_date(*line.worst_day));
  if (reported) {
    for (const auto& then : reported->then.lines) {
      const bool same = then.counted == line.counted && then.target == line.target &&
                        then.days_due == line.days_due && then.days_met == line.days_met;
      if (then.metric != line.metric || same) continue;
      json.key("reported").begin_object();
      json.member("counted", then.counted);
      json.member("target", then.target);
      json.member("days_due", then.days_due);
      json.member("days_met", then.days_met);
      json.end_object();
    }
  }
  json.key("days").begin_array();
  for (const auto& day : line.days) {
    write_day(json, day, changed_day(reported, line.metric, day.date));
  }
  json.end_array();
  json.end_object();
}

// The report that was handed in, and whether the month says another thing by now.
void write_report(JsonWriter& json, const Reported& reported, const Figure& contracts) {
  const auto& then = reported.then.contracts;
  const bool moved = then.counted != contracts.counted || then.target != contracts.target;
  json.key("report").begin_object();
  json.member("position", to_string(reported.handed_in.position));
  json.member("handed_in_on", format_date(reported.handed_in.day));
  json.member("known_at", format_timestamp(*reported.handed_in.data.known_at));
  json.member("days_changed", static_cast<std::int64_t>(reported.days.size()));
  if (moved) {
    json.key("contracts").begin_object();
    json.member("duty_id", duties::duty_of(contracts.metric));
    json.member("counted", then.counted);
    json.member("target", then.target);
    json.end_object();
  }
  json.end_object();
}

// The days that are no whole working day of his: off by the calendar, or taken from by absences.
class AwayDays {
 public:
  AwayDays(const ViewSnapshot& snapshot, const Query& query, directory::WorkingTime time,
           const BusinessZone& zone)
      : snapshot_(&snapshot), known_at_(query.known_at), time_(std::move(time)), zone_(&zone) {}

  Status write(JsonWriter& json, const ManagerId& manager, Date from, Date to) {
    LEDGER_TRY(const auto leave, directory::leave(*snapshot_, manager));
    const auto absences =
        directory::last_words(leave.absences, &AbsenceRecorded::absence_id, known_at_);
    json.key("away").begin_array();
    for (Date day = from; day <= to; day = add_days(day, 1)) {
      LEDGER_TRY(const auto time, time_.day(manager, day, std::nullopt, *zone_));
      if (!time || (time->scheduled > 0 && !time->absence)) continue;
      json.begin_object();
      json.member("date", format_date(day));
      json.member("why", time->scheduled == 0 ? "day_off" : "absence");
      json.member("worked_minutes", time->worked);
      json.member("scheduled_minutes", time->scheduled);
      if (time->absence) write_absences(json, absences, day);
      json.end_object();
    }
    json.end_array();
    return {};
  }

 private:
  static void write_absences(JsonWriter& json, const std::vector<const AbsenceRecorded*>& absences,
                             Date day) {
    json.key("absences").begin_array();
    for (const auto* absence : absences) {
      if (day < absence->from || absence->to < day) continue;
      json.begin_object();
      json.member("absence_id", absence->absence_id.text());
      json.member("kind", name_of(absence->kind));
      // Without it, the whole day.
      if (absence->minutes_per_day) json.member("minutes", *absence->minutes_per_day);
      json.end_object();
    }
    json.end_array();
  }

  const ViewSnapshot* snapshot_;
  std::optional<Timestamp> known_at_;
  directory::WorkingTime time_;
  const BusinessZone* zone_;
};

}  // namespace

Result<http::Response> get_quota_month(const QueryContext& context, const Query& query) {
  const auto given = query.request.parameter("month");
  const std::string text = given ? std::string(*given) : format_month(query.as_of);
  const auto first = parse_month(text);
  if (!first) return fail(first.error().code, first.error().message, "month");
  const Asked asked{query.now, query.known_at, context.zone};
  LEDGER_TRY(auto months, month(query.snapshot, *first, asked));
  LEDGER_CHECK(keep_seen(query.scope, months, [&](const ManagerMonth& row) {
    return query.scope.sees_manager(row.manager.manager_id);
  }));
  LEDGER_TRY(auto acts, reconciliations(query.snapshot, *first, asked));
  const Date last = last_of_month(*first);
  LEDGER_TRY(auto time, directory::WorkingTime::read(query.snapshot, *first, last, query.known_at));
  AwayDays away(query.snapshot, query, std::move(time), context.zone);
  JsonWriter json = query.begin_answer();
  json.member("month", text);
  json.key("managers").begin_array();
  for (const auto& row : months) {
    const auto& manager = row.manager;
    LEDGER_TRY(const auto then, reported(query.snapshot, row, *first, asked));
    json.begin_object();
    json.member("manager_id", manager.manager_id.text());
    json.member("name", manager.name);
    if (manager.department) json.member("department", *manager.department);
    if (then) write_report(json, *then, row.contracts);
    LEDGER_CHECK(away.write(json, manager.manager_id, *first, std::min(last, query.today)));
    json.key("metrics").begin_array();
    for (const auto& line : row.lines) write_line(json, line, then);
    json.end_array();
    LEDGER_CHECK(write_figure(json.key("contracts"), row.contracts, query));
    LEDGER_CHECK(write_figure(json.key("reconciliations"), acts[manager.manager_id], query));
    json.end_object();
  }
  json.end_array();
  return answer(json);
}

}  // namespace ledger
