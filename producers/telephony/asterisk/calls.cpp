#include "producers/telephony/asterisk/calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "events/call_joining.h"
#include "producers/telephony/asterisk/parties.h"

namespace ledger::asterisk {

namespace {

// Beyond it the id is no second of this call's.
constexpr auto kLongestCall = std::chrono::hours(48);

// All that a record says. A total order, so that no choice below rests on who came first.
auto content_of(const Leg& leg) {
  return std::tie(leg.started_at, leg.ended_at, leg.answered_at, leg.channel, leg.dst_channel,
                  leg.src, leg.dst, leg.talk_s, leg.outcome, leg.outcome_raw, leg.time_suspect);
}

// As other exchanges tell a leg by itself. `place` tells it from others that began with it.
CallLegCompleted told_leg(const Leg& leg, std::size_t place, const Settings& settings) {
  Parties parties = parties_of(leg, settings);
  CallLegCompleted told;
  told.call_id = CallId(leg.call_key);
  told.leg_id = LegId(fmt::format("{:06}", place));
  told.direction = parties.direction;
  if (!parties.client_number.empty()) told.client_phone_raw = parties.client_number;
  told.client_phone = normalise_phone(parties.client_number);
  told.manager_extension = std::move(parties.extension);
  told.duration_s =
      std::chrono::duration_cast<std::chrono::seconds>(leg.ended_at - leg.started_at).count();
  told.talk_s = leg.talk_s;
  told.outcome = leg.outcome;
  if (!leg.outcome_raw.empty()) told.outcome_raw = leg.outcome_raw;
  told.answered_at = leg.answered_at;
  if (leg.time_suspect) told.time_suspect = true;
  return told;
}

}  // namespace

bool Call::add(Leg leg) {
  const bool known = std::any_of(legs_.begin(), legs_.end(), [&](const Leg& seen) {
    return content_of(seen) == content_of(leg);
  });
  if (!known) legs_.push_back(std::move(leg));
  return !known;
}

Timestamp Call::ended_at() const {
  return std::max_element(
             legs_.begin(), legs_.end(),
             [](const Leg& left, const Leg& right) { return left.ended_at < right.ended_at; })
      ->ended_at;
}

bool Call::lacks_beginning() const {
  const auto began = began_by_id(key());
  if (!began) return false;
  const auto first = std::min_element(
      legs_.begin(), legs_.end(),
      [](const Leg& left, const Leg& right) { return left.started_at < right.started_at; });
  const auto missing = first->started_at - *began;
  return missing > kIdSlack && missing < kLongestCall;
}

std::variant<Submission, std::string> join(const Call& call, const Settings& settings) {
  std::vector<Leg> legs = call.legs();
  std::sort(legs.begin(), legs.end(),
            [](const Leg& left, const Leg& right) { return content_of(left) < content_of(right); });
  std::vector<TimedLeg> told;
  told.reserve(legs.size());
  for (const Leg& leg : legs) {
    told.push_back({leg.started_at, told_leg(leg, told.size(), settings)});
  }
  const bool unknown_sides = std::any_of(
      told.begin(), told.end(), [](const TimedLeg& timed) { return !timed.leg.direction; });
  auto joined = join_legs(std::move(told));
  if (joined) {
    return Submission{
        "call:" + call.key(), settings.source, joined->started_at, {}, std::move(joined->call)};
  }
  if (!unknown_sides) return std::string(kInternalCall);
  return "neither number is an extension or one of own_numbers in the settings";
}

}  // namespace ledger::asterisk
