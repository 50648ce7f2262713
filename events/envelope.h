#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/event_data.h"
#include "events/ids.h"
#include "events/position.h"
#include "platform/clock.h"
#include "platform/result.h"

namespace ledger {

// What a sender says: CloudEvents' own attributes and the data. Nothing of it is ours.
struct Submission {
  std::string id;      // unique within its source, the sender's own id wherever there is one
  std::string source;  // URI reference of the sender: "asterisk/main"
  Timestamp time;      // when it happened
  std::optional<std::string> subject = {};  // if given, must be the client the door derives
  EventData data;
};

// What the door adds before the line is written.
struct Stamps {
  Timestamp recorded_time;          // when we appended
  Date local_day;                   // the business day of `time`, fixed for ever
  std::optional<ClientId> subject;  // the client; absent while unmatched
  std::optional<ManagerId> actor;   // the manager who gets the credit; absent while unmatched
  std::string partition_key;
  // Of the time-zone data by which local_day was found; absent in lines of before it was stamped.
  std::optional<std::string> tz_version = {};

  bool operator==(const Stamps&) const = default;
};

// One event of the log.
struct Event {
  std::string id;
  std::string source;
  Timestamp time;
  Stamps stamps;
  EventData data;
  // Of a line whose sealed texts were opened (events/privacy/line_seal.h): the leaf of the bytes
  // that the log holds, in hex, and the event by which a text of it was erased.
  std::optional<std::string> leaf_hash = {};
  std::optional<std::string> erased_by = {};
};

// The stored bytes: one line of compact JSON, a CloudEvents 1.0 structured event, members in a
// fixed order. Equal events give equal bytes.
[[nodiscard]] std::string encode_line(const Submission& submission, const Stamps& stamps);

// What can be told of a stored line without decoding it. Empty for a line that is none.
struct LineSummary {
  std::string_view type;           // "call.completed"
  bool has_client = false;         // it is somebody's
  bool has_manager = false;        // somebody gets the credit
  std::string_view recorded_time;  // "2026-11-25T15:00:00Z"
  std::string_view local_day;      // "2026-11-25"
};
[[nodiscard]] LineSummary summary_of(std::string_view line);

// The same event as a sender writes it, structured mode: what `POST /v1/events` takes.
[[nodiscard]] std::string encode_submission(const Submission& submission);

// What two deliveries of one (source, id) are compared by: type, time and the sender's data,
// without anything the door stamped; of what comes in copies also without its time and what else is
// of the copy (event_data.h). Canonical, so spelling and member order do not matter.
[[nodiscard]] std::string body_of(Timestamp time, const EventData& data);
// The same of an event of the log, from its line: what the log holds is canonical already.
[[nodiscard]] std::string body_of(const Event& event, std::string_view line);

}  // namespace ledger
