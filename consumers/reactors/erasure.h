#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "consumers/reactors/reactor.h"
#include "events/privacy/key_ring.h"

namespace ledger {

// Rule erasure.v1 (domain-semantics.md 4c; schemas/decisions/0038): data_subject.erased destroys
// the keys that it names, and whoever reads the log from then on reads what is left. Once the rule
// has caught up all views are made anew from that, once for however many people: a fold that had to
// forget by itself could forget to. Records nothing.
class ErasureReactor final : public Reactor {
 public:
  // Both must outlive it.
  ErasureReactor(privacy::KeyRing& ring, ViewStore& views, std::vector<std::string> families)
      : ring_(ring), views_(views), families_(std::move(families)) {}
  [[nodiscard]] std::string_view name() const override { return "ledger/erasure"; }
  [[nodiscard]] bool concerns(const LineSummary& line) const override;
  [[nodiscard]] Result<std::vector<Submission>> react(const Event& event,
                                                      const Sight& sight) const override;
  [[nodiscard]] Status settle_done() override;

 private:
  struct Asked {
    std::uint64_t destroyed = 0;  // times, when the views were asked for
    std::uint64_t set_aside = 0;  // times of the last family before
  };

  privacy::KeyRing& ring_;
  ViewStore& views_;
  std::vector<std::string> families_;
  std::optional<Asked> asked_;  // views that are being made anew
};

}  // namespace ledger
