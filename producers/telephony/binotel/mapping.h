#pragma once

#include <string>

#include "producers/webhook/webhook.h"

// Binotel's webhooks (source-formats.md 1.9).
namespace ledger::binotel {

struct Settings {
  std::string source = "binotel";
  std::string secret = {};  // of the path: Binotel signs nothing
};

// `apiCallCompleted` is the fact: one call.completed. The other requests of a call in progress are
// skipped, text messages too. Form with nested brackets, or JSON.
//
// Idempotency: `companyID|generalCallID`; Binotel sends again until it reads {"status":"success"}.
// time = startTime; talk_s = billsec of an answered call, duration_s = waitsec + billsec. An
// answering machine's call was missed. Numbers come national or foreign without their plus.
// Errors: kMissingField, kInvalidField, kOutOfRange with Binotel's own field names.
[[nodiscard]] Mapped map_delivery(const http::Request& request, const Settings& settings);

[[nodiscard]] Webhook webhook(Settings settings);

}  // namespace ledger::binotel
