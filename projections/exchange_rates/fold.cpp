#include "projections/exchange_rates/fold.h"

#include <fmt/format.h>

namespace ledger::exchange_rates {

std::string rate_key(const Currency& currency, Date date) {
  const int day =
      (int(date.year()) * 100 + int(unsigned(date.month()))) * 100 + int(unsigned(date.day()));
  return fmt::format("{}|{:08}", currency.text(), 99'999'999 - day);
}

void Fold::apply(const FxRatePublished& event, const EventMeta& meta, ViewBatch& batch) {
  auto& row = batch.edit<RateRow>(rate_key(event.currency, event.date));
  contribute(row.published, meta, {meta.position, {}, event});
}

void Fold::apply(const PriceIndexPublished& event, const EventMeta& meta, ViewBatch& batch) {
  auto& row = batch.edit<PriceIndexRow>(format_date(event.month));
  contribute(row.published, meta, {meta.position, {}, event});
}

void Fold::apply(const KeyRatePublished& event, const EventMeta& meta, ViewBatch& batch) {
  auto& row = batch.edit<KeyRateRow>(format_date(event.valid_from));
  contribute(row.published, meta, {meta.position, {}, event});
}

}  // namespace ledger::exchange_rates
