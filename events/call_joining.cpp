#include "events/call_joining.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace ledger {

namespace {

using Legs = std::vector<const TimedLeg*>;

bool answered(const TimedLeg& timed) { return timed.leg.outcome == CallOutcome::kAnswered; }

Timestamp answered_at(const TimedLeg& timed) {
  return timed.leg.answered_at.value_or(timed.started_at);
}

Timestamp ended_at(const TimedLeg& timed) {
  return timed.started_at + std::chrono::seconds(timed.leg.duration_s);
}

// Whether `left` rather than `right` is the leg that was the talk.
bool is_rather_the_talk(const TimedLeg& left, const TimedLeg& right) {
  if (answered(left) != answered(right)) return answered(left);
  // A voice menu may talk longer than the manager it led to.
  const bool left_reached = left.leg.manager_extension.has_value();
  if (left_reached != right.leg.manager_extension.has_value()) return left_reached;
  if (!answered(left)) return left.started_at < right.started_at;
  if (left.leg.talk_s != right.leg.talk_s) return left.leg.talk_s > right.leg.talk_s;
  return answered_at(left) < answered_at(right);
}

// A client's own leg, or what it was led through: a menu, a queue, an announcement. That these
// answered is the exchange's doing; the legs to telephones tell whether a person did.
bool ends_at_the_exchange(const TimedLeg& timed) {
  return timed.leg.direction == CallDirection::kInbound && !timed.leg.manager_extension;
}

bool has_number(const TimedLeg& timed) {
  return timed.leg.client_phone_raw.has_value() || timed.leg.client_phone.has_value();
}

// Rang somebody outside, for a manager whose own leg is another.
bool is_to_the_client(const TimedLeg& timed) {
  return has_number(timed) && !timed.leg.manager_extension &&
         timed.leg.direction != CallDirection::kInbound;
}

bool any_answered(const Legs& legs) {
  return std::any_of(legs.begin(), legs.end(),
                     [](const TimedLeg* timed) { return answered(*timed); });
}

// Those of the legs that tell whether there was a talk.
Legs legs_to_people(const Legs& outside, CallDirection direction) {
  // One leg alone is all that such an exchange says of a call.
  if (outside.size() == 1) return outside;
  const auto those = [&](auto&& wanted) {
    Legs legs;
    for (const TimedLeg* timed : outside) {
      if (wanted(*timed)) legs.push_back(timed);
    }
    return legs;
  };
  if (direction == CallDirection::kInbound) {
    return those([](const TimedLeg& timed) { return !ends_at_the_exchange(timed); });
  }
  // A manager who called by a click answers his own telephone before the client's rings, and the
  // exchange may answer the manager who dials.
  if (Legs legs = those(is_to_the_client); !legs.empty() && !any_answered(legs)) return legs;
  if (Legs legs = those(has_number); !legs.empty()) return legs;
  return outside;
}

// Of several legs that were not answered, the one that says most about the call.
const CallLegCompleted& telling_outcome(const Legs& legs) {
  static constexpr std::array kMostTelling{CallOutcome::kAnswered, CallOutcome::kMissed,
                                           CallOutcome::kBusy, CallOutcome::kCancelled,
                                           CallOutcome::kFailed};
  for (const CallOutcome outcome : kMostTelling) {
    for (const TimedLeg* timed : legs) {
      if (timed->leg.outcome == outcome) return timed->leg;
    }
  }
  return legs.front()->leg;
}

void set_outcome(CallCompleted& call, const Legs& outside, const Legs& people) {
  const bool in_vain = any_answered(outside) && !any_answered(people);
  call.outcome = CallOutcome::kMissed;
  if (in_vain && people.empty()) return;
  const CallLegCompleted& telling = telling_outcome(any_answered(outside) ? people : outside);
  call.outcome_raw = telling.outcome_raw;
  // Whom the exchange answered the house has missed, whatever its telephones did.
  const bool missed = in_vain && call.direction == CallDirection::kInbound;
  if (!missed || telling.outcome == CallOutcome::kUnknown) call.outcome = telling.outcome;
}

const TimedLeg* most_of_the_talk(const Legs& legs) {
  const auto talk =
      std::min_element(legs.begin(), legs.end(), [](const TimedLeg* left, const TimedLeg* right) {
        return is_rather_the_talk(*left, *right);
      });
  return talk == legs.end() ? nullptr : *talk;
}

// Of what the manager's leg calls talk, the part after the client answered: until then the exchange
// had answered him, or he waited.
std::int64_t talk_of(const TimedLeg& talk, const Legs& outside) {
  std::optional<Timestamp> client_answered;
  for (const TimedLeg* timed : outside) {
    if (!answered(*timed) || !is_to_the_client(*timed)) continue;
    client_answered = std::min(client_answered.value_or(answered_at(*timed)), answered_at(*timed));
  }
  if (!client_answered) return talk.leg.talk_s;
  const auto together =
      std::chrono::duration_cast<std::chrono::seconds>(ended_at(talk) - *client_answered);
  return std::clamp<std::int64_t>(together.count(), 0, talk.leg.talk_s);
}

void set_talk(CallCompleted& call, const Legs& outside, const Legs& people) {
  const TimedLeg* talk = most_of_the_talk(people);
  if (talk == nullptr) return;
  if (answered(*talk)) {
    const bool outbound = call.direction == CallDirection::kOutbound;
    const std::int64_t talk_s = outbound ? talk_of(*talk, outside) : talk->leg.talk_s;
    call.talk_s = std::min(talk_s, call.duration_s);
  }
  call.manager_extension = talk->leg.manager_extension;
  // The leg to the client does not name the manager; his own does.
  if (call.manager_extension || call.direction != CallDirection::kOutbound) return;
  call.manager_extension = most_of_the_talk(outside)->leg.manager_extension;
}

// Of the legs in order of their starts.
void set_client_number(CallCompleted& call, const CallLegCompleted& first, const Legs& legs) {
  const CallLegCompleted* named = &first;
  if (!first.client_phone_raw && !first.client_phone &&
      first.direction == CallDirection::kOutbound) {
    const auto dialled = std::find_if(legs.begin(), legs.end(),
                                      [](const TimedLeg* timed) { return has_number(*timed); });
    if (dialled != legs.end()) named = &(*dialled)->leg;
  }
  call.client_phone_raw = named->client_phone_raw;
  call.client_phone = named->client_phone;
}

}  // namespace

