#pragma once

#include <string>
#include <vector>

#include "events/position.h"
#include "platform/clock.h"
#include "projections/known.h"

// What each manager did in a month, by type of event: what the monthly report counts besides the
// norms (domain-semantics.md 4e).
namespace ledger::activity {

inline constexpr std::string_view kName = "activity";
inline constexpr int kVersion = 2;

// Key: manager and month ("m-1|2026-11").
struct MonthRow {
  static constexpr char kTable = 'm';
  struct Done {
    Position position;
    Known known;
    std::string type;  // "complaint.opened"
    Timestamp time;
    Date day;
    static void fields(auto&& field) {
      field("position", &Done::position);
      field("known", &Done::known);
      field("type", &Done::type);
      field("time", &Done::time);
      field("day", &Done::day);
    }
  };
  std::vector<Done> done;
  static void fields(auto&& field) { field("done", &MonthRow::done); }
  [[nodiscard]] bool empty() const { return done.empty(); }
};
[[nodiscard]] std::string month_key(std::string_view manager_id, Date day);

}  // namespace ledger::activity
