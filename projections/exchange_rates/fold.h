#pragma once

#include "projections/event_meta.h"
#include "projections/exchange_rates/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::exchange_rates {

struct Fold {
  static constexpr std::string_view kName = exchange_rates::kName;
  static constexpr int kVersion = exchange_rates::kVersion;

  static void apply(const FxRatePublished& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PriceIndexPublished& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const KeyRatePublished& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::exchange_rates
