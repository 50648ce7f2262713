#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/quota_compliance/queries.h"

// The report of a manager's month (job description 3.1: by the 3rd; form: domain-semantics.md 4e).
// Every figure comes from the log and none can be typed; a manager adds conclusions only.
namespace ledger::monthly_report {

// Stands in the canonical bytes: a form with other lines is another form, so that nobody takes a
// line that was added for a figure that has changed. A report that was handed in by another form
// keeps its digest, which is of that form's lines and is not compared with this one's.
inline constexpr std::string_view kForm = "monthly_report.v2";
// Of reports that were handed in before they named their form.
inline constexpr std::string_view kFirstForm = "monthly_report.v1";

// The parts of the form; the parts of figures that nothing counts yet are left out.
enum class Section {
  kTime,
  kNorms,
  kContracts,
  kClients,
  kActs,
  kDebts,
  kOffers,
  kService,
  kMeetings,
  kMarket,
  kPlan,
  kTasks,
  kBreaches,
};
constexpr auto names(Section) {
  return words("time", "norms", "contracts", "clients", "acts", "debts", "offers", "service",
               "meetings", "market", "plan", "tasks", "breaches");
}

// One figure: "calls.counted" 612. `unit` is empty for a count, "day" for days, else the currency
// whose minor units the value is in. `duty_id`: the sentence behind it.
struct Line {
  Section section = Section::kTime;
  std::string id;
  std::int64_t value = 0;
  std::string unit;
  std::string_view duty_id;
};

struct Report {
  ManagerHired manager;
  Date month{};  // its first day
  Timestamp known_at;
  std::vector<Line> lines;  // in the order of the form; an id stands once
};

// By what was recorded up to `known_at`: the same instant gives the same figures for ever, once the
// views have come past it. kNotFound: not employed in that month.
[[nodiscard]] Result<Report> make(const ViewSnapshot& snapshot, const ManagerId& manager,
                                  Date month, Timestamp known_at, const BusinessZone& zone);

// The canonical bytes of the figures, and their SHA-256 in hex: what report.submitted carries.
[[nodiscard]] std::string canonical_json(const Report& report);
[[nodiscard]] std::string digest(const Report& report);

// Figures that are not the same in both, in the order of the form.
struct Difference {
  std::string id;
  std::string unit;
  std::int64_t then = 0;
  std::int64_t now = 0;
};
[[nodiscard]] std::vector<Difference> differences(const Report& then, const Report& now);

}  // namespace ledger::monthly_report
