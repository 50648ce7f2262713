#pragma once

#include <string>

#include "producers/telephony/sides.h"
#include "producers/webhook/webhook.h"

// Twilio's voice status callbacks (source-formats.md 1.7). Each leg calls back for itself, so each
// is a call.leg_completed; the rule calls.v1 joins them by ParentCallSid. How Twilio is set is in
// README.md beside this file.
namespace ledger::twilio {

struct Settings {
  std::string source = "twilio";
  telephony::HouseNumbers house = {};  // Twilio's own numbers are among own_numbers, or need not be
  std::string public_url = {};         // as Twilio was given it, without a query
  std::string auth_token = {};
};

// Form (POST) or query (GET). Statuses of a leg that goes on are skipped; one
// that is not in the table is unknown, with the word.
//
// Idempotency: `CallSid|final`. Twilio says when a leg ended (Timestamp), and of an answered one
// how long it was answered (CallDuration): time = answered_at = Timestamp - CallDuration, without
// the ringing. `client:` and `sip:` are the house's side and the extension, but for a `sip:`
// address that is an outside number; between two numbers the word Direction decides, and where it
// does not (outbound-dial) the parent leg knows. What an answering machine took (AnsweredBy
// machine_*, fax) was missed. "anonymous" and +266696687, which spells it, are no number. Errors:
// kMissingField, kInvalidField, kOutOfRange with Twilio's names.
[[nodiscard]] Mapped map_delivery(const http::Request& request, const Settings& settings);

// Signed deliveries only, at /v1/hooks/twilio.
[[nodiscard]] Webhook webhook(Settings settings);

}  // namespace ledger::twilio
