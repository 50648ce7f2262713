#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "events/envelope.h"
#include "platform/result.h"

// Whether who asks may record what he sent. The API asks and does not know the rules: those are
// consumers/access/recording.h.
namespace ledger {

struct Principal;

// What is to become of the events: appended, stated for a connector whose sender amends, or only
// compared with what is known.
enum class WayIn { kAppend, kRestate, kCheck };

// Why not. `forbidden`: 403, whatever the code is; else the error, as when the views are behind.
struct Refusal {
  Error error;
  bool forbidden = false;
};
using Verdict = tl::expected<void, Refusal>;  // of one event

[[nodiscard]] inline tl::unexpected<Refusal> forbid(std::string detail, std::string field) {
  return tl::unexpected(
      Refusal{{ErrorCode::kInvalidField, std::move(detail), std::move(field)}, true});
}

struct RecordingRequest {
  std::shared_ptr<const Principal> principal;  // never null
  WayIn way = WayIn::kAppend;
  std::vector<Submission> events;  // of one batch, in its order
};
// Gets the request back, and one verdict for each event; from any thread, once.
using Judged = std::function<void(RecordingRequest, std::vector<Verdict>)>;
// Must not wait where the way is kAppend.
using Authorise = std::function<void(RecordingRequest, Judged)>;

// Whether who asks may "keep", "replay" or "dismiss" what lies in the quarantine.
using AuthoriseQuarantine =
    std::function<Verdict(const Principal& principal, std::string_view action)>;

}  // namespace ledger
