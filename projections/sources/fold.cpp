#include "projections/sources/fold.h"

#include <algorithm>

namespace ledger::sources {

namespace {

void count(std::vector<HourRow::TypeCount>& types, std::string_view type) {
  const auto at =
      std::lower_bound(types.begin(), types.end(), type,
                       [](const auto& count, std::string_view name) { return count.type < name; });
  if (at != types.end() && at->type == type) {
    ++at->events;
  } else {
    types.insert(at, {std::string(type), 1});
  }
}

void reach_back(std::vector<HistoryRow::Reach>& reaches, const HistoryRow::Reach& one) {
  const auto says_less = [](const HistoryRow::Reach& less, const HistoryRow::Reach& more) {
    return more.recorded <= less.recorded && more.day <= less.day;
  };
  if (std::any_of(reaches.begin(), reaches.end(),
                  [&](const auto& known) { return says_less(one, known); })) {
    return;
  }
  std::erase_if(reaches, [&](const auto& known) { return says_less(known, one); });
  reaches.insert(std::find_if(reaches.begin(), reaches.end(),
                              [&](const auto& known) { return known.recorded > one.recorded; }),
                 one);
}

}  // namespace

std::string hours_key(std::string_view source) {
  std::string key(source);
  key += '\0';
  return key;
}

std::string hour_key(std::string_view source, Timestamp recorded) {
  return hours_key(source) + format_timestamp(recorded).substr(0, 13);
}

void Fold::arrived(const Event& event, const Position& position, ViewBatch& batch) {
  const Arrival arrival{position, event.stamps.recorded_time};
  reach_back(batch.edit<HistoryRow>("").reaches, {arrival.recorded, event.stamps.local_day});
  auto& row = batch.edit<SourceRow>(event.source);
  row.first = row.events == 0 ? arrival : std::min(row.first, arrival);
  row.last = row.events == 0 ? arrival : std::max(row.last, arrival);
  row.last_time = row.events == 0 ? event.time : std::max(row.last_time, event.time);
  ++row.events;
  auto& hour = batch.edit<HourRow>(hour_key(event.source, arrival.recorded));
  const auto minute = std::chrono::floor<std::chrono::minutes>(arrival.recorded) -
                      std::chrono::floor<std::chrono::hours>(arrival.recorded);
  hour.minutes |= std::uint64_t{1} << minute.count();
  count(hour.types, type_name(event.data));
}

}  // namespace ledger::sources
