#pragma once

#include "consumers/reactors/reactor.h"

namespace ledger {

// Rule arrival.v1 (job description 3.3: tell the buyer when the goods are there): when goods
// arrive, whoever answers for a client that asked for them in vain is to call him back today.
// Emitted as follow_up.set, once for a shortage; one that was promised a day is on the plan by its
// promise.
class ArrivalReactor final : public Reactor {
 public:
  explicit ArrivalReactor(BusinessZone zone) : zone_(zone) {}
  [[nodiscard]] std::string_view name() const override { return "ledger/arrival"; }
  [[nodiscard]] bool concerns(const LineSummary& line) const override;
  [[nodiscard]] Result<std::vector<Submission>> react(const Event& event,
                                                      const Sight& sight) const override;

 private:
  BusinessZone zone_;
};

}  // namespace ledger
