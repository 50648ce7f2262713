#include "projections/call_legs/fold.h"

#include <utility>

#include "projections/seen/rows.h"

namespace ledger::call_legs {

namespace {

std::optional<JoinedCall> joined(const CallRow& row) {
  std::vector<TimedLeg> legs;
  legs.reserve(row.legs.size());
  for (const LegItem& item : row.legs) legs.push_back({item.started_at, item.leg});
  return join_legs(std::move(legs));
}

}  // namespace

void Fold::apply(const CallLegCompleted& event, const EventMeta& meta, ViewBatch& batch) {
  auto& row = batch.edit<CallRow>(seen::key_of(meta.source, event.call_id.text()));
  contribute(row.legs, meta, {meta.position, meta.time, event});
  const bool taken_out = meta.effect == Effect::kRetract;
  auto& readings = row.readings;
  // A correction takes the leg out and puts it in again: between the two nobody read the call.
  if (!taken_out && !readings.empty() && readings.back().taken_out &&
      readings.back().leg_event_id == meta.id && readings.back().recorded == meta.recorded_time) {
    readings.pop_back();
  }
  auto now = joined(row);
  const std::optional<JoinedCall> before = readings.empty() ? std::nullopt : readings.back().call;
  if (now == before) return;
  readings.push_back({meta.id, meta.recorded_time, taken_out, std::move(now)});
}

}  // namespace ledger::call_legs
