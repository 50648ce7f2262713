#pragma once

#include "consumers/reactors/reactor.h"

namespace ledger {

// Rule calls.v1 (domain-semantics.md 4a): the legs of a call, which some exchanges push one by one,
// are one call.completed of their own source. Recorded with the first leg that tells whose side the
// house is on, as "call:" + call_id; there is no waiting for more legs, which nobody announces.
// What a later leg (or a correction of one, or its void) changes is told in readings, numbered from
// 0 by the view call_legs; reading N says:
//   event.corrected    "call:…~N", where day, start and number stay: who gets the credit, the talk;
//   event.voided       "call:…~N~void" and a new call.completed "call:…~N", where one of them
//                      moves, because a correction leaves an event on its day and with its client;
//   event.voided alone, where no leg of the call is left.
// The ids follow from the number, not from what is said: a call that was A, then B, then A again
// ends as A. What a person has voided or corrected, or what was matched to its client since, is
// left alone, also by legs that come later: he has listened to it, the door takes no correction of
// a match, and a second call beside it would count twice.
class CallsReactor final : public Reactor {
 public:
  [[nodiscard]] std::string_view name() const override { return "ledger/calls"; }
  [[nodiscard]] bool concerns(const LineSummary& line) const override;
  [[nodiscard]] Result<std::vector<Submission>> react(const Event& event,
                                                      const Sight& sight) const override;
};

}  // namespace ledger
