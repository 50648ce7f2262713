#pragma once

#include "consumers/reactors/reactor.h"

namespace ledger {

// Rule notice.v1 (job description 3.1): a new card of a buyer or of goods is told to the services
// that work by it. Emitted as service.notified, an obligation of the service until
// service.acknowledged; once for a card, whatever is recorded of it later.
class NoticeReactor final : public Reactor {
 public:
  [[nodiscard]] std::string_view name() const override { return "ledger/notice"; }
  [[nodiscard]] bool concerns(const LineSummary& line) const override;
  [[nodiscard]] Result<std::vector<Submission>> react(const Event& event,
                                                      const Sight& sight) const override;
};

}  // namespace ledger
