#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/position.h"
#include "platform/clock.h"
#include "projections/known.h"

// What was recorded, by type of event, business day and manager: what the answers about a duty
// count by the words that its sentence asks about (domain-semantics.md 1, "user sees").
namespace ledger::duty_records {

inline constexpr std::string_view kName = "duty_records";
inline constexpr int kVersion = 2;

// A member of an event as text: "channel" is "referral", "price.amount_minor" is "140000". A list
// has one for each of its items, all under the list's name. What is personal is not kept: it is
// read from the event itself.
struct Member {
  std::string name;
  std::string value;
  bool bare = false;  // a number or a truth: without quotes in JSON

  static void fields(auto&& field) {
    field("name", &Member::name);
    field("value", &Member::value);
    field("bare", &Member::bare);
  }
};

struct Record {
  Position position;
  Known known;
  Timestamp time;
  std::string card;  // of which it was told; empty: no client's, or not matched yet
  std::vector<Member> members;

  static void fields(auto&& field) {
    field("position", &Record::position);
    field("known", &Record::known);
    field("time", &Record::time);
    field("card", &Record::card);
    field("members", &Record::members);
  }
};

// Key: type, a zero byte, the business day, a zero byte, the manager's id, a zero byte. A row of
// its own for each day and manager, so that a busy day rewrites its own records alone. What is
// nobody's comes from machines, without end: instead of the manager's id the key ends with the
// record's partition and its offset by kNobodysOffsets, so that such a row has a limit too.
inline constexpr std::int64_t kNobodysOffsets = 512;
struct DayRow {
  static constexpr char kTable = 'd';
  std::vector<Record> records;  // by position

  static void fields(auto&& field) { field("records", &DayRow::records); }
  [[nodiscard]] bool empty() const { return records.empty(); }
};
[[nodiscard]] std::string type_prefix(std::string_view type);
[[nodiscard]] std::string day_key(std::string_view type, Date day, std::string_view manager_id,
                                  const Position& position);

}  // namespace ledger::duty_records
