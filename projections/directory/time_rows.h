#pragma once

#include <optional>
#include <vector>

#include "events/types/calendar.h"
#include "events/types/client_merge.h"
#include "events/types/staff.h"
#include "projections/said.h"

// What decides how much of a day a manager owed (calendar, absences, outages, stand-ins), and which
// cards are one client.
namespace ledger::directory {

// Key: calendar and month ("business|2026-12").
struct CalendarRow {
  static constexpr char kTable = 'd';
  std::vector<Said<CalendarDaySet>> days;
  static void fields(auto&& field) { field("days", &CalendarRow::days); }
  [[nodiscard]] bool empty() const { return days.empty(); }
};
[[nodiscard]] std::string calendar_key(CalendarKind calendar, Date day);

// Key: manager id.
struct LeaveRow {
  static constexpr char kTable = 'l';
  std::vector<Said<AbsenceRecorded>> absences;
  std::vector<Said<ManagerDismissed>> dismissals;
  static void fields(auto&& field) {
    field("absences", &LeaveRow::absences);
    field("dismissals", &LeaveRow::dismissals);
  }
  [[nodiscard]] bool empty() const { return absences.empty() && dismissals.empty(); }
};

// Key: empty; one row for the house.
struct StandInsRow {
  static constexpr char kTable = 's';
  std::vector<Said<StandInAppointed>> appointed;
  std::vector<Said<StandInEnded>> ended;
  static void fields(auto&& field) {
    field("appointed", &StandInsRow::appointed);
    field("ended", &StandInsRow::ended);
  }
  [[nodiscard]] bool empty() const { return appointed.empty() && ended.empty(); }
};

// Key: empty; one row for the house.
struct OutagesRow {
  static constexpr char kTable = 'o';
  std::vector<Said<OutageRecorded>> outages;
  static void fields(auto&& field) { field("outages", &OutagesRow::outages); }
  [[nodiscard]] bool empty() const { return outages.empty(); }
};

// Key: client id; of both cards that a merge makes one.
struct MergesRow {
  static constexpr char kTable = 'a';
  std::vector<Said<ClientMerged>> merges;
  static void fields(auto&& field) { field("merges", &MergesRow::merges); }
  [[nodiscard]] bool empty() const { return merges.empty(); }
};

}  // namespace ledger::directory
