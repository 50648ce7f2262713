#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/position.h"
#include "projections/quota_compliance/queries.h"

// The report of a manager's month (job description 3.1: by the 3rd; form: domain-semantics.md 4e).
// Every figure comes from the log and none can be typed; a manager adds conclusions only.
namespace ledger::monthly_report {

// Stands in the canonical bytes: a form with other lines, or counted otherwise, is another form, so
// that nobody takes that for a figure that has changed. A report that was handed in by another form
// keeps its digest, which is of that form's lines and is not compared with this one's.
inline constexpr std::string_view kForm = "monthly_report.v7";
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
  kCorrections,
};
constexpr auto names(Section) {
  return words("time", "norms", "contracts", "clients", "acts", "debts", "offers", "service",
               "meetings", "market", "plan", "tasks", "breaches", "corrections");
}

// One figure: "calls.counted" 612. `unit` is empty for a count, "day" for days, "%" for hundredths,
// "date" for a date as a number (20261017), else the currency whose minor units the value is in.
// `duty_id`: the sentence behind it.
struct Line {
  Section section = Section::kTime;
  std::string id;
  std::int64_t value = 0;
  std::string unit;
  std::string_view duty_id;
};

// By what rule and whose order a norm was counted in the month, or in those days of it.
struct Rule {
  QuotaMetric metric = QuotaMetric::kCalls;
  std::string rule;                   // "call.v1"
  std::vector<std::string> policies;  // ids, in the order of the days on which they held
};

// Days of the month on which he stood in for another, or another for him.
struct StandIn {
  bool given = false;  // he for the other
  ManagerId other;
  std::string other_name;  // as he was hired; empty: never
  Date from;
  Date to;
  std::optional<std::string> order_no;
};

// The last: with a new client, and ended before anything was delivered.
enum class ContractKind { kNew, kReturned, kFurther, kTerminated };
constexpr auto names(ContractKind) { return words("new", "returned", "further", "terminated"); }

struct Contract {
  std::string client_id;
  std::string client_name;  // empty: no card says it
  std::string number;
  Date signed_on;
  ContractKind kind = ContractKind::kNew;
  Position position;
};

struct Breach {
  std::string breach_id;
  std::string duty_id;
  Date happened_on;
  std::string text;
  std::vector<std::string> explanations;
  std::optional<std::string> decision;
};

// What the rules found, as GET /v1/breaches does: a breach of the manager's, no warning.
struct FoundBreach {
  std::string_view duty_id;
  Date happened_on;  // of clients of two segments the day on which both came together
  std::string client_id;
  std::string_view beside;  // what `other` is: "other_client_id", "contract_id", "offer"
  std::string other;
  std::vector<std::string> breach_ids;  // that the register has of this duty and day
};

// What was recorded after a report had been accepted, and changed a figure of it.
struct Correction {
  Date month{};  // of that report
  std::string figure;
  std::string unit;
  std::int64_t then = 0;
  std::int64_t now = 0;
  std::vector<Position> events;  // that lie behind it, sorted; empty: none is known to the views
};

struct Report {
  ManagerHired manager;
  Date month{};  // its first day
  Timestamp known_at;
  std::vector<Line> lines;  // in the order of the form; an id stands once
  std::vector<Rule> rules;
  std::vector<StandIn> stand_ins;
  std::vector<Contract> contracts;          // by day, then position
  std::vector<Breach> breaches;             // by day, then id
  std::vector<FoundBreach> found_breaches;  // by day, duty, client, then what is beside
  std::vector<Correction> corrections;
};

// By what was recorded up to `known_at`: the same instant gives the same figures for ever, once the
// views have come past it. kNotFound: not employed in that month.
[[nodiscard]] Result<Report> make(const ViewSnapshot& snapshot, const ManagerId& manager,
                                  Date month, Timestamp known_at, const BusinessZone& zone);
// The same without the corrections to earlier reports: what a comparison of months reads.
[[nodiscard]] Result<Report> figures(const ViewSnapshot& snapshot, const ManagerId& manager,
                                     Date month, Timestamp known_at, const BusinessZone& zone);

// The canonical bytes of the form, and their SHA-256 in hex: what report.submitted carries.
[[nodiscard]] std::string canonical_json(const Report& report);
[[nodiscard]] std::string digest(const Report& report);

// Figures that are not the same in both, in the order of the form. What a report tells of earlier
// ones is no figure of its month.
struct Difference {
  std::string id;
  std::string unit;
  std::int64_t then = 0;
  std::int64_t now = 0;
};
[[nodiscard]] std::vector<Difference> differences(const Report& then, const Report& now);

}  // namespace ledger::monthly_report
