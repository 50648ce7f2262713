#include "projections/monthly_report/queries.h"

#include <algorithm>
#include <tuple>

#include "projections/store/view_batch.h"

namespace ledger::monthly_report {

namespace {

constexpr int kDueDay = 3;  // job description 3.1

// Those that were not taken back, as the log came to know them.
template <class E>
std::vector<Said<E>> standing_ones(std::vector<Said<E>> said) {
  std::erase_if(said, [](const auto& one) { return one.known.taken_back.has_value(); });
  std::sort(said.begin(), said.end(), [](const auto& left, const auto& right) {
    return std::tie(left.known.recorded, left.position) <
           std::tie(right.known.recorded, right.position);
  });
  return said;
}

}  // namespace

Result<Standing> standing(const ViewSnapshot& snapshot, std::string_view manager_id, Date month,
                          Date today, const BusinessZone& zone) {
  static const std::string family = family_of(kName, kVersion);
  LEDGER_TRY(auto row, read_row<HandedInRow>(snapshot, family, month_key(manager_id, month)));
  const auto next = std::chrono::year_month{month.year(), month.month()} + std::chrono::months(1);
  Standing result;
  result.due_on = next / std::chrono::day{kDueDay};
  const auto handed = standing_ones(row ? std::move(row->submitted) : decltype(row->submitted){});
  const Date first = handed.empty() ? today : zone.local_day(handed.front().known.recorded);
  result.days_late = std::max(days_between(result.due_on, first), 0);
  if (handed.empty()) return result;
  result.progress = Progress::kSubmitted;
  result.last = handed.back();
  const auto returned = standing_ones(std::move(row->returned));
  if (!returned.empty() && returned.back().known.recorded > result.last->known.recorded) {
    result.progress = Progress::kReturned;
    result.returned = returned.back();
  }
  const auto accepted = standing_ones(std::move(row->accepted));
  if (!accepted.empty() && accepted.back().known.recorded > result.last->known.recorded) {
    result.progress = Progress::kAccepted;
    result.accepted = accepted.back();
  }
  return result;
}

}  // namespace ledger::monthly_report
