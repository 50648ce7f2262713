#pragma once

#include <string>
#include <vector>

#include "producers/webhook/webhook.h"

// Postmark's webhooks: what became of letters, and letters that came in (source-formats.md 2.2).
namespace ledger::postmark {

struct Settings {
  std::string source = "postmark";
  std::string letters_source = "mail";  // that of the same letters, whichever way they come
  std::string credentials = {};         // "USER:PASSWORD" of the webhook's address
  // The house's mail domains, lower case. Without them no incoming letter is read: nothing else
  // tells an offer of the house from the letter of a client.
  std::vector<std::string> own_domains = {};
  std::vector<std::string> own_addresses = {};  // of our people at other domains
  // Whether a letter's sender is believed whatever Postmark says of him.
  bool everybody_believed = false;
};

// One delivery, told apart by RecordType; without one it is an incoming letter.
//
// Delivery, SpamComplaint and Bounce are facts; the Type of a bounce says which: HardBounce and its
// kin are hard, SoftBounce, Blocked and what a policy refused soft, Transient and DnsError delayed,
// automatic answers none. Opens and clicks are skipped; an unsubscribe waits in the quarantine
// (pushed_mail.h).
// Message-ID: Metadata["message-id"] where the house gave one, else `<MessageID@mtasv.net>`, which
// Postmark writes into the letter. Idempotency: a bounce's `ID|Type`, else
// `MessageID|RecordType|Recipient`.
//
// Inbound: RawEmail, else the letter put together from Headers, ToFull, CcFull, BccFull and
// Attachments, read by mail::map_message(): an offer of the house, or a client's letter and answer.
// Postmark's own address is no recipient. Who wrote is judged by what Postmark wrote into Headers
// (verdict.h), unless everybody is believed: an offer or an answer that it does not confirm has its
// authentication_failure. Errors: kMissingField, kInvalidField, kOutOfRange with
// Postmark's names, of a letter those of map_message().
[[nodiscard]] Mapped map_delivery(const http::Request& request, const Settings& settings);

// With the credentials only, at /v1/hooks/postmark; else 403, at which Postmark stops. Nothing is
// restated: another letter under a known Message-ID waits in the quarantine.
[[nodiscard]] Webhook webhook(Settings settings);

}  // namespace ledger::postmark
