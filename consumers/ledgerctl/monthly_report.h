#pragma once

#include <optional>
#include <string>

#include "events/envelope.h"
#include "platform/http/client.h"

namespace ledger::cli {

struct HandIn {
  std::string manager;
  std::string month;  // 2026-10
  Timestamp time;     // of the hand-in
  // An instant up to which the views are known to have everything; absent: the server takes one a
  // minute ago.
  std::optional<Timestamp> settled;
  std::optional<std::string> conclusions;
};
// The event by which a manager hands in the report of a month, with the figures as the server has
// them: their digest, and the knowledge by which they stand.
[[nodiscard]] Result<Submission> hand_in(http::Client& client, const HandIn& what);

}  // namespace ledger::cli
