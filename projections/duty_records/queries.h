#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/duty_records/rows.h"
#include "projections/store/view_store.h"

namespace ledger::duty_records {

// A record that stood by what was known, with its place.
struct Entry {
  std::string type;
  Date day;
  std::string manager_id;  // empty: nobody's
  std::string client_id;   // whose it is by merges and splits; empty: nobody's yet
  Position position;
  Timestamp time;
  std::vector<Member> members;
  // Of a contract or a report that another event told too: that one counts.
  std::optional<Position> duplicate_of = {};
  // What the client's card says, where a table goes by it (client_facts.h); empty: nothing.
  std::string client_segment = {};
  std::string owner_id = {};
  // A payment that the bank took back or that another event told before: no table counts it.
  bool is_no_payment = false;

  // The first of that name; empty where the event says nothing.
  [[nodiscard]] std::string_view text(std::string_view name) const;
  // A truth that is told and true.
  [[nodiscard]] bool is_true(std::string_view name) const { return text(name) == "true"; }
  // Of a date; nullopt where it is not told.
  [[nodiscard]] std::optional<Date> date(std::string_view name) const;
  // Of a whole number; 0 where it is not told.
  [[nodiscard]] std::int64_t number(std::string_view name) const;
};

struct Reading {
  std::optional<Date> from;  // absent: from the first day
  Date to;                   // included
  std::optional<Timestamp> known_at;
};

struct Read {
  std::vector<Entry> entries;     // by time, then position
  std::vector<Entry> taken_back;  // of the same days, voided or corrected since; in no order
};

// The records of some types. Cost follows the records of these types and days.
[[nodiscard]] Result<Read> read(const ViewSnapshot& snapshot,
                                const std::vector<std::string_view>& types, const Reading& reading);

}  // namespace ledger::duty_records
