#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "platform/signature.h"
#include "producers/webhook/webhook.h"

// SendGrid's signed event webhook (source-formats.md 2.2).
namespace ledger::sendgrid {

struct Settings {
  std::string source = "sendgrid";
  PublicKey key = {};  // "Verification Key" of the signed event webhook
  // Deliveries signed longer ago are refused. Unset: none is; SendGrid comes again for a day or
  // more, by what has been seen with the first time of signing, and what is known counts once.
  std::optional<std::chrono::hours> age_max = {};
  std::function<Timestamp()> now = {};  // needed with age_max
};

// A JSON array of events, or one. What cannot be read is refused alone, its place before its field:
// "3.timestamp".
//
// delivered, deferred (delayed), bounce (of the type blocked, or with a status 4.x.x: soft; else
// hard), dropped (hard: it was never sent) and spamreport (complained) are facts. processed says no
// sender, so that it is no offer; opens, clicks and (group_)resubscribes are skipped. An
// unsubscribe waits in the quarantine (pushed_mail.h).
//
// Idempotency: `sg_event_id|event` (samples of SendGrid's own repeat one id over several events),
// else `sg_message_id|event|timestamp|email`. Message-ID: smtp-id, else the beginning of
// sg_message_id. Errors: kMissingField, kInvalidField, kOutOfRange with SendGrid's names.
[[nodiscard]] Mapped map_delivery(const http::Request& request, const Settings& settings);

// Whether the key's owner signed the timestamp of the header and the raw body, and not too long
// ago; else why not.
[[nodiscard]] std::optional<std::string> forged(const http::Request& request,
                                                const Settings& settings);

// Signed deliveries only, at /v1/hooks/sendgrid.
[[nodiscard]] Webhook webhook(Settings settings);

}  // namespace ledger::sendgrid
