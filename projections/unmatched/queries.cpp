#include "projections/unmatched/queries.h"

#include "projections/store/view_batch.h"

namespace ledger::unmatched {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

Result<bool> is_settled(const ViewSnapshot& snapshot, std::string_view key) {
  LEDGER_TRY(const auto settled, read_row<SettledRow>(snapshot, family(), key));
  return settled.has_value();
}

}  // namespace

Result<Page> waiting(const ViewSnapshot& snapshot, std::string_view from, std::size_t limit) {
  Page page;
  Status failure;
  LEDGER_CHECK(scan_rows<WaitingRow>(snapshot, family(), "", from,
                                     [&](std::string_view key, WaitingRow row) {
                                       const auto settled = is_settled(snapshot, key);
                                       if (!settled) {
                                         failure = tl::unexpected(settled.error());
                                         return false;
                                       }
                                       if (*settled) return true;
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

Result<std::vector<WaitingRow>> waiting_for(const ViewSnapshot& snapshot,
                                            const directory::Key& key) {
  const std::string prefix = waits_key(directory::key_of(key.kind, key.value));
  std::vector<std::string> waiting;
  LEDGER_CHECK(scan_rows<KeyWaitsRow>(snapshot, family(), prefix, prefix,
                                      [&](std::string_view row_key, const KeyWaitsRow&) {
                                        waiting.emplace_back(row_key.substr(prefix.size()));
                                        return true;
                                      }));
  std::vector<WaitingRow> rows;
  for (const auto& row_key : waiting) {
    LEDGER_TRY(const bool settled, is_settled(snapshot, row_key));
    if (settled) continue;
    LEDGER_TRY(auto row, read_row<WaitingRow>(snapshot, family(), row_key));
    if (row) rows.push_back(*std::move(row));
  }
  return rows;
}

}  // namespace ledger::unmatched
