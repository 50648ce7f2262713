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

// Those of the legs that tell whether there was a talk.
Legs legs_to_people(const Legs& outside, CallDirection direction) {
  // One leg alone is all that such an exchange says of a call.
  if (direction != CallDirection::kInbound || outside.size() == 1) return outside;
  Legs people;
  for (const TimedLeg* timed : outside) {
    if (!ends_at_the_exchange(*timed)) people.push_back(timed);
  }
  return people;
}

bool any_answered(const Legs& legs) {
  return std::any_of(legs.begin(), legs.end(),
                     [](const TimedLeg* timed) { return answered(*timed); });
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
  if (!in_vain || telling.outcome == CallOutcome::kUnknown) call.outcome = telling.outcome;
}

// Of the legs in order of their starts.
void set_client_number(CallCompleted& call, const CallLegCompleted& first, const Legs& legs) {
  const CallLegCompleted* named = &first;
  if (!first.client_phone_raw && !first.client_phone &&
      first.direction == CallDirection::kOutbound) {
    const auto dialled = std::find_if(legs.begin(), legs.end(), [](const TimedLeg* timed) {
      return timed->leg.client_phone_raw || timed->leg.client_phone;
    });
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
  const auto talk = std::min_element(people.begin(), people.end(),
                                     [](const TimedLeg* left, const TimedLeg* right) {
                                       return is_rather_the_talk(*left, *right);
                                     });
  const Timestamp end = ended_at(
      *std::max_element(legs.begin(), legs.end(), [](const TimedLeg& left, const TimedLeg& right) {
        return ended_at(left) < ended_at(right);
      }));

  JoinedCall joined{legs.front().started_at, {}};
  CallCompleted& call = joined.call;
  call.call_id = (*first)->leg.call_id;
  call.direction = direction;
  set_client_number(call, (*first)->leg, outside);
  call.duration_s =
      std::chrono::duration_cast<std::chrono::seconds>(end - joined.started_at).count();
  if (talk != people.end()) {
    call.manager_extension = (*talk)->leg.manager_extension;
    if (answered(**talk)) call.talk_s = std::min((*talk)->leg.talk_s, call.duration_s);
  }
  set_outcome(call, outside, people);
  return joined;
}

}  // namespace ledger
