#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/call_joining.h"
#include "events/position.h"

// The legs of each call from exchanges that say them one by one, and what they have been together.
namespace ledger::call_legs {

inline constexpr std::string_view kName = "call_legs";
inline constexpr int kVersion = 2;  // a menu's answer is no talk

struct LegItem {
  Position position;
  Timestamp started_at;
  CallLegCompleted leg;

  static void fields(auto&& field) {
    field("position", &LegItem::position);
    field("started_at", &LegItem::started_at);
    field("leg", &LegItem::leg);
  }
};

// What the call was read as from one event on. All legs of a call and what amends them lie in one
// partition, so that readings come in the same order however often they are told.
struct Reading {
  std::string leg_event_id;  // of the leg that came, was corrected or was voided
  Timestamp recorded;        // of the event that said so
  bool taken_out = false;    // the leg, rather than put in
  std::optional<JoinedCall> call;

  static void fields(auto&& field) {
    field("leg_event_id", &Reading::leg_event_id);
    field("recorded", &Reading::recorded);
    field("taken_out", &Reading::taken_out);
    field("call", &Reading::call);
  }
};

// Key: source, a zero byte, call_id.
struct CallRow {
  static constexpr char kTable = 'c';
  std::vector<LegItem> legs;
  std::vector<Reading> readings;  // each differs from the one before it; the last one holds

  static void fields(auto&& field) {
    field("legs", &CallRow::legs);
    field("readings", &CallRow::readings);
  }
  [[nodiscard]] bool empty() const { return legs.empty() && readings.empty(); }
};

}  // namespace ledger::call_legs
