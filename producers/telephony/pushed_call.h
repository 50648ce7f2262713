#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "events/business_zone.h"
#include "events/envelope.h"
#include "events/types/call.h"
#include "producers/mapping.h"
#include "producers/webhook/webhook.h"

// What telephony that pushes single calls has in common.
namespace ledger::telephony {

// A wall-clock time of the exchange as an instant.
struct LocalTime {
  Timestamp instant;
  // No clock of the zone showed it: it lies in the hour that spring leaves out (domain-semantics.md
  // 4a). The instant is then that at which clocks jumped.
  bool suspect = false;

  // Says so in a call that began then.
  void mark(auto& call) const {
    if (suspect) call.time_suspect = true;
  }
};

// "2026-11-24 08:00:00", also with slashes, or a T between. The repeated hour of autumn is taken as
// its first. kInvalidField.
[[nodiscard]] Result<LocalTime> local_time(std::string_view text, const BusinessZone& zone);

// Seconds since 1970. kOutOfRange outside the years of limits.h.
[[nodiscard]] Result<Timestamp> epoch_time(std::int64_t seconds);

// A sender's words for how a call ended, in whichever case it writes them. One that the table does
// not hold is kUnknown: the word is then kept beside it.
struct OutcomeWord {
  std::string_view word;
  CallOutcome outcome;
};
void set_outcome(CallCompleted& call, std::span<const OutcomeWord> words, std::string_view word);

// Sets number as sent and, where it surely is one, in E.164. An extension or "anonymous" stays as
// it was sent.
void set_client_number(CallCompleted& call, std::string_view raw);
// The same where the sender's documents say that foreign numbers come without their plus: at least
// 11 digits that are no Ukrainian spelling, and the code of a country with as many digits as its
// numbers have, are international. Of a sender that does not say so they would be guessed.
void set_client_number_without_plus(CallCompleted& call, std::string_view raw);

// A delivery that is one call, no fact (nullopt with its reason), or an error.
struct OneCall {
  std::optional<Submission> call;
  std::string skipped;
};
[[nodiscard]] Mapped mapped_one(Result<OneCall> one, std::string_view raw);

// A webhook whose path holds its secret and whose delivery is one call.
using ReadDelivery = std::function<Result<OneCall>(const http::Request&)>;
[[nodiscard]] Webhook webhook_of(std::string name, std::string secret, ReadDelivery read);

}  // namespace ledger::telephony
