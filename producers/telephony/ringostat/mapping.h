#pragma once

#include <string>

#include "events/business_zone.h"
#include "producers/webhook/webhook.h"

// Ringostat's webhooks (source-formats.md 1.10). The house designs the request itself; the template
// that it takes over is in README.md beside this file.
namespace ledger::ringostat {

struct Settings {
  BusinessZone zone;  // of `calldate`
  std::string source = "ringostat";
  std::string secret = {};  // of the path: Ringostat signs nothing
};

// One call.completed of the published template (form, JSON or GET), or of each row of the API's
// `calls/list`, a JSON array: the names are the same. A call IN PROGRESS is skipped: it comes
// again.
//
// Idempotency: `uniqueid`. talk_s = billsec, duration_s = duration, seconds. Direction by
// `call_type`: in, out. The client's number is caller_number (else caller) of an incoming call and
// dst of an outgoing one; the extension is employee_number.
// Errors: kMissingField, kInvalidField, kOutOfRange with the template's field names.
[[nodiscard]] Mapped map_delivery(const http::Request& request, const Settings& settings);

[[nodiscard]] Webhook webhook(Settings settings);

}  // namespace ledger::ringostat
