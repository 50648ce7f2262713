#include "projections/amendments/fold.h"

#include <algorithm>

#include "events/json_codec.h"
#include "events/types/amendment.h"
#include "projections/seen/rows.h"

namespace ledger::amendments {

namespace {

void note(std::string_view source, std::string_view id, const Amendment& amendment,
          ViewBatch& batch) {
  auto& by = batch.edit<AmendedRow>(seen::key_of(source, id)).by;
  const auto at = std::lower_bound(
      by.begin(), by.end(), amendment.position,
      [](const Amendment& one, const Position& position) { return one.position < position; });
  if (at != by.end() && at->position == amendment.position) return;
  by.insert(at, amendment);
}

}  // namespace

void Fold::arrived(const Event& event, const Position& position, ViewBatch& batch) {
  const Amendment amendment{position, event.stamps.recorded_time};
  if (const auto* corrected = event.data.get_if<EventCorrected>()) {
    note(corrected->target_source, corrected->target_id, amendment, batch);
    return;
  }
  const auto* voided = event.data.get_if<EventVoided>();
  if (voided == nullptr) return;
  note(voided->target_source, voided->target_id, amendment, batch);
  if (!voided->was || voided->was->type != InteractionMatched::kName) return;
  const auto was =
      JsonCodec().decode_data(voided->was->type, voided->was->data.text, /*from_log=*/true);
  const auto* matched = was ? was->get_if<InteractionMatched>() : nullptr;
  if (matched != nullptr) note(matched->target_source, matched->target_id, amendment, batch);
}

}  // namespace ledger::amendments
