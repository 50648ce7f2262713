#include "projections/duty_records/fold.h"

#include <utility>

namespace ledger::duty_records {

std::string type_prefix(std::string_view type) {
  std::string prefix(type);
  prefix += '\0';
  return prefix;
}

std::string day_key(std::string_view type, Date day, std::string_view manager_id,
                    const Position& position) {
  std::string key = type_prefix(type);
  key += format_date(day);
  key += '\0';
  key += manager_id;
  key += '\0';
  if (manager_id.empty()) {
    key += to_string(Position{position.partition, position.offset / kNobodysOffsets});
  }
  return key;
}

void Fold::note(std::string_view type, std::vector<Member> members, const EventMeta& meta,
                ViewBatch& batch, const std::optional<ManagerId>& manager) {
  const std::string_view whose = manager ? manager->text() : std::string_view();
  auto& row = batch.edit<DayRow>(day_key(type, meta.local_day, whose, meta.position));
  Record record{meta.position, {}, meta.time, {}, std::move(members)};
  if (meta.client) record.card = meta.client->text();
  contribute(row.records, meta, std::move(record));
}

}  // namespace ledger::duty_records