std::optional<JoinedCall> join_legs(std::vector<TimedLeg> legs) {
  std::sort(legs.begin(), legs.end(), [](const TimedLeg& left, const TimedLeg& right) {
    return std::tie(left.started_at, left.leg.leg_id) <
           std::tie(right.started_at, right.leg.leg_id);
  });
  Legs outside;
  for (const TimedLeg& timed : legs) {
    if (timed.leg.direction != CallDirection::kInternal) outside.push_back(&timed);
  }
  const auto first = std::find_if(outside.begin(), outside.end(), [](const TimedLeg* timed) {
    return timed->leg.direction.has_value();
  });
  if (first == outside.end()) return std::nullopt;
  const CallDirection direction = *(*first)->leg.direction;
  const Legs people = legs_to_people(outside, direction);
  const Timestamp end = ended_at(
      *std::max_element(legs.begin(), legs.end(), [](const TimedLeg& left, const TimedLeg& right) {
        return ended_at(left) < ended_at(right);
      }));

  JoinedCall joined{legs.front().started_at, {}};
  CallCompleted& call = joined.call;
  call.call_id = (*first)->leg.call_id;
  call.direction = direction;
  if (legs.front().leg.time_suspect.value_or(false)) call.time_suspect = true;
  set_client_number(call, (*first)->leg, outside);
  call.duration_s =
      std::chrono::duration_cast<std::chrono::seconds>(end - joined.started_at).count();
  set_talk(call, outside, people);
  set_outcome(call, outside, people);
  return joined;
}

}  // namespace ledger
