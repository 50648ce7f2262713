#pragma once

#include "events/types/call.h"
#include "events/types/contract.h"
#include "events/types/offer.h"
#include "projections/event_meta.h"
#include "projections/quota_compliance/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::quota_compliance {

struct Fold {
  static constexpr std::string_view kName = quota_compliance::kName;
  static constexpr int kVersion = quota_compliance::kVersion;

  static void apply(const CallCompleted& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferPhoned& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ContractSigned& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::quota_compliance
