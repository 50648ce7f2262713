#pragma once

#include "events/types/offer.h"
#include "projections/event_meta.h"
#include "projections/offer_checks/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::offer_checks {

// What waits for its client is no offer to anybody yet.
struct Fold {
  static constexpr std::string_view kName = offer_checks::kName;
  static constexpr int kVersion = offer_checks::kVersion;

  static void apply(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferPhoned& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferDescribed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ProductRegistered& event, const EventMeta& meta, ViewBatch& batch);
};

// By what a description names its offer: a Message-ID with or without its brackets, or a call.
[[nodiscard]] std::string name_of_offer(std::string_view reference);

}  // namespace ledger::offer_checks
