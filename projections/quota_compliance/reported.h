#pragma once

#include <optional>
#include <vector>

#include "projections/quota_compliance/queries.h"
#include "projections/reports/queries.h"

namespace ledger::quota_compliance {

// A month as its report stood when it was handed in, beside the month as it is known now.
struct Reported {
  Told<ReportSubmitted> handed_in;  // the last hand-in
  ManagerMonth then;                // by the knowledge of that one
  // Days of which a figure or norm is another one by now, by metric, then day.
  struct Day {
    QuotaMetric metric = QuotaMetric::kCalls;
    Date date;
    std::int64_t counted = 0;  // then
    std::int64_t target = 0;
    // Of what counts by one of the knowledges alone, sorted; none where only the norm moved.
    std::vector<Position> events;
  };
  std::vector<Day> days;
};

// nullopt: no report was handed in, or it does not say by which knowledge. `now`: the manager's
// month by `asked`.
[[nodiscard]] Result<std::optional<Reported>> reported(const ViewSnapshot& snapshot,
                                                       const ManagerMonth& now, Date month,
                                                       const Asked& asked);

}  // namespace ledger::quota_compliance
