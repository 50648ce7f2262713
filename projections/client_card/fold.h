#pragma once

#include "events/catalogue.h"
#include "projections/client_card/rows.h"
#include "projections/event_meta.h"
#include "projections/store/view_batch.h"

namespace ledger::client_card {

struct Fold {
  static constexpr std::string_view kName = client_card::kName;
  static constexpr int kVersion = client_card::kVersion;

  static void apply(const ClientRegistered& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ClientUpdated& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ClientAssigned& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const CallCompleted& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const OfferPhoned& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const MeetingHeld& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const ContractSigned& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const InvoiceIssued& event, const EventMeta& meta, ViewBatch& batch);
  static void apply(const PaymentReceived& event, const EventMeta& meta, ViewBatch& batch);
};

}  // namespace ledger::client_card
