#pragma once

#include <optional>
#include <vector>

#include "projections/directory/rows.h"
#include "projections/store/view_store.h"

// Who was hired, as what, and from when on. A manager may be hired again after he left, and be told
// of again while he is there (another department, another extension): what was true before stays
// true of its days.
namespace ledger::directory {

// As he was told of last, by all that is recorded; nullptr: never, or every word of it was taken
// back.
[[nodiscard]] const ManagerHired* last_hire(const ManagerRow& row);

// The word that holds on a day, of those known at an instant; nullptr: hired later, or never. The
// first word of a hire holds from its hired_on; a later one of the same hired_on changes it from
// the business day on which it was told. Whether he was dismissed since, it does not ask
// (WorkingTime::employed).
[[nodiscard]] const ManagerHired* hire_on(const ManagerRow& row, Date day,
                                          const std::optional<Timestamp>& known_at);

[[nodiscard]] Result<ManagerRow> hires(const ViewSnapshot& snapshot, const ManagerId& manager);
[[nodiscard]] Result<std::optional<ManagerHired>> manager_on(
    const ViewSnapshot& snapshot, const ManagerId& manager, Date day,
    const std::optional<Timestamp>& known_at);

// Everybody whose hire was known at an instant, heads of department too; by id.
[[nodiscard]] Result<std::vector<ManagerId>> staff(const ViewSnapshot& snapshot,
                                                   const std::optional<Timestamp>& known_at);

[[nodiscard]] inline bool is_head(const ManagerHired& hired) {
  return hired.post == StaffPost::kSupervisor;
}

}  // namespace ledger::directory
