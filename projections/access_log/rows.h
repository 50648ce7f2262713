#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/types/conduct.h"
#include "projections/said.h"

// Who looked at what is confidential (job description 5.1, 5.6). Counts nowhere.
namespace ledger::access_log {

inline constexpr std::string_view kName = "access_log";
inline constexpr int kVersion = 2;
// Who tells of looks: the server itself. What says so under another source is no look.
inline constexpr std::string_view kSource = "ledger/access";

// Key: business day, a zero byte, client id; without a client what was taken out of the whole
// house.
struct DayRow {
  static constexpr char kTable = 'a';
  std::vector<Told<AccessLogged>> looks;
  static void fields(auto&& field) { field("looks", &DayRow::looks); }
  [[nodiscard]] bool empty() const { return looks.empty(); }
};
[[nodiscard]] std::string day_prefix(Date day);

}  // namespace ledger::access_log
