#pragma once

#include <optional>
#include <vector>

#include "projections/directory/rows.h"
#include "projections/directory/time_rows.h"
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

// Whether a hire of his was known at an instant, of whatever day.
[[nodiscard]] Result<bool> was_hired(const ViewSnapshot& snapshot, const ManagerId& manager,
                                     const std::optional<Timestamp>& known_at);
// Whether he was a client manager, and no head of department, on a day from `from` to `to`.
[[nodiscard]] bool was_client_manager(const ManagerRow& row, Date from, Date to,
                                      const std::optional<Timestamp>& known_at);
// Since when he has been a client manager without a break, as of a day: a new word (another
// department) is none, a dismissal or the post of a head of department is. nullopt: hired later.
[[nodiscard]] std::optional<Date> client_manager_since(const ManagerRow& row, const LeaveRow& leave,
                                                       Date day,
                                                       const std::optional<Timestamp>& known_at);

// Everybody whose hire was known at an instant, heads of department too; by id.
[[nodiscard]] Result<std::vector<ManagerId>> staff(const ViewSnapshot& snapshot,
                                                   const std::optional<Timestamp>& known_at);

[[nodiscard]] inline bool is_head(const ManagerHired& hired) {
  return hired.post == StaffPost::kSupervisor;
}

}  // namespace ledger::directory
