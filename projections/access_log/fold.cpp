#include "projections/access_log/fold.h"

#include <algorithm>

namespace ledger::access_log {

std::string day_prefix(Date day) {
  std::string prefix = format_date(day);
  prefix += '\0';
  return prefix;
}

// Of nobody else's word, and for good: no amendment makes unseen what was seen.
void Fold::apply(const AccessLogged& event, const EventMeta& meta, ViewBatch& batch) {
  if (meta.source != kSource || meta.effect == Effect::kRetract) return;
  std::string key = day_prefix(meta.local_day);
  if (meta.client) key += meta.client->text();
  auto& looks = batch.edit<DayRow>(key).looks;
  const bool amended = std::any_of(
      looks.begin(), looks.end(), [&](const auto& look) { return look.position == meta.position; });
  if (!amended) contribute(looks, meta, {meta.position, {}, meta.time, meta.local_day, event});
}

}  // namespace ledger::access_log
