#include "projections/quota_compliance/fold.h"

#include <algorithm>
#include <tuple>

namespace ledger::quota_compliance {

namespace {

std::string client_of(const EventMeta& meta) { return meta.client ? meta.client->text() : ""; }

DayRow& day_of(const EventMeta& meta, ViewBatch& batch) {
  return batch.edit<DayRow>(day_key(meta.local_day, meta.manager->text()));
}

const ContractsRow::Signed* first_of(const ContractsRow& row) {
  const auto first = std::min_element(
      row.contracts.begin(), row.contracts.end(), [](const auto& left, const auto& right) {
        return std::tie(left.signed_on, left.position) < std::tie(right.signed_on, right.position);
      });
  return first == row.contracts.end() ? nullptr : &*first;
}

void mark_first(const ContractsRow& row, std::string_view client_id, bool present,
                ViewBatch& batch) {
  const auto* first = first_of(row);
  if (first == nullptr) return;
  const std::string key =
      month_prefix(first->signed_on, first->manager_id) + std::string(client_id);
  batch.edit<NewClientRow>(key).contract_id = present ? first->contract_id : "";
}

}  // namespace

std::string day_key(Date day, std::string_view manager_id) {
  std::string key = format_date(day);
  key += '|';
  key += manager_id;
  return key;
}

std::string month_prefix(Date day, std::string_view manager_id) {
  std::string key = format_date(day).substr(0, 7);
  key += '|';
  key += manager_id;
  key += '|';
  return key;
}

void Fold::apply(const CallCompleted& event, const EventMeta& meta, ViewBatch& batch) {
  if (!meta.manager) return;
  contribute(
      day_of(meta, batch).calls, meta,
      {meta.position, client_of(meta), meta.time, event.direction, event.outcome, event.talk_s});
}

void Fold::apply(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch) {
  if (!meta.manager) return;
  contribute(day_of(meta, batch).mailed, meta, {meta.position, client_of(meta), event.message_id});
}

void Fold::apply(const OfferPhoned& event, const EventMeta& meta, ViewBatch& batch) {
  if (!meta.manager) return;
  contribute(day_of(meta, batch).phoned, meta,
             {meta.position, client_of(meta), event.call_id.has_value()});
}

void Fold::apply(const ContractSigned& event, const EventMeta& meta, ViewBatch& batch) {
  if (event.kind.value_or(ContractKind::kContract) != ContractKind::kContract) return;
  auto& row = batch.edit<ContractsRow>(event.client_id.text());
  mark_first(row, event.client_id.text(), false, batch);
  contribute(row.contracts, meta,
             {meta.position, event.contract_id.text(), event.manager_id.text(), event.signed_on});
  mark_first(row, event.client_id.text(), true, batch);
}

}  // namespace ledger::quota_compliance
