#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/monthly_report/report.h"
#include "projections/qualification/queries.h"

// The attestation sheet (job description 1.8, every six months; 5.7, by what a manager is judged):
// six monthly reports side by side, the criteria, and what is known of training.
namespace ledger::attestation {

inline constexpr int kMonths = 6;

// One figure over the months; those in which he was not employed yet have none.
struct Row {
  monthly_report::Section section{};
  std::string id;
  std::string unit;
  std::string_view duty_id;
  std::vector<std::optional<std::int64_t>> values;
  std::optional<std::int64_t> sum;  // of what adds up
};

// What stood at a point in time, or is told to compare with, adds up to nothing over the months.
[[nodiscard]] bool adds_up(std::string_view line_id);

// Lines of plans, and how many of them were reached.
struct PlanKept {
  std::int64_t planned = 0;
  std::int64_t reached = 0;
};

// Of a currency, in the six months and in the six before them.
struct Growth {
  std::int64_t before = 0;
  std::int64_t now = 0;
  // Hundredths, to the nearest; absent if there was nothing before.
  [[nodiscard]] std::optional<std::int64_t> percent() const;
};

// Cards that he opened: complete by the end of the working day after the first contact.
struct CardsKept {
  std::int64_t opened = 0;
  std::int64_t complete = 0;
  std::int64_t on_time = 0;
  // From the first contact to the complete card: by the days on which they were, and by the minute
  // (domain-semantics.md 1.1, row 11, "hours from first contact to a complete card").
  std::optional<std::int64_t> median_days;
  std::optional<std::int64_t> median_minutes;
};

struct Sheet {
  ManagerHired manager;
  std::vector<Date> months;  // their first days, the oldest first
  Timestamp known_at;
  std::vector<Row> rows;
  PlanKept plan;
  std::map<std::string, Growth> invoiced;  // by currency
  std::map<std::string, Growth> paid;
  Growth contracts;
  CardsKept cards;
  qualification::Record record;
};

// For an attestation on a day: the six whole months before it. kNotFound: not employed in any.
[[nodiscard]] Result<Sheet> make(const ViewSnapshot& snapshot, const ManagerId& manager, Date day,
                                 Timestamp known_at, const BusinessZone& zone);

}  // namespace ledger::attestation
