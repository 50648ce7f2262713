#pragma once

#include "projections/event_meta.h"
#include "projections/signing_authority/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::signing_authority {

struct Fold {
  static constexpr std::string_view kName = signing_authority::kName;
  static constexpr int kVersion = signing_authority::kVersion;

  static void apply(const ContractSigned& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::signing_authority
