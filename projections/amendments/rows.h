#pragma once

#include <string_view>
#include <vector>

#include "events/position.h"
#include "platform/clock.h"

// Which events took an event back or told it anew, so that what is shown struck through says who
// did it, when and why. The words themselves lie in the log.
namespace ledger::amendments {

inline constexpr std::string_view kName = "amendments";
inline constexpr int kVersion = 1;

// An event.voided or event.corrected, which nothing takes back.
struct Amendment {
  Position position;
  Timestamp recorded;

  static void fields(auto&& field) {
    field("position", &Amendment::position);
    field("recorded", &Amendment::recorded);
  }
};

// Key: source, a zero byte, id of what was amended; of a match that was voided also those of what
// had been matched, since that is what left the client's card.
struct AmendedRow {
  static constexpr char kTable = 'a';
  std::vector<Amendment> by;  // by position
  static void fields(auto&& field) { field("by", &AmendedRow::by); }
  [[nodiscard]] bool empty() const { return by.empty(); }
};

}  // namespace ledger::amendments
