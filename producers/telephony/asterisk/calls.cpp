#include "producers/telephony/asterisk/calls.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include "events/types/call.h"
#include "producers/telephony/asterisk/parties.h"

namespace ledger::asterisk {

namespace {

struct SeenLeg {
  Leg leg;
  Parties parties;
};
constexpr std::int64_t kEpochMax = 4'102'444'800;  // 2100
constexpr auto kSlack = std::chrono::seconds(5);
// Beyond it the id is no second of this call's.
constexpr auto kLongestCall = std::chrono::hours(48);

using SeenLegs = std::vector<SeenLeg>;

// All that a record says. A total order, so that no choice below rests on who came first.
auto content_of(const Leg& leg) {
  return std::tie(leg.started_at, leg.ended_at, leg.answered_at, leg.channel, leg.dst_channel,
                  leg.src, leg.dst, leg.talk_s, leg.outcome, leg.outcome_raw);
}

bool with_outside(const SeenLeg& seen) {
  return seen.parties.direction && *seen.parties.direction != CallDirection::kInternal;
}

bool answered(const SeenLeg& seen) { return seen.leg.outcome == CallOutcome::kAnswered; }

// Whether `left` rather than `right` is the leg that was the talk.
bool is_rather_the_talk(const SeenLeg& left, const SeenLeg& right) {
  if (answered(left) != answered(right)) return answered(left);
  // A voice menu may talk longer than the manager it led to.
  if (left.parties.extension.has_value() != right.parties.extension.has_value()) {
    return left.parties.extension.has_value();
  }
  if (!answered(left)) return left.leg.started_at < right.leg.started_at;
  if (left.leg.talk_s != right.leg.talk_s) return left.leg.talk_s > right.leg.talk_s;
  return left.leg.answered_at < right.leg.answered_at;
}

// Of several legs that were not answered, the one that says most about the call.
const SeenLeg& telling_outcome(const std::vector<const SeenLeg*>& legs) {
  static constexpr std::array kMostTelling{CallOutcome::kAnswered, CallOutcome::kMissed,
                                           CallOutcome::kBusy, CallOutcome::kCancelled,
                                           CallOutcome::kFailed};
  for (const CallOutcome outcome : kMostTelling) {
    for (const SeenLeg* seen : legs) {
      if (seen->leg.outcome == outcome) return *seen;
    }
  }
  return *legs.front();
}

// Those of the legs that tell whether there was a talk: that a menu or a queue answered is the
// exchange's doing, where the call went on to an extension.
std::vector<const SeenLeg*> legs_to_people(const std::vector<const SeenLeg*>& outside,
                                           CallDirection direction) {
  if (direction != CallDirection::kInbound) return outside;
  std::vector<const SeenLeg*> people;
  for (const SeenLeg* seen : outside) {
    if (seen->parties.extension) people.push_back(seen);
  }
  return people.empty() ? outside : people;
}

Submission to_event(const SeenLegs& call, const std::vector<const SeenLeg*>& outside,
                    const Settings& settings) {
  const auto by_start = [](const auto& left, const auto& right) {
    return left.leg.started_at < right.leg.started_at;
  };
  const Timestamp started_at = std::min_element(call.begin(), call.end(), by_start)->leg.started_at;
  const Timestamp ended_at =
      std::max_element(call.begin(), call.end(), [](auto& left, auto& right) {
        return left.leg.ended_at < right.leg.ended_at;
      })->leg.ended_at;
  const SeenLeg& first = **std::min_element(
      outside.begin(), outside.end(),
      [&](const SeenLeg* left, const SeenLeg* right) { return by_start(*left, *right); });
  const auto people = legs_to_people(outside, *first.parties.direction);
  const SeenLeg& talk = **std::min_element(
      people.begin(), people.end(),
      [](const SeenLeg* left, const SeenLeg* right) { return is_rather_the_talk(*left, *right); });
  const SeenLeg& outcome = telling_outcome(people);

  CallCompleted event;
  event.call_id = CallId(first.leg.call_key);
  event.direction = *first.parties.direction;
  if (!first.parties.client_number.empty()) event.client_phone_raw = first.parties.client_number;
  event.client_phone = normalise_phone(first.parties.client_number);
  event.manager_extension = talk.parties.extension;
  event.duration_s =
      std::chrono::duration_cast<std::chrono::seconds>(ended_at - started_at).count();
  if (answered(talk)) event.talk_s = talk.leg.talk_s;
  event.outcome = outcome.leg.outcome;
  if (!outcome.leg.outcome_raw.empty()) event.outcome_raw = outcome.leg.outcome_raw;
  return {"call:" + first.leg.call_key, settings.source, started_at, {}, std::move(event)};
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
  // "1764000000.1", or with the exchange's systemname before it.
  std::string_view digits = key();
  digits = digits.substr(0, digits.rfind('.'));
  const std::size_t before = digits.find_last_not_of("0123456789");
  if (before != std::string_view::npos) digits.remove_prefix(before + 1);
  std::int64_t epoch = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), epoch);
  if (error != std::errc() || epoch > kEpochMax) return false;
  const Timestamp began{std::chrono::seconds(epoch)};
  const auto first = std::min_element(
      legs_.begin(), legs_.end(),
      [](const Leg& left, const Leg& right) { return left.started_at < right.started_at; });
  const auto missing = first->started_at - began;
  return missing > kSlack && missing < kLongestCall;
}

std::variant<Submission, std::string> join(const Call& call, const Settings& settings) {
  SeenLegs legs;
  for (const Leg& leg : call.legs()) legs.push_back({leg, parties_of(leg, settings)});
  std::sort(legs.begin(), legs.end(), [](const SeenLeg& left, const SeenLeg& right) {
    return content_of(left.leg) < content_of(right.leg);
  });
  std::vector<const SeenLeg*> outside;
  bool unknown_sides = false;
  for (const SeenLeg& seen : legs) {
    if (with_outside(seen)) outside.push_back(&seen);
    unknown_sides = unknown_sides || !seen.parties.direction;
  }
  if (!outside.empty()) return to_event(legs, outside, settings);
  return unknown_sides ? "neither number is an extension or one of own_numbers in the settings"
                       : "internal call";
}

}  // namespace ledger::asterisk
