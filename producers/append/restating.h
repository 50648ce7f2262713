#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "producers/append/door.h"

namespace ledger {

// Records what senders say of records that they may change: exchanges amend their calls, banks
// restate their lines (source-formats.md 0.5). What was said last holds, also where it is what was
// said first.
//
// What is said of a record (source, X) are statements with numbers; statement 0 is the event X
// itself. Statement N is, by what moves:
//   event.corrected           "X~N", where it happened when it did and lies with whom it lay;
//   event.voided and the      "X~N~void" and "X~N", where its time or what its client is known by
//   record anew               moves: a correction leaves an event on its day and with its client.
// A record that waited and was matched by a rule since is recorded anew, after its match was taken
// back ("X~N~unmatch"): a match is not corrected. A person's match comes back ("X~N~match") behind
// the correction, with the client that he named. The ids follow from the number, not from what is
// said: A, then B, then A again ends as A, and who comes after a crash finds out what is there.
// What is said again as it was said last is known: the receipt of that statement.
//
// A sender takes a record back by an event.voided of its own, in which the reason is said: recorded
// as "X~N~void" (after "X~N~unmatch"), so that what it says of the record later is statement N.
// What does not count any more is known; kNotFound: there is no such record.
//
// What somebody else decided stands (kConflict, field "id"): what a person voided or corrected; and
// of what he matched the time and the client, nor is it taken back. kConflict too where the door
// takes no amendment of such an event.
//
// Ids that end like those of statements ("~1", "~1~void") are refused (kInvalidField, field "id"):
// they would be taken for what was said of another record. Where our own API brought one all the
// same, it is no statement of X unless it speaks of X; then X cannot be restated (kConflict).
//
// For connectors and webhooks only. On our own API another body under a known id is a mistake of
// the caller. Threads: any but those of the log, the door and the network: it waits for the log and
// the index. kUnavailable: the index is behind, or others state the same record all the time;
// nothing is lost by saying it again.
class Restating {
 public:
  static constexpr std::size_t kStatementsMax = 1000;  // of one record; then kConflict

  // All must outlive it.
  struct Parts {
    AppendDoor& door;
    const LogReader& reader;
    const ViewStore& views;
    const ViewProgress& progress;
  };
  explicit Restating(Parts parts) : parts_(parts) {}

  struct Stated {
    AppendDoor::Outcome outcome;  // the receipt is that of the statement
    bool restated = false;        // the ledger read the record otherwise until now
    bool superseded = false;      // left as it is: the receipt is that of a later statement
  };
  // Not all or none: one answer each, in their order. Amendments among them, but for a sender's
  // void of its own record, are only appended. `said_at`: when all of it came from its senders, if
  // that is past: a record of which anything was stated since then is left as it is.
  [[nodiscard]] std::vector<Stated> record(std::vector<Submission> events,
                                           std::optional<Timestamp> said_at = {});

  // What record() would find of each, in their order; nothing is recorded.
  enum class Found {
    kNew,      // nothing is known under its id; the door has not judged it yet
    kKnown,    // the ledger reads it so
    kChanged,  // the ledger reads it otherwise, and would read it so
  };
  // kConflict: what the ledger has stays, because somebody else decided it. Other errors as of
  // record().
  [[nodiscard]] std::vector<Result<Found>> check(const std::vector<Submission>& events) const;

 private:
  [[nodiscard]] Stated state(const Submission& now, std::optional<Timestamp> said_at);
  [[nodiscard]] Result<Found> found(const Submission& now) const;
  [[nodiscard]] std::vector<AppendDoor::Outcome> append(std::vector<Submission> events);

  Parts parts_;
};

// Whether an id ends like that of a statement, so that no sender's record may have it.
[[nodiscard]] bool ends_like_statement(std::string_view id);
[[nodiscard]] Error id_of_statement_error();

}  // namespace ledger
