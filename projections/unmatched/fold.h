#pragma once

#include "events/catalogue.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"
#include "projections/unmatched/rows.h"

namespace ledger::unmatched {

struct Fold {
  static constexpr std::string_view kName = unmatched::kName;
  static constexpr int kVersion = unmatched::kVersion;

  static void apply(const CallCompleted& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PaymentReceived& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const InteractionMatched& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::unmatched
