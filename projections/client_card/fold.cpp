#include "projections/client_card/fold.h"

#include <algorithm>

namespace ledger::client_card {

namespace {

void count(CountersRow& row, const std::string& kind, std::int64_t change) {
  auto at =
      std::lower_bound(row.counters.begin(), row.counters.end(), kind,
                       [](const auto& counter, const auto& key) { return counter.kind < key; });
  if (at == row.counters.end() || at->kind != kind) at = row.counters.insert(at, {kind, 0});
  at->count += change;
  if (at->count == 0) row.counters.erase(at);
}

}  // namespace

void record(TimelineEntry entry, const EventMeta& meta, ViewBatch& batch) {
  entry.time = meta.time;
  entry.day = meta.local_day;
  entry.source = meta.source;
  entry.id = meta.id;
  if (meta.manager) entry.manager_id = meta.manager->text();
  const std::string kind = entry.kind;
  auto& page = batch.edit<TimelinePage>(page_key(*meta.client, meta.local_day));
  const int change = contribute(page.entries, meta, std::move(entry));
  if (change != 0) count(batch.edit<CountersRow>(meta.client->text()), kind, change);
}

std::string page_key(const ClientId& client, Date day) {
  const int month = int(day.year()) * 100 + static_cast<int>(unsigned(day.month()));
  std::string key = page_prefix(client.text());
  key += std::to_string(999999 - month);  // six digits up to the year 8999
  return key;
}

std::string page_prefix(std::string_view client_id) {
  std::string prefix(client_id);
  prefix += '\0';
  return prefix;
}

}  // namespace ledger::client_card
