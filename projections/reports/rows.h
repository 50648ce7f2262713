#pragma once

#include <string>
#include <vector>

#include "events/position.h"
#include "events/types/report.h"
#include "projections/said.h"

// Reports that were handed in, returned and accepted, as managers and heads said.
namespace ledger::reports {

inline constexpr std::string_view kName = "reports";
inline constexpr int kVersion = 2;

// Key: manager and month ("m-1|2026-11").
struct ReportRow {
  static constexpr char kTable = 'r';
  std::vector<Told<ReportSubmitted>> submitted;
  std::vector<Told<ReportReturned>> returned;
  std::vector<Told<ReportAccepted>> accepted;
  static void fields(auto&& field) {
    field("submitted", &ReportRow::submitted);
    field("returned", &ReportRow::returned);
    field("accepted", &ReportRow::accepted);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};
[[nodiscard]] std::string report_key(std::string_view manager_id, Date month);

}  // namespace ledger::reports
