#pragma once

#include "projections/monthly_report/report.h"

namespace ledger::monthly_report {

// Section 13: of the six months before, those whose report was accepted; what has changed in its
// figures since it was handed in, or since a later report told of it, and by which events.
[[nodiscard]] Status add_corrections(Report& report, const ViewSnapshot& snapshot,
                                     const BusinessZone& zone);

// What differs between two knowledges of one report, each with the events behind it.
[[nodiscard]] Result<std::vector<Correction>> corrections_of(const ViewSnapshot& snapshot,
                                                             const Report& then, const Report& now,
                                                             const BusinessZone& zone);

}  // namespace ledger::monthly_report
