#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/envelope.h"
#include "events/log/log_reader.h"
#include "events/types/amendment.h"
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
  bool voided = false;   // that one took the fact back
  bool erased = false;   // a text of it: what it said cannot be compared with
  // A rule's match of the fact: it has to be taken back first.
  struct Match {
    std::string id;
    Timestamp time;
  };
  std::optional<Match> match;
  // A person's match of the fact: the client that he named stays. What the sender restates goes
  // beneath it: the match is taken back, the fact corrected, the match said again.
  struct Persons {
    std::string source;
    std::string id;
    Timestamp time;
    InteractionMatched said;
  };
  std::optional<Persons> persons;      // it stands
  std::optional<Persons> taken_back;   // for the next statement
  std::optional<Persons> to_be_again;  // behind the last statement: it is said but for this
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
// the fact has a match, or had one: a step, after which this is to be asked again.
// kConflict as of Restating.
[[nodiscard]] Result<std::vector<Submission>> next(const Standing& standing, const Submission& now,
                                                   const ViewSnapshot& snapshot);
// Whether next() has told a step only.
[[nodiscard]] bool is_step(const Standing& standing);

// The events that take the record back, for that reason. Empty: nothing of it counts. The rest is
// as of next(): what is said of the record later is its next statement.
[[nodiscard]] Result<std::vector<Submission>> retract(const Standing& standing,
                                                      const std::string& reason);

// The void of what a crash left standing.
[[nodiscard]] Submission take_back_left(const Standing& standing);

}  // namespace ledger::statements
