#include "projections/directory/hires.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <tuple>

#include "projections/store/view_batch.h"

namespace ledger::directory {

namespace {

using KnownAt = std::optional<Timestamp>;

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

auto order(const ManagerRow::Hired& said) { return std::tie(said.known.recorded, said.position); }

// The first word of each hire, by its first day.
std::map<Date, const ManagerRow::Hired*> first_words(const ManagerRow& row,
                                                     const KnownAt& known_at) {
  std::map<Date, const ManagerRow::Hired*> firsts;
  for (const auto& said : row.hired) {
    if (!said.known.at(known_at)) continue;
    const auto*& first = firsts[said.data.hired_on];
    if (first == nullptr || order(said) < order(*first)) first = &said;
  }
  return firsts;
}

}  // namespace

const ManagerHired* last_hire(const ManagerRow& row) {
  const auto last = std::find_if(row.hired.rbegin(), row.hired.rend(),
                                 [](const auto& said) { return !said.known.taken_back; });
  return last == row.hired.rend() ? nullptr : &last->data;
}

const ManagerHired* hire_on(const ManagerRow& row, Date day, const KnownAt& known_at) {
  const auto firsts = first_words(row, known_at);
  const ManagerRow::Hired* best = nullptr;
  const auto rank = [](const ManagerRow::Hired& said) {
    return std::tie(said.data.hired_on, said.known.recorded, said.position);
  };
  for (const auto& said : row.hired) {
    if (!said.known.at(known_at) || said.data.hired_on > day) continue;
    const bool first = firsts.at(said.data.hired_on) == &said;
    if (!first && said.told_on > day) continue;
    if (best == nullptr || rank(*best) < rank(said)) best = &said;
  }
  return best == nullptr ? nullptr : &best->data;
}

Result<ManagerRow> hires(const ViewSnapshot& snapshot, const ManagerId& manager) {
  LEDGER_TRY(auto row, read_row<ManagerRow>(snapshot, family(), manager.text()));
  return std::move(row).value_or(ManagerRow{});
}

Result<std::optional<ManagerHired>> manager_on(const ViewSnapshot& snapshot,
                                               const ManagerId& manager, Date day,
                                               const KnownAt& known_at) {
  LEDGER_TRY(const auto row, hires(snapshot, manager));
  const auto* hired = hire_on(row, day, known_at);
  if (hired == nullptr) return std::nullopt;
  return *hired;
}

Result<bool> was_hired(const ViewSnapshot& snapshot, const ManagerId& manager,
                       const KnownAt& known_at) {
  LEDGER_TRY(const auto row, hires(snapshot, manager));
  return std::any_of(row.hired.begin(), row.hired.end(),
                     [&](const auto& said) { return said.known.at(known_at); });
}

bool was_client_manager(const ManagerRow& row, Date from, Date to, const KnownAt& known_at) {
  for (Date day = from; day <= to; day = add_days(day, 1)) {
    const auto* hired = hire_on(row, day, known_at);
    if (hired != nullptr && !is_head(*hired)) return true;
  }
  return false;
}

std::optional<Date> client_manager_since(const ManagerRow& row, const LeaveRow& leave, Date day,
                                         const KnownAt& known_at) {
  const auto firsts = first_words(row, known_at);
  std::optional<Date> since;
  for (const auto& first : firsts | std::views::reverse) {
    const Date begun = first.first;
    if (begun > day) continue;
    const Date until = since.value_or(day);
    const bool left =
        std::any_of(leave.dismissals.begin(), leave.dismissals.end(), [&](const auto& said) {
          return said.known.at(known_at) && begun <= said.data.dismissed_on &&
                 said.data.dismissed_on < until;
        });
    const bool breaks = left || is_head(first.second->data);
    if (since && breaks) return since;
    since = begun;
  }
  return since;
}

Result<std::vector<ManagerId>> staff(const ViewSnapshot& snapshot, const KnownAt& known_at) {
  std::vector<ManagerId> all;
  LEDGER_CHECK(scan_rows<ManagerRow>(
      snapshot, family(), "", "", [&](std::string_view, const ManagerRow& row) {
        const auto known = std::find_if(row.hired.begin(), row.hired.end(),
                                        [&](const auto& said) { return said.known.at(known_at); });
        if (known != row.hired.end()) all.push_back(known->data.manager_id);
        return true;
      }));
  return all;
}

}  // namespace ledger::directory
