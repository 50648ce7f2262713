#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "platform/clock.h"
#include "producers/webhook/webhook.h"

// Mailgun's webhooks, the present JSON and the legacy form (source-formats.md 2.2).
namespace ledger::mailgun {

struct Settings {
  std::string source = "mailgun";
  std::string signing_key = {};     // "HTTP webhook signing key", not the API key
  std::string offer_category = {};  // the tag of letters that are offers; empty: none is
  // Above the eight hours in which Mailgun comes again, whether or not it signs anew.
  std::chrono::hours age_max{24};
  std::function<Timestamp()> now = {};
};

// One delivery. delivered, failed (severity temporary: delayed; permanent: hard), rejected (hard:
// it was never sent) and complained are facts; of the legacy form delivered, bounced and dropped
// (hard), complained. accepted is offer.emailed where the letter has the tag of offers and says
// who wrote it: one event a recipient, since Mailgun tells of each apart. Opened, clicked and
// stored are skipped. An unsubscribe waits in the quarantine (pushed_mail.h).
//
// Idempotency: `event-data.id|day`, since Mailgun keeps its ids apart within a day only; of the
// legacy form its token; of an offer `message-id|recipient`. Errors: kMissingField, kInvalidField,
// kOutOfRange with Mailgun's names.
[[nodiscard]] Mapped map_delivery(const http::Request& request, const Settings& settings);

// Signed deliveries only, at /v1/hooks/mailgun. A wrong signature is 403: once the key is mended,
// what Mailgun tries again comes in. An old signature, or one that came with another event, is 406:
// Mailgun stops.
[[nodiscard]] Webhook webhook(Settings settings);

}  // namespace ledger::mailgun
