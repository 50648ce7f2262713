#pragma once

#include "events/types/amendment.h"
#include "events/types/call.h"
#include "events/types/follow_up.h"
#include "events/types/interaction_ruling.h"
#include "events/types/match_rejection.h"
#include "events/types/offer.h"
#include "events/types/offer_response.h"
#include "events/types/payment.h"
#include "events/types/payment_ruling.h"
#include "events/types/talk.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"
#include "projections/unmatched/rows.h"

namespace ledger::unmatched {

// The types of directory::may_wait(), the match or the rulings that end the waiting, and the match
// refused.
struct Fold {
  static constexpr std::string_view kName = unmatched::kName;
  static constexpr int kVersion = unmatched::kVersion;

  static void apply(const CallCompleted& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PaymentReceived& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferDeliveryChanged& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferAnswered& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const LetterExchanged& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const InquiryReceived& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const InteractionMatched& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const InteractionMatchRejected& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PaymentRuledOut& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const InteractionRuledOut& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::unmatched
