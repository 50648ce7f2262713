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
  const TimedLeg& talk = **std::min_element(outside.begin(), outside.end(),
                                            [](const TimedLeg* left, const TimedLeg* right) {
                                              return is_rather_the_talk(*left, *right);
                                            });
  const Timestamp end = ended_at(
      *std::max_element(legs.begin(), legs.end(), [](const TimedLeg& left, const TimedLeg& right) {
        return ended_at(left) < ended_at(right);
      }));
  const CallLegCompleted& telling = telling_outcome(outside);

  JoinedCall joined{legs.front().started_at, {}};
  CallCompleted& call = joined.call;
  call.call_id = (*first)->leg.call_id;
  call.direction = *(*first)->leg.direction;
  set_client_number(call, (*first)->leg, outside);
  call.manager_extension = talk.leg.manager_extension;
  call.duration_s =
      std::chrono::duration_cast<std::chrono::seconds>(end - joined.started_at).count();
  if (answered(talk)) call.talk_s = std::min(talk.leg.talk_s, call.duration_s);
  call.outcome = telling.outcome;
  call.outcome_raw = telling.outcome_raw;
  return joined;
}

}  // namespace ledger
