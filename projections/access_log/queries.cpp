#include "projections/access_log/queries.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "projections/store/view_batch.h"

namespace ledger::access_log {

Result<std::vector<Look>> looks(const ViewSnapshot& snapshot, Date from, Date to,
                                const std::optional<Timestamp>& known_at) {
  static const std::string family = family_of(kName, kVersion);
  std::vector<Look> found;
  const std::string last = day_prefix(to);
  LEDGER_CHECK(scan_rows<DayRow>(
      snapshot, family, "", day_prefix(from), [&](std::string_view key, DayRow row) {
        if (key.substr(0, last.size()) > last) return false;
        for (auto& told : row.looks) {
          if (!told.known.at(known_at)) continue;
          found.push_back({std::move(told), std::string(key.substr(last.size()))});
        }
        return true;
      }));
  std::sort(found.begin(), found.end(), [](const Look& left, const Look& right) {
    const auto place = [](const Look& look) {
      return std::tuple(look.told.day, look.told.known.recorded, look.told.position);
    };
    return place(right) < place(left);
  });
  return found;
}

}  // namespace ledger::access_log
