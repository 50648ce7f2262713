#pragma once

#include <string>
#include <vector>

#include "events/position.h"
#include "events/types/report.h"
#include "projections/known.h"

// Reports that were handed in, returned and accepted, as managers and heads said.
namespace ledger::reports {

inline constexpr std::string_view kName = "reports";
inline constexpr int kVersion = 1;

template <class E>
struct Step {
  Position position;
  Known known;
  Timestamp time;
  Date day;  // the business day, as the door stamped it
  E data;
  static void fields(auto&& field) {
    field("position", &Step::position);
    field("known", &Step::known);
    field("time", &Step::time);
    field("day", &Step::day);
    field("data", &Step::data);
  }
};

// Key: manager and month ("m-1|2026-11").
struct ReportRow {
  static constexpr char kTable = 'r';
  std::vector<Step<ReportSubmitted>> submitted;
  std::vector<Step<ReportReturned>> returned;
  std::vector<Step<ReportAccepted>> accepted;
  static void fields(auto&& field) {
    field("submitted", &ReportRow::submitted);
    field("returned", &ReportRow::returned);
    field("accepted", &ReportRow::accepted);
  }
  [[nodiscard]] bool empty() const {
    return submitted.empty() && returned.empty() && accepted.empty();
  }
};
[[nodiscard]] std::string report_key(std::string_view manager_id, Date month);

}  // namespace ledger::reports
