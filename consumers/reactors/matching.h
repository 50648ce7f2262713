#pragma once

#include "consumers/reactors/reactor.h"
#include "producers/append/match.h"

namespace ledger {

// Rule matching.v2 (domain-semantics.md 3, 10): an interaction that waits for its client finds him
// as soon as a card or one of its people gains its number, address, account or tax code, or another
// card loses it or becomes one with the first, or a person takes back that he refused the client;
// by the same order of keys as at the door. A payment of nobody's keys is also his whose invoice
// and whose code or name it names (named_payer.h). Emitted as interaction.matched; the interaction
// then counts on the day it happened. A key that several cards own matches nobody, and a match that
// a person took back is not made again.
//
// A call or a letter of nobody's extension or address finds its manager likewise, by the same event
// and as soon as manager.hired, its correction or its void leaves the key to one who was employed
// on its day (domain-semantics.md 4a: "unknown extension … counts on its original day once
// resolved").
class MatchingReactor final : public Reactor {
 public:
  [[nodiscard]] std::string_view name() const override { return kMatchingRule; }
  [[nodiscard]] bool concerns(const LineSummary& line) const override;
  [[nodiscard]] Result<std::vector<Submission>> react(const Event& event,
                                                      const Sight& sight) const override;
  // What was told of the staff, or decided by people, before the rule knew of managers.
  [[nodiscard]] Result<std::vector<Submission>> turn_of_day(const Sight& sight) const override;
};

}  // namespace ledger
