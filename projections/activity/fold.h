#pragma once

#include <type_traits>

#include "events/event_data.h"
#include "events/types/call.h"
#include "events/types/offer.h"
#include "events/types/talk.h"
#include "projections/activity/rows.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"

namespace ledger::activity {

// Calls and offers are thousands a month, and counted by quota_compliance.
template <class E>
inline constexpr bool counted_elsewhere =
    std::is_same_v<E, CallCompleted> || std::is_same_v<E, CallResultRecorded> ||
    std::is_same_v<E, OfferEmailed> || std::is_same_v<E, OfferPhoned>;

// Every other type that has a manager, also those that are yet to be invented.
struct Fold {
  static constexpr std::string_view kName = activity::kName;
  static constexpr int kVersion = activity::kVersion;

  template <EventStruct E>
  static void apply(const E&, const EventMeta& meta, ViewBatch& batch)
    requires(!counted_elsewhere<E>)
  {
    note(E::kName, meta, batch);
  }

 private:
  static void note(std::string_view type, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::activity
