#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/reports/rows.h"
#include "projections/store/view_store.h"

namespace ledger::reports {

enum class Progress { kDue, kSubmitted, kReturned, kAccepted, kNotOwed };
constexpr auto names(Progress) {
  return words("due", "submitted", "returned", "accepted", "not_owed");
}

// Whether a report of a month is owed at all. Where a policy for reports was set for him, those
// months that end with one that asks for more than none. Else the months from the first of which
// the ledger has an event: who was hired long before the house had a ledger cannot have it tell of
// months that it knows nothing of.
[[nodiscard]] Result<bool> owes(const ViewSnapshot& snapshot, std::string_view manager_id,
                                Date month, const std::optional<Timestamp>& known_at);

// By which knowledge the rules of a day judge a manager: where the report of its month was
// accepted, by what was known then, so that no rule that was published later judges him anew; else
// by `known_at`.
[[nodiscard]] Result<std::optional<Timestamp>> judged_by(const ViewSnapshot& snapshot,
                                                         const ManagerId& manager, Date day,
                                                         const std::optional<Timestamp>& known_at);

// How far the report of a month has come by what was known: each list in the order of time. In time
// by its first hand-in, with the content of the last (domain-semantics.md 4a, report).
struct Standing {
  Date due_on{};             // by the rule of the report (projections/directory/rules.h)
  std::string rule_version;  // of that rule
  bool owed = true;          // by owes(), as long as none was handed in
  std::vector<Told<ReportSubmitted>> submitted;
  std::vector<Told<ReportReturned>> returned;
  std::vector<Told<ReportAccepted>> accepted;

  [[nodiscard]] Progress progress() const;  // by the latest step
  [[nodiscard]] bool in_time() const {
    return !submitted.empty() && submitted.front().day <= due_on;
  }
  // When the ledger learned of the acceptance that stands: by that knowledge the month was judged.
  [[nodiscard]] std::optional<Timestamp> judged_by() const;
  // Of the first hand-in; as long as there is none, of today.
  [[nodiscard]] std::int64_t days_late(Date today) const;
};
[[nodiscard]] Result<Standing> standing(const ViewSnapshot& snapshot, std::string_view manager_id,
                                        Date month, const std::optional<Timestamp>& known_at);

}  // namespace ledger::reports
