#include "projections/sources/queries.h"

#include <algorithm>
#include <map>

#include "projections/store/view_batch.h"

namespace ledger::sources {

namespace {

using directory::Calendar;
using directory::WorkingMinutes;

constexpr int kWeekDays = 7;

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// What all sources of one answer share.
struct Frame {
  const ViewSnapshot& snapshot;
  const Question& question;
  const BusinessZone& zone;
  WorkingMinutes clock;
  Date today;
};

// "2026-11-25T14" -> its first instant; rows are our own, so it parses.
Result<Timestamp> hour_of(std::string_view key) {
  return parse_timestamp(std::string(key) + ":00:00Z");
}

void add_minutes(std::vector<Timestamp>& heard, Timestamp hour, std::uint64_t mask) {
  for (int minute = 0; minute < 60; ++minute) {
    if ((mask >> minute) & 1) heard.push_back(hour + std::chrono::minutes(minute));
  }
}

// The hours of the last days before `last`, and what they hold of the last week.
Result<std::vector<Timestamp>> read_hours(Source& source, const Frame& frame) {
  const Date from =
      frame.clock.days_back(frame.zone.local_day(source.row.last.recorded), kUsualDays);
  const Date week_from = add_days(frame.today, 1 - kWeekDays);
  const Timestamp first = frame.zone.to_instant(std::min(from, week_from), std::chrono::seconds(0));
  const std::string prefix = hours_key(source.name);
  std::map<std::string, TypeFigures> types;
  std::vector<Timestamp> heard;
  Status failure;
  const auto take = [&](std::string_view key, const HourRow& row) {
    const auto hour = hour_of(key.substr(prefix.size()));
    if (!hour) {
      failure = tl::unexpected(hour.error());
      return false;
    }
    add_minutes(heard, *hour, row.minutes);
    const Date day = frame.zone.local_day(*hour);
    for (const auto& count : row.types) {
      if (day < week_from) break;
      auto& figures = types[count.type];
      figures.last_7_days += count.events;
      if (day == frame.today) figures.today += count.events;
    }
    return true;
  };
  LEDGER_CHECK(
      scan_rows<HourRow>(frame.snapshot, family(), prefix, hour_key(source.name, first), take));
  LEDGER_CHECK(std::move(failure));
  for (auto& [type, figures] : types) {
    figures.type = type;
    source.types.push_back(std::move(figures));
  }
  return heard;
}

Status complete(Source& source, const Frame& frame) {
  LEDGER_TRY(auto heard, read_hours(source, frame));
  // The clock may have been set back since: what was heard then was heard by now.
  std::erase_if(heard, [&](Timestamp minute) { return minute > frame.question.now; });
  if (heard.empty()) heard.push_back(std::min(source.row.last.recorded, frame.question.now));
  source.silence =
      judge(heard, frame.question.now, frame.clock, frame.zone, frame.question.silent_minutes_min);
  // Neither a rule nor a person falls silent: he is away, and that is told by other means.
  if (source.name.starts_with(kOwnPrefix) || source.name.starts_with("people/")) {
    source.silence = {
        State::kOwn, source.silence.silent_minutes, {}, {}, source.silence.days_heard};
  }
  return {};
}

}  // namespace

Result<Page> sources(const ViewSnapshot& snapshot, const Question& question,
                     const BusinessZone& zone, std::string_view from, std::size_t limit) {
  const Date today = zone.local_day(question.now);
  const Date first = add_days(today, -kLookBackDays);
  LEDGER_TRY(const auto calendar,
             Calendar::read(snapshot, CalendarKind::kBusiness, first, today, std::nullopt));
  const Frame frame{snapshot, question, zone, WorkingMinutes(calendar, first, today, zone), today};
  Page page;
  LEDGER_CHECK(scan_rows<SourceRow>(snapshot, family(), "", from,
                                    [&](std::string_view name, const SourceRow& row) {
                                      if (question.shows && !question.shows(name)) return true;
                                      if (page.sources.size() == limit) {
                                        page.next = name;
                                        return false;
                                      }
                                      page.sources.push_back({std::string(name), row, {}, {}});
                                      return true;
                                    }));
  for (auto& source : page.sources) LEDGER_CHECK(complete(source, frame));
  return page;
}

}  // namespace ledger::sources
