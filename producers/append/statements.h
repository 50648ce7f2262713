#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/envelope.h"
#include "events/log/log_reader.h"
#include "producers/append/door.h"
#include "projections/store/view_store.h"

// What a sender has said of one record so far, and what has to be recorded for what it says now
// (restating.h). Private to this folder.
namespace ledger::statements {

struct Standing {
  std::size_t number = 0;  // of the last statement
  Submission said;         // by it: time and data
  Receipt receipt;         // of its event
  Timestamp recorded;      // when that was recorded, or what has begun the next statement
  std::string fact_id;     // the event that the record is read from: to be amended next
  Timestamp fact_time;
  bool moving = false;   // the fact is voided already for the next statement, which is missing
  bool decided = false;  // by somebody else's amendment
  // A rule's match of the fact: it has to be taken back first.
  struct Match {
    std::string id;
    Timestamp time;
  };
  std::optional<Match> match;
  bool anew = false;     // such a match was taken back already: the fact is to be recorded anew
  bool blocked = false;  // the id of the next statement is that of an event of something else
  // A crash between the two events of a move left the fact before this one standing.
  std::string left_standing;
  Timestamp left_time;
};

// nullopt: the ledger holds no such record.
[[nodiscard]] Result<std::optional<Standing>> find(const std::string& source, const std::string& id,
                                                   const ViewSnapshot& snapshot,
                                                   const LogReader& log);

// The record is read as `now` says.
[[nodiscard]] bool same(const Standing& standing, const Submission& now);

// The events that make it read as `now`; its own is the last of them. Empty: it is read so. Where
// the fact has a match: what takes that back, after which this is to be asked again.
// kConflict as of Restating.
[[nodiscard]] Result<std::vector<Submission>> next(const Standing& standing, const Submission& now);

// The void of what a crash left standing.
[[nodiscard]] Submission take_back_left(const Standing& standing, const Submission& now);

}  // namespace ledger::statements
