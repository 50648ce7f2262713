#pragma once

#include <optional>
#include <string>

#include "events/business_zone.h"
#include "producers/webhook/webhook.h"

// Zadarma's call notifications (source-formats.md 1.11).
namespace ledger::zadarma {

struct Settings {
  BusinessZone zone;  // of `call_start`: the account's own
  std::string source = "zadarma";
  std::string secret = {};      // of the path: duration and disposition are not signed
  std::string api_secret = {};  // of the account: signs the rest
};

// NOTIFY_END and NOTIFY_OUT_END are the facts: one call.completed; what comes before the end of a
// call, recordings and the voice menu are skipped.
//
// Idempotency: `pbx_call_id|event`. talk_s = duration of an answered call: Zadarma says no other
// time, so duration_s is the same. The client's number is caller_id of an incoming call and
// destination of an outgoing one; the extension is `internal`.
// Errors: kMissingField, kInvalidField, kOutOfRange with Zadarma's own field names.
[[nodiscard]] Mapped map_delivery(const http::Request& request, const Settings& settings);

// Why it is not Zadarma's: header `Signature`, base64 of the hex of HMAC-SHA1 over some of the
// fields, which ones depends on the event.
[[nodiscard]] std::optional<std::string> forged(const http::Request& request,
                                                const Settings& settings);

// Registration asks GET ?zd_echo=x and wants x.
[[nodiscard]] Webhook webhook(const Settings& settings);

}  // namespace ledger::zadarma
