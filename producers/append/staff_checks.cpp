#include "producers/append/staff_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "events/types/conduct.h"
#include "events/types/report.h"
#include "platform/calendar_month.h"
#include "projections/directory/hires.h"
#include "projections/directory/last_words.h"
#include "projections/directory/queries.h"
#include "projections/directory/working_time.h"
#include "projections/duties/duties.h"

namespace ledger {

Status check_hired(const ViewSnapshot& snapshot, const ManagerId& manager, std::string_view field) {
  LEDGER_TRY(const auto hired, directory::manager(snapshot, manager));
  if (hired) return {};
  return fail(ErrorCode::kNotFound, fmt::format("no manager '{}' was ever hired", manager.text()),
              std::string(field));
}

namespace {

Status check_report(const ViewSnapshot& snapshot, const ReportSubmitted& report, Date day) {
  LEDGER_CHECK(check_hired(snapshot, report.manager_id, "data.manager_id"));
  if (last_of_month(report.month) < day) return {};
  return fail(ErrorCode::kOutOfRange,
              fmt::format("{} was not over on {}: its report can be handed in from {} on",
                          format_month(report.month), format_date(day),
                          format_date(month_start(report.month, 1))),
              "data.month");
}

Status check_breach(const BreachRecorded& breach) {
  if (duties::find(breach.duty_id) != nullptr) return {};
  return fail(ErrorCode::kInvalidField,
              fmt::format("no duty is called '{}' (GET /v1/duties lists them)", breach.duty_id),
              "data.duty_id");
}

// On the first day of the first hire that is known, or later.
Status check_dismissal(const ViewSnapshot& snapshot, const ManagerDismissed& dismissal) {
  LEDGER_CHECK(check_hired(snapshot, dismissal.manager_id, "data.manager_id"));
  LEDGER_TRY(const auto row, directory::hires(snapshot, dismissal.manager_id));
  std::optional<Date> first;
  for (const auto& said : row.hired) {
    if (said.known.taken_back) continue;
    if (!first || said.data.hired_on < *first) first = said.data.hired_on;
  }
  if (!first || *first <= dismissal.dismissed_on) return {};
  return fail(ErrorCode::kOutOfRange,
              fmt::format("lies before {}, when '{}' was hired", format_date(*first),
                          dismissal.manager_id.text()),
              "data.dismissed_on");
}

// Of whom, for whom and when: what an appointment, and a chain of them, is about.
struct Reach {
  Date from;
  Date to;
  std::optional<Segment> segment;
  std::vector<ClientId> clients;  // sorted; empty: all
};

Reach reach_of(const StandInAppointed& appointed, const directory::StandInsRow& row) {
  Reach reach{appointed.from, appointed.to, appointed.segment, appointed.client_ids};
  std::sort(reach.clients.begin(), reach.clients.end());
  for (const auto& said : row.ended) {
    const bool ended =
        !said.known.taken_back && said.data.appointment_id == appointed.appointment_id;
    if (ended) reach.to = std::min(reach.to, said.data.ended_on);
  }
  return reach;
}

// nullopt: they never meet.
std::optional<Reach> meeting(const Reach& left, const Reach& right) {
  Reach both{std::max(left.from, right.from), std::min(left.to, right.to),
             left.segment ? left.segment : right.segment, left.clients};
  if (both.to < both.from) return std::nullopt;
  if (left.segment && right.segment && left.segment != right.segment) return std::nullopt;
  if (left.clients.empty()) both.clients = right.clients;
  if (left.clients.empty() || right.clients.empty()) return both;
  both.clients.clear();
  std::set_intersection(left.clients.begin(), left.clients.end(), right.clients.begin(),
                        right.clients.end(), std::back_inserter(both.clients));
  if (both.clients.empty()) return std::nullopt;
  return both;
}

// Follows who stands in for whom; the appointment that closes the circle, or nullptr. `passed`: a
// chain is no longer than there are managers in it, so that circles among others end.
const StandInAppointed* leads_back(const directory::StandInsRow& row, const ManagerId& from,
                                   const ManagerId& to, const Reach& reach,
                                   std::vector<ManagerId>& passed) {
  passed.push_back(from);
  for (const auto& said : row.appointed) {
    const StandInAppointed& next = said.data;
    if (next.absent_manager_id != from) continue;
    if (!directory::is_last_word(row.appointed, said, &StandInAppointed::appointment_id, {})) {
      continue;
    }
    const auto both = meeting(reach, reach_of(next, row));
    if (!both) continue;
    if (next.stand_in_id == to) return &next;
    if (std::find(passed.begin(), passed.end(), next.stand_in_id) != passed.end()) continue;
    const auto* found = leads_back(row, next.stand_in_id, to, *both, passed);
    if (found != nullptr) return found;
  }
  passed.pop_back();
  return nullptr;
}

Status check_stand_in(const ViewSnapshot& snapshot, const StandInAppointed& appointed,
                      const std::optional<Position>& instead_of) {
  LEDGER_CHECK(check_hired(snapshot, appointed.absent_manager_id, "data.absent_manager_id"));
  LEDGER_CHECK(check_hired(snapshot, appointed.stand_in_id, "data.stand_in_id"));
  LEDGER_TRY(auto row, directory::stand_ins(snapshot));
  // What is told anew holds no more, by correction or by a further word of the appointment.
  std::erase_if(row.appointed, [&](const auto& said) {
    return said.position == instead_of || said.data.appointment_id == appointed.appointment_id;
  });
  std::vector<ManagerId> passed;
  const auto* closing = leads_back(row, appointed.stand_in_id, appointed.absent_manager_id,
                                   reach_of(appointed, row), passed);
  if (closing == nullptr) return {};
  return fail(ErrorCode::kConflict,
              fmt::format("by appointment '{}' it leads back to '{}' himself; end that one first",
                          closing->appointment_id.text(), appointed.absent_manager_id.text()),
              "data.stand_in_id");
}

}  // namespace

Status check_staff(const ViewSnapshot& snapshot, const EventData& data, Date day,
                   const std::optional<Position>& instead_of) {
  if (const auto* report = data.get_if<ReportSubmitted>()) {
    return check_report(snapshot, *report, day);
  }
  if (const auto* absence = data.get_if<AbsenceRecorded>()) {
    return check_hired(snapshot, absence->manager_id, "data.manager_id");
  }
  if (const auto* dismissal = data.get_if<ManagerDismissed>()) {
    return check_dismissal(snapshot, *dismissal);
  }
  if (const auto* breach = data.get_if<BreachRecorded>()) return check_breach(*breach);
  const auto* appointed = data.get_if<StandInAppointed>();
  return appointed == nullptr ? Status() : check_stand_in(snapshot, *appointed, instead_of);
}

}  // namespace ledger
