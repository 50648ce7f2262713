#include "consumers/runner/parking.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "projections/store/view_batch.h"

namespace ledger {

namespace {

std::string key_of(const ParkedRow& row) {
  std::string key(1, ParkedRow::kTable);
  key += row.partition_key;
  key += '\0';
  key += to_string(row.position);
  return key;
}

}  // namespace

Result<ParkingLot> ParkingLot::load(const ViewSnapshot& snapshot) {
  ParkingLot lot;
  LEDGER_CHECK(scan_rows<ParkedRow>(
      snapshot, kParkedFamily, "", "", [&](std::string_view, const ParkedRow& row) {
        if (row.partition_key.empty() || row.waiting) return true;
        auto& first = lot.keys_.try_emplace(row.partition_key, row.position).first->second;
        first = std::min(first, row.position);
        return true;
      }));
  return lot;
}

ParkingLot::Place ParkingLot::place_of(std::string_view partition_key,
                                       const Position& position) const {
  if (keys_.empty()) return Place::kNotHere;
  const auto found = keys_.find(std::string(partition_key));
  if (found == keys_.end()) return Place::kNotHere;
  const Position& first = found->second;
  if (position == first) return Place::kItself;
  const bool before = position.partition == first.partition && position.offset < first.offset;
  return before ? Place::kNotHere : Place::kBehind;
}

void ParkingLot::park(ParkedRow row) {
  if (!row.partition_key.empty() && !row.waiting) {
    const auto [first, is_new] = keys_.try_emplace(row.partition_key, row.position);
    if (is_new || row.position < first->second) {
      before_.emplace_back(row.partition_key, is_new ? std::nullopt : std::optional(first->second));
      first->second = row.position;
    }
  }
  pending_.push_back(std::move(row));
}

void ParkingLot::collect(ViewTransaction& transaction) {
  for (const auto& row : pending_) {
    transaction.put(kParkedFamily, key_of(row), rows::encode(row));
  }
  pending_.clear();
  before_.clear();
}

void ParkingLot::discard() {
  for (const auto& [key, first] : before_ | std::views::reverse) {
    if (first) {
      keys_[key] = *first;
    } else {
      keys_.erase(key);
    }
  }
  before_.clear();
  pending_.clear();
}

Result<ParkedCount> count_parked(const ViewSnapshot& snapshot) {
  ParkedCount count;
  LEDGER_CHECK(scan_rows<ParkedRow>(snapshot, kParkedFamily, "", "",
                                    [&](std::string_view, const ParkedRow& row) {
                                      ++(row.waiting ? count.waiting : count.failed);
                                      return true;
                                    }));
  return count;
}

Result<ParkedPage> parked(const ViewSnapshot& snapshot, std::string_view from, std::size_t limit,
                          const std::function<Result<bool>(const ParkedRow&)>& wanted) {
  ParkedPage page;
  Status failure;
  LEDGER_CHECK(scan_rows<ParkedRow>(snapshot, kParkedFamily, "", from,
                                    [&](std::string_view key, ParkedRow row) {
                                      const Result<bool> shown = wanted ? wanted(row) : true;
                                      if (!shown) {
                                        failure = tl::unexpected(shown.error());
                                        return false;
                                      }
                                      if (!*shown) return true;
                                      if (page.rows.size() == limit) {
                                        page.next = key;
                                        return false;
                                      }
                                      page.rows.push_back(std::move(row));
                                      return true;
                                    }));
  LEDGER_CHECK(std::move(failure));
  return page;
}

}  // namespace ledger
