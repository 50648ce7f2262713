#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/http/client.h"
#include "platform/result.h"

namespace ledger::cli {

// What became of one event of a batch.
struct Verdict {
  enum class Kind {
    kRecorded,      // new in the log, at `position`
    kKnown,         // there already, at `position`
    kConflict,      // there already with another body
    kRefused,       // cannot be recorded as it is
    kNotAttempted,  // left alone, because another of the batch was refused: send it again
  };
  Kind kind = Kind::kRefused;
  std::string position = {};
  std::string field = {};
  std::string reason = {};  // for a person, with the field and the word of the error
  std::string error = {};   // that word: "out-of-range"
  bool restated = false;    // recorded, and the ledger read it otherwise until now
};

// Sends events (CloudEvents JSON objects) to POST /v1/events (or `path`, which answers alike),
// once, and waits until the server has said of each what became of it. Where the batch as a whole
// cannot be read, each is sent alone.
//
// Errors, after which nothing is known of any of them and all may be sent again: retriable()
// (no connection, no answer, 429, 5xx, or one of them was answered so), or the request itself is
// refused, which no other event would change (a wrong address, no permission, a proxy's page in the
// ledger's place: only a problem of the ledger's own type says anything of an event).
[[nodiscard]] Result<std::vector<Verdict>> post_batch(http::Client& client,
                                                      const std::vector<std::string_view>& events,
                                                      const std::string& path = "/v1/events");

}  // namespace ledger::cli
