#pragma once

#include "projections/monthly_report/report.h"

namespace ledger::monthly_report {

// What is counted by type of event; several types may make one line.
struct Counted {
  Section section;
  std::string_view id;
  std::string_view duty_id;
  std::vector<std::string_view> types;
};

[[nodiscard]] const std::vector<Counted>& counted_lines();

}  // namespace ledger::monthly_report
