#include "projections/unmatched/queries.h"

#include "projections/store/view_batch.h"

namespace ledger::unmatched {

Result<Page> waiting(const ViewSnapshot& snapshot, std::string_view from, std::size_t limit) {
  static const std::string family = family_of(kName, kVersion);
  Page page;
  Status failure;
  LEDGER_CHECK(
      scan_rows<WaitingRow>(snapshot, family, "", from, [&](std::string_view key, WaitingRow row) {
        auto settled = read_row<SettledRow>(snapshot, family, key);
        if (!settled) {
          failure = tl::unexpected(std::move(settled).error());
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

}  // namespace ledger::unmatched
