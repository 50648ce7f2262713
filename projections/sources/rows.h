#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/position.h"
#include "platform/clock.h"

// When each CloudEvents source was heard: every line of the log, amendments too, on the hour at
// which it was recorded. What is taken back later was delivered all the same; what is parked, or
// waits behind a parked line, is not heard.
namespace ledger::sources {

inline constexpr std::string_view kName = "sources";
inline constexpr int kVersion = 2;

struct Arrival {
  Position position;
  Timestamp recorded;
  static void fields(auto&& field) {
    field("position", &Arrival::position);
    field("recorded", &Arrival::recorded);
  }
  // Of two partitions either may be read first: by the clock, then by position.
  auto operator<=>(const Arrival& other) const {
    const auto by_clock = recorded <=> other.recorded;
    return by_clock != 0 ? by_clock : position <=> other.position;
  }
  bool operator==(const Arrival&) const = default;
};

// Key: source.
struct SourceRow {
  static constexpr char kTable = 's';
  std::int64_t events = 0;
  Arrival first;
  Arrival last;
  Timestamp last_time;  // the latest `time` of any of its events
  static void fields(auto&& field) {
    field("events", &SourceRow::events);
    field("first", &SourceRow::first);
    field("last", &SourceRow::last);
    field("last_time", &SourceRow::last_time);
  }
};

// Key: source, a zero byte, the hour ("2026-11-25T14", UTC).
struct HourRow {
  static constexpr char kTable = 'h';
  struct TypeCount {
    std::string type;  // "call.completed"
    std::int64_t events = 0;
    static void fields(auto&& field) {
      field("type", &TypeCount::type);
      field("events", &TypeCount::events);
    }
  };
  std::uint64_t minutes = 0;     // bit n: something was recorded in minute n
  std::vector<TypeCount> types;  // by name
  static void fields(auto&& field) {
    field("minutes", &HourRow::minutes);
    field("types", &HourRow::types);
  }
};

// Key: empty; one row for the house. How far back its events reach, and since when the ledger
// knows: each reach goes further back than all that were recorded before it. The same whichever
// partition is read first.
struct HistoryRow {
  static constexpr char kTable = 'b';
  struct Reach {
    Timestamp recorded;
    Date day;  // the business day of the event
    static void fields(auto&& field) {
      field("recorded", &Reach::recorded);
      field("day", &Reach::day);
    }
  };
  std::vector<Reach> reaches;  // by `recorded`
  static void fields(auto&& field) { field("reaches", &HistoryRow::reaches); }
};
[[nodiscard]] std::string hours_key(std::string_view source);  // what the keys of all begin with
[[nodiscard]] std::string hour_key(std::string_view source, Timestamp recorded);

}  // namespace ledger::sources
