#include "consumers/runner/parking.h"

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
  LEDGER_CHECK(scan_rows<ParkedRow>(snapshot, kParkedFamily, "", "",
                                    [&](std::string_view, const ParkedRow& row) {
                                      if (!row.partition_key.empty()) {
                                        lot.keys_.insert(row.partition_key);
                                      }
                                      return true;
                                    }));
  return lot;
}

bool ParkingLot::holds(std::string_view partition_key) const {
  return !keys_.empty() && keys_.contains(std::string(partition_key));
}

void ParkingLot::park(ParkedRow row) {
  if (!row.partition_key.empty()) keys_.insert(row.partition_key);
  pending_.push_back(std::move(row));
}

void ParkingLot::collect(ViewTransaction& transaction) {
  for (const auto& row : pending_) {
    transaction.put(kParkedFamily, key_of(row), rows::encode(row));
  }
  pending_.clear();
}

void ParkingLot::discard() {
  for (const auto& row : pending_) {
    if (!row.waiting) keys_.erase(row.partition_key);
  }
  pending_.clear();
}

Result<std::vector<ParkedRow>> parked(const ViewSnapshot& snapshot, std::size_t limit,
                                      const std::function<Result<bool>(const ParkedRow&)>& wanted) {
  std::vector<ParkedRow> all;
  Status failure;
  LEDGER_CHECK(
      scan_rows<ParkedRow>(snapshot, kParkedFamily, "", "", [&](std::string_view, ParkedRow row) {
        const Result<bool> shown = wanted ? wanted(row) : true;
        if (!shown) {
          failure = tl::unexpected(shown.error());
          return false;
        }
        if (*shown) all.push_back(std::move(row));
        return all.size() < limit;
      }));
  LEDGER_CHECK(std::move(failure));
  return all;
}

}  // namespace ledger
