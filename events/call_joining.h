#pragma once

#include <optional>
#include <vector>

#include "events/types/call_leg.h"
#include "platform/clock.h"

namespace ledger {

struct TimedLeg {
  Timestamp started_at;
  CallLegCompleted leg;
};

// What the legs of one call are together: the time and the data of its call.completed.
struct JoinedCall {
  Timestamp started_at;
  CallCompleted call;

  static void fields(auto&& field) {
    field("started_at", &JoinedCall::started_at);
    field("call", &JoinedCall::call);
  }
  bool operator==(const JoinedCall&) const = default;
};

// The rule (domain-semantics.md 4a, call.v1: one call per linked id). It does not depend on the
// order of `legs`:
//   time        the earliest start, suspect if that leg's is; duration_s goes to the latest end;
//   direction   of the first leg that knows it, and that leg's number with it. A number that a leg
//               of unknown direction dialled is the client's of an outbound call that names none;
//   talk        the longest answered leg that reached an extension gives talk_s and
//               manager_extension; equal ones: the first answered;
//   outcome     answered if any leg was, else the most telling word: missed, busy, cancelled,
//               failed.
// Of an inbound call that has several legs, talk and outcome are told by those that reached an
// extension or were dialled on to a telephone outside. That its other legs were answered means that
// a menu or a queue picked up: if nobody else did, the call was missed (unknown, if all that is
// known of the telephones is a word that no table holds).
// Of an outbound call they are told by the legs that name an outside number, where there are any,
// and of those that name no extension by these alone if none was answered: that the manager's own
// telephone was answered is no talk with the client, which begins when the client's is. Which
// manager it was, his own leg tells.
// Legs between extensions alone say nothing of all that but for the times. nullopt: no leg knows
// the house's side towards somebody outside, so that this is no call of the ledger (yet).
[[nodiscard]] std::optional<JoinedCall> join_legs(std::vector<TimedLeg> legs);

}  // namespace ledger
