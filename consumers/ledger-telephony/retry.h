#pragma once

#include "consumers/ledger-telephony/options.h"
#include "platform/clock.h"

namespace ledger::edge {

// What became of the lines of refused.ndjson.
struct Retried {
  struct Left {
    std::string where;
    Error reason;
  };
  std::size_t gone = 0;    // recorded, known or internal: they left the file
  std::vector<Left> left;  // they lie there as before; why they do by now
};

// Reads what was refused once more, by the settings of now: records are joined to the legs that are
// remembered of their calls, and delivered like all others. A call that was refused as a whole and
// is not remembered goes through the door alone, so that nothing stale replaces what the exchange
// has said since.
//
// No connector may run on the state meanwhile (kMisconfigured). kUnavailable and what delivery()
// says: the server is away or takes nothing; the file is as it was, and what was recorded is known
// the next time.
[[nodiscard]] Result<Retried> retry_refused(const EdgeOptions& options, const Clock& clock);

}  // namespace ledger::edge
