#include "projections/offer_checks/fold.h"

#include <algorithm>

namespace ledger::offer_checks {

namespace {

std::string joined(std::string left, std::string_view right) {
  left += '\0';
  left += right;
  return left;
}

OfferRow& offer_of(const EventMeta& meta, const std::string& name, ViewBatch& batch) {
  auto& names = batch.edit<DayRow>(day_key(meta.local_day, meta.client->text())).names;
  const auto at = std::lower_bound(names.begin(), names.end(), name);
  if (at == names.end() || *at != name) names.insert(at, name);
  return batch.edit<OfferRow>(offer_key(meta.client->text(), name));
}

void note(std::vector<Made> OfferRow::* list, const std::string& name, const EventMeta& meta,
          ViewBatch& batch, directory::SentLetter letter = {}) {
  Made made{meta.position, {}, meta.time, meta.local_day, {}, std::move(letter)};
  if (meta.manager) made.manager_id = meta.manager->text();
  contribute(offer_of(meta, name, batch).*list, meta, std::move(made));
}

}  // namespace

std::string offer_key(std::string_view client_id, std::string_view name) {
  return joined(std::string(client_id), name);
}

std::string day_key(Date day, std::string_view client_id) {
  return joined(format_date(day), client_id);
}

std::string name_of_offer(std::string_view reference) {
  const bool in_brackets =
      reference.size() > 2 && reference.starts_with('<') && reference.ends_with('>');
  return std::string(in_brackets ? reference.substr(1, reference.size() - 2) : reference);
}

void Fold::apply(const OfferEmailed& event, const EventMeta& meta, ViewBatch& batch) {
  if (!meta.client) return;
  note(&OfferRow::mailed, name_of_offer(event.message_id), meta, batch,
       directory::sent_letter_of(event, meta));
}

// Without a call it is named by its own id.
void Fold::apply(const OfferPhoned& event, const EventMeta& meta, ViewBatch& batch) {
  if (!meta.client) return;
  note(&OfferRow::phoned, event.call_id ? event.call_id->text() : meta.id, meta, batch);
}

void Fold::apply(const OfferDescribed& event, const EventMeta& meta, ViewBatch& batch) {
  if (!meta.client) return;
  contribute(offer_of(meta, name_of_offer(event.offer_ref), batch).described, meta,
             {meta.position, {}, meta.time, meta.local_day, event});
}

void Fold::apply(const ProductRegistered& event, const EventMeta& meta, ViewBatch& batch) {
  if (!event.least_price) return;  // nothing that an offer could be checked by
  contribute(batch.edit<ProductRow>(event.product_id.text()).registered, meta,
             {meta.position, {}, meta.time, meta.local_day, event});
}

}  // namespace ledger::offer_checks
