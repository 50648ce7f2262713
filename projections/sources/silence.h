#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "projections/directory/working_minutes.h"

// Whether a source has been silent for unusually long. Pure. The rule is ours; its reasons stand in
// schemas/decisions/0009-sources.md.
//
// Time is working time (directory::WorkingMinutes): nobody is alarmed by a night or a day off. A
// gap is the working time between two minutes in which the source was heard. The usual gap is the
// 99th percentile (nearest rank) of the gaps of the last twenty working days up to the one on
// which it was heard last; a longer gap than three times that, and than the least that is
// configured, is silence.
namespace ledger::sources {

inline constexpr std::string_view kRule = "silence.v1";
inline constexpr int kUsualDays = 20;  // working days looked back
inline constexpr int kGapPercentile = 99;
inline constexpr int kGapFactor = 3;
inline constexpr int kDaysHeardMin = 5;  // heard on fewer of them: nobody can say what is usual
inline constexpr int kGoneDays = 20;     // silent for so many ordinary working days: given up
inline constexpr std::int64_t kSilentMinutesMinDefault = 60;

enum class State {
  kSpeaking,
  kSilent,
  kGone,  // silent for so long that it is no news any more
  kRare,  // too young or too seldom heard to be judged
  kOwn,   // a rule of the ledger's own: it speaks when others do, and is not judged
};
constexpr auto names(State) { return words("speaking", "silent", "gone", "rare", "own"); }
// What the names of the sources of our own rules begin with.
inline constexpr std::string_view kOwnPrefix = "ledger/";

struct Silence {
  State state = State::kRare;
  std::int64_t silent_minutes = 0;           // working ones since it was heard last
  std::optional<std::int64_t> usual_gap;     // absent: rare
  std::optional<std::int64_t> silent_after;  // minutes; likewise
  int days_heard = 0;                        // of those looked at, days off included
};

// `heard`: minutes in which it was heard, ascending, not empty, none after `now`; those before the
// days that are looked at do not count. The clock must reach from kLookBackDays before `now` to it.
[[nodiscard]] Silence judge(const std::vector<Timestamp>& heard, Timestamp now,
                            const directory::WorkingMinutes& clock, const BusinessZone& zone,
                            std::int64_t silent_minutes_min);
inline constexpr int kLookBackDays = 90;  // holds the twenty days, and as many after them

}  // namespace ledger::sources
