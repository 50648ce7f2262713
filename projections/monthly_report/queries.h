#pragma once

#include <optional>

#include "events/business_zone.h"
#include "projections/monthly_report/rows.h"
#include "projections/store/view_store.h"

namespace ledger::monthly_report {

enum class Progress { kDue, kSubmitted, kReturned, kAccepted };
constexpr auto names(Progress) { return words("due", "submitted", "returned", "accepted"); }

// How far the report of a month has come. In time by its first hand-in, with the content of the
// last (domain-semantics.md 4a, report).
struct Standing {
  Progress progress = Progress::kDue;
  Date due_on{};               // the 3rd of the next month, that day included
  std::int64_t days_late = 0;  // of the first hand-in, or until now
  std::optional<Said<ReportSubmitted>> last;
  std::optional<Said<ReportReturned>> returned;
  std::optional<Said<ReportAccepted>> accepted;
};
[[nodiscard]] Result<Standing> standing(const ViewSnapshot& snapshot, std::string_view manager_id,
                                        Date month, Date today, const BusinessZone& zone);

}  // namespace ledger::monthly_report
