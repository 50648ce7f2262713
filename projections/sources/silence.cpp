#include "projections/sources/silence.h"

#include <algorithm>
#include <set>

namespace ledger::sources {

namespace {

constexpr std::int64_t kGoneMinutes =
    kGoneDays * (directory::kDayEndsMinute - directory::kDayBeginsMinute);

// Nearest rank; `gaps` is not empty.
std::int64_t percentile(std::vector<std::int64_t> gaps, int percent) {
  std::sort(gaps.begin(), gaps.end());
  const std::size_t rank = (gaps.size() * static_cast<std::size_t>(percent) + 99) / 100;
  return gaps[rank - 1];
}

}  // namespace

Silence judge(const std::vector<Timestamp>& heard, Timestamp now,
              const directory::WorkingMinutes& clock, const BusinessZone& zone,
              std::int64_t silent_minutes_min) {
  Silence silence;
  const Timestamp last = heard.back();
  silence.silent_minutes = clock.at(now) - clock.at(last);
  const Date first_day = clock.days_back(zone.local_day(last), kUsualDays);
  const Timestamp from = zone.to_instant(first_day, std::chrono::seconds(0));
  std::set<Date> days;
  std::vector<std::int64_t> gaps;
  std::optional<std::int64_t> before;
  for (const Timestamp minute : heard) {
    if (minute < from) continue;
    days.insert(zone.local_day(minute));
    const std::int64_t shown = clock.at(minute);
    if (before && shown > *before) gaps.push_back(shown - *before);
    before = shown;
  }
  silence.days_heard = static_cast<int>(days.size());
  if (silence.silent_minutes > kGoneMinutes) {
    silence.state = State::kGone;
    return silence;
  }
  if (silence.days_heard < kDaysHeardMin || gaps.empty()) return silence;
  silence.usual_gap = percentile(std::move(gaps), kGapPercentile);
  silence.silent_after = std::max(silent_minutes_min, kGapFactor * *silence.usual_gap);
  silence.state =
      silence.silent_minutes > *silence.silent_after ? State::kSilent : State::kSpeaking;
  return silence;
}

}  // namespace ledger::sources
