#include "projections/unmatched/fold.h"

#include "projections/seen/rows.h"

namespace ledger::unmatched {

namespace {

void wait(std::string_view type, std::string key, const EventMeta& meta, ViewBatch& batch) {
  if (meta.client) return;
  auto& row = batch.edit<WaitingRow>(seen::key_of(meta.source, meta.id));
  if (meta.effect == Effect::kRetract) {
    row = {};
    return;
  }
  row = {meta.position,        std::string(type), std::string(meta.source),
         std::string(meta.id), meta.time,         std::move(key)};
}

}  // namespace

void Fold::apply(const CallCompleted& event, const EventMeta& meta, ViewBatch& batch) {
  wait(CallCompleted::kName,
       event.client_phone ? event.client_phone->text() : event.client_phone_raw.value_or(""), meta,
       batch);
}

void Fold::apply(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch) {
  wait(OfferEmailed::kName, event.recipients.front().text(), meta, batch);
}

void Fold::apply(const PaymentReceived& event, const EventMeta& meta, ViewBatch& batch) {
  wait(PaymentReceived::kName,
       event.payer_iban ? event.payer_iban->text() : event.payer_name.value_or(""), meta, batch);
}

void Fold::apply(const InteractionMatched& event, const EventMeta& meta, ViewBatch& batch) {
  auto& row = batch.edit<SettledRow>(seen::key_of(event.target_source, event.target_id));
  row.client_id = meta.effect == Effect::kApply ? event.client_id.text() : "";
}

}  // namespace ledger::unmatched
