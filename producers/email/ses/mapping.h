#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "producers/email/ses/sns.h"
#include "producers/webhook/webhook.h"

// What Amazon SES tells by way of SNS (source-formats.md 2.2): its notifications of an identity
// (notificationType) and the events of a configuration set (eventType).
namespace ledger::ses {

struct Settings {
  std::string source = "ses";
  std::vector<std::string> topics = {};  // their ARNs; nothing comes in of another
  std::string offer_category = {};  // the value of a tag of letters that are offers; empty: none is
  std::optional<Certificate> certificate = {};  // see SigningCertificates
  Fetch fetch = {};
  // Above the hour in which SNS comes again at most. Unset: none is too old.
  std::optional<std::chrono::hours> age_max = {};
  std::function<Timestamp()> now = {};
};

// One envelope, with an event for each recipient that it tells of: of a bounce bouncedRecipients,
// not all to whom the letter went.
//
// Delivery, DeliveryDelay (delayed), Bounce (Permanent: hard, else soft), Reject and Rendering
// Failure (hard: the letter was never sent) and Complaint are facts; of a complaint that may be of
// any of several, which SES does not tell, nobody's: it waits in the quarantine. One for
// OnAccountSuppressionList is hard: the letter was not sent. Send is offer.emailed where the letter
// has the tag of offers. Opens and clicks are skipped.
//
// Message-ID: that of the letter's own headers where SES passes them on, else the one it writes,
// `<messageId@region.amazonses.com>`. Idempotency: `mail.messageId|recipient|type`, of a bounce
// with its bounceType; of an offer `message-id|company`. Errors: kMissingField, kInvalidField,
// kOutOfRange, with SES's names.
[[nodiscard]] Mapped map_delivery(const http::Request& request, const Settings& settings);

// Signed envelopes of the topics only, and none that was signed longer ago than age_max (403, at
// which SNS stops), at /v1/hooks/ses; 503 while the signing certificate cannot
// be had. A SubscriptionConfirmation is answered by fetching its SubscribeURL, and with a pinned
// certificate by a line in the log that gives it to a person.
[[nodiscard]] Webhook webhook(Settings settings);

}  // namespace ledger::ses
