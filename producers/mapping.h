#pragma once

#include <string>
#include <vector>

#include "events/envelope.h"
#include "platform/result.h"

namespace ledger {

// What a sender's mapping makes of its input. A mapping is pure: bytes and settings in, this out.
// Every record of the input is in exactly one of the four lists, so that nothing gets lost.
struct Mapped {
  struct Refused {
    std::string where;  // for a person: "line 17", "entry 3"
    std::string raw;    // the record as it came, at most a few KiB
    Error error;
  };
  struct Skipped {
    std::string where;
    std::string reason;  // "outgoing money", "internal call"
  };

  std::vector<Submission> events;
  // Facts that the sender tells more fully elsewhere (a bank's day before its end): recorded where
  // nothing is known under their id, and never in place of what is.
  std::vector<Submission> provisional = {};
  std::vector<Refused> refused;  // cannot be an event as it is
  std::vector<Skipped> skipped;  // understood, and not a fact for the ledger
};

}  // namespace ledger
