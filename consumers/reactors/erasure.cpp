#include "consumers/reactors/erasure.h"

#include "events/types/erasure.h"
#include "platform/logging.h"

namespace ledger {

bool ErasureReactor::concerns(const LineSummary& line) const {
  return line.type == DataSubjectErased::kName;
}

Result<std::vector<Submission>> ErasureReactor::react(const Event& event, const Sight&) const {
  const auto* erased = event.data.get_if<DataSubjectErased>();
  if (erased != nullptr) {
    LEDGER_CHECK(ring_.destroy(erased->subjects, event.source + " " + event.id));
    log::info("keys of a person were destroyed", {{"event", event.source + " " + event.id}});
  }
  return std::vector<Submission>{};
}

Status ErasureReactor::settle_done() {
  if (families_.empty()) return {};
  LEDGER_TRY(const auto times, ring_.times());
  if (times.destroyed == times.renewed) return {};
  auto& renewals = views_.renewals();
  if (!asked_) {
    log::info("a person was erased; all views are made anew from the log");
    asked_ = Asked{times.destroyed, renewals.times(families_.back())};
    for (const auto& family : families_) renewals.ask(family, RenewalCause::kErased);
  }
  const bool begun = renewals.times(families_.back()) > asked_->set_aside;
  if (!begun || renewals.any_aside() || !renewals.reported().empty()) return {};
  LEDGER_CHECK(views_.purge());
  LEDGER_CHECK(ring_.set_renewed(asked_->destroyed));
  asked_.reset();
  return {};
}

}  // namespace ledger
