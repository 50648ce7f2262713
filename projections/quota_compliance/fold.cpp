#include "projections/quota_compliance/fold.h"
#include "projections/quota_compliance/sign_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace ledger::quota_compliance {

namespace {

std::string client_of(const EventMeta& meta) { return meta.client ? meta.client->text() : ""; }

DayRow& day_of(const EventMeta& meta, ViewBatch& batch) {
  return batch.edit<DayRow>(day_key(meta.local_day, meta.manager->text()));
}

void give_sign(QuotaMetric metric, const EventMeta& meta, ViewBatch& batch) {
  contribute(batch.edit<SignsRow>(signs_key(metric, meta.local_day, meta.time)).signs, meta,
             {meta.position, {}});
}

std::string document_of(const OfferEmailed& event) {
  std::vector<std::string> digests;
  digests.reserve(event.attachments.size());
  for (const auto& attachment : event.attachments) digests.push_back(attachment.sha256);
  if (digests.empty()) return event.message_id;
  std::sort(digests.begin(), digests.end());
  std::string document;
  for (const auto& digest : digests) document += digest;
  return document;
}

std::string joined(std::string left, std::string_view right) {
  left += '|';
  left += right;
  return left;
}

}  // namespace

std::string day_key(Date day, std::string_view manager_id) {
  return joined(format_date(day), manager_id);
}

std::string month_key(Date day, std::string_view manager_id) {
  return joined(format_month(day), manager_id);
}

std::string delivery_key(std::string_view message_id, std::string_view recipient) {
  return joined(std::string(message_id), recipient);
}

std::string signs_prefix(QuotaMetric metric) {
  std::string prefix(name_of(metric));
  prefix += '|';
  return prefix;
}

std::string signs_key(QuotaMetric metric, Date day, Timestamp time) {
  const std::chrono::hh_mm_ss clock(time - std::chrono::floor<std::chrono::days>(time));
  return fmt::format("{}{}|{:02}", signs_prefix(metric), format_date(day), clock.hours().count());
}

void Fold::apply(const CallCompleted& event, const EventMeta& meta, ViewBatch& batch) {
  if (!event.self_reported.value_or(false)) give_sign(QuotaMetric::kCalls, meta, batch);
  if (!meta.manager) return;
  Call call;
  call.call_id = event.call_id.text();
  call.client_id = client_of(meta);
  if (event.client_phone) call.number = event.client_phone->text();
  call.started = meta.time;
  call.direction = event.direction;
  call.outcome = event.outcome;
  call.talk_s = event.talk_s;
  call.self_reported = event.self_reported.value_or(false);
  call.source = meta.source;
  contribute(day_of(meta, batch).calls, meta, std::move(call));
}

void Fold::apply(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch) {
  give_sign(QuotaMetric::kEmailOffers, meta, batch);
  if (!meta.manager) return;
  MailedOffer offer;
  offer.sent = meta.time;
  offer.client_id = client_of(meta);
  offer.document = document_of(event);
  offer.letter = directory::sent_letter_of(event, meta);
  contribute(day_of(meta, batch).mailed, meta, std::move(offer));
}

void Fold::apply(const OfferDeliveryChanged& event, const EventMeta& meta, ViewBatch& batch) {
  auto& row = batch.edit<DeliveryRow>(delivery_key(event.message_id, event.recipient.text()));
  contribute(row.changes, meta, {meta.position, {}, meta.time, event.status});
}

void Fold::apply(const OfferPhoned&, const EventMeta& meta, ViewBatch& batch) {
  if (!meta.manager) return;
  contribute(day_of(meta, batch).phoned, meta, {meta.position, {}, client_of(meta), meta.time});
}

void Fold::apply(const ContractSigned& event, const EventMeta& meta, ViewBatch& batch) {
  const ContractKind kind = event.kind.value_or(ContractKind::kContract);
  const std::string& client = event.client_id.text();
  const std::string& manager = event.manager_id.text();
  const Signed contract{meta.position,   {},  event.contract_id.text(), client, manager,
                        event.signed_on, kind};
  if (kind == ContractKind::kContract) {
    contribute(batch.edit<ClientContractsRow>(client).contracts, meta, contract);
  }
  contribute(batch.edit<MonthContractsRow>(month_key(event.signed_on, manager)).contracts, meta,
             contract);
}

}  // namespace ledger::quota_compliance
