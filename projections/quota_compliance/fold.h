#pragma once

#include "events/catalogue.h"
#include "projections/event_meta.h"
#include "projections/quota_compliance/month_rows.h"
#include "projections/quota_compliance/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::quota_compliance {

// What counts as keeping the client base up to date (job description 3.1, "щодня вносити зміни";
// domain-semantics.md 1.1, row 7): whatever the manager himself says of a client. Who gives a
// client to a manager changes nothing that the manager knows: client.assigned is not among them.
template <class E>
concept ChangesClientBase =
    std::same_as<E, ClientRegistered> || std::same_as<E, ClientUpdated> ||
    std::same_as<E, ClientSegmentSet> || std::same_as<E, ClientTermsSet> ||
    std::same_as<E, ClientReviewed> || std::same_as<E, ClientCriteriaRecorded> ||
    std::same_as<E, ContactPersonSet> || std::same_as<E, ContactPersonRemoved> ||
    std::same_as<E, NeedRecorded> || std::same_as<E, FinancialsRecorded> ||
    std::same_as<E, ReliabilityAssessed> || std::same_as<E, FeedbackRecorded> ||
    std::same_as<E, ComplaintOpened> || std::same_as<E, CallResultRecorded> ||
    std::same_as<E, InteractionNoted> || std::same_as<E, ClientLost> ||
    std::same_as<E, ClientKeyAccountSet> || std::same_as<E, ClientMerged> ||
    std::same_as<E, ClientSplit> || std::same_as<E, RequirementsRecorded> ||
    std::same_as<E, FollowUpSet> || std::same_as<E, FollowUpPostponed> ||
    std::same_as<E, CompetitorObserved>;

struct Fold {
  static constexpr std::string_view kName = quota_compliance::kName;
  static constexpr int kVersion = quota_compliance::kVersion;

  static void apply(const CallCompleted& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferDeliveryChanged& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferPhoned& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ContractSigned& event, const EventMeta& meta, ViewBatch& batch);

  template <ChangesClientBase E>
  static void apply(const E&, const EventMeta& meta, ViewBatch& batch) {
    if (!meta.manager) return;
    if (std::same_as<E, CompetitorObserved> && !meta.client)
      return;  // the market's, not a client's
    contribute(batch.edit<DayRow>(day_key(meta.local_day, meta.manager->text())).changes, meta,
               Change{{}, {}, meta.client ? meta.client->text() : "", meta.time});
  }
};

}  // namespace ledger::quota_compliance
