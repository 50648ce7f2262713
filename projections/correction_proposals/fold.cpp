#include "projections/correction_proposals/fold.h"

#include <algorithm>

#include "events/types/amendment.h"
#include "events/types/proposal.h"
#include "projections/seen/rows.h"

namespace ledger::correction_proposals {

namespace {

void add_step(StepsRow& row, const StepsRow::Step& step) {
  const auto at = std::lower_bound(
      row.steps.begin(), row.steps.end(), step,
      [](const auto& left, const auto& right) { return left.position < right.position; });
  if (at != row.steps.end() && at->position == step.position) return;
  row.steps.insert(at, step);
}

template <class Amendment>
void amended(const Amendment& amendment, const Position& position, Timestamp recorded,
             ViewBatch& batch) {
  const auto note = [&](const std::string& source, const std::string& id, bool followed) {
    add_step(batch.edit<StepsRow>(seen::key_of(source, id)),
             {position, {recorded, std::nullopt}, followed});
  };
  if (amendment.was && amendment.was->type == CorrectionProposed::kName) {
    note(amendment.target_source, amendment.target_id, false);
  }
  if (amendment.proposal_source && amendment.proposal_id) {
    note(*amendment.proposal_source, *amendment.proposal_id, true);
  }
}

}  // namespace

void Fold::arrived(const Event& event, const Position& position, ViewBatch& batch) {
  const Timestamp recorded = event.stamps.recorded_time;
  if (event.data.holds<CorrectionProposed>()) {
    batch.edit<ProposalRow>(seen::key_of(event.source, event.id)) = {
        event.source, event.id, position, {recorded, std::nullopt}, event.stamps.local_day};
  } else if (const auto* voided = event.data.get_if<EventVoided>()) {
    amended(*voided, position, recorded, batch);
  } else if (const auto* corrected = event.data.get_if<EventCorrected>()) {
    amended(*corrected, position, recorded, batch);
  }
}

}  // namespace ledger::correction_proposals
