#pragma once

#include <string>
#include <vector>

#include "events/types/report.h"
#include "projections/said.h"

// Reports that were handed in, returned and accepted, as managers and heads said.
namespace ledger::monthly_report {

inline constexpr std::string_view kName = "monthly_report";
inline constexpr int kVersion = 1;

// Key: manager and month ("m-1|2026-11").
struct HandedInRow {
  static constexpr char kTable = 'h';
  std::vector<Said<ReportSubmitted>> submitted;
  std::vector<Said<ReportReturned>> returned;
  std::vector<Said<ReportAccepted>> accepted;
  static void fields(auto&& field) {
    field("submitted", &HandedInRow::submitted);
    field("returned", &HandedInRow::returned);
    field("accepted", &HandedInRow::accepted);
  }
  [[nodiscard]] bool empty() const {
    return submitted.empty() && returned.empty() && accepted.empty();
  }
};
[[nodiscard]] std::string month_key(std::string_view manager_id, Date month);

}  // namespace ledger::monthly_report
