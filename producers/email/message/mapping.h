#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "producers/mapping.h"

// A letter as the mail system keeps it (source-formats.md 2.1): one that we sent, one that we got,
// or a report of what became of one.
namespace ledger::mail {

// 25 MiB of files (source-formats.md 2.1) in base64 and its line ends, and what stands around them.
inline constexpr std::size_t kMessageBytesMax = std::size_t{36} * 1024 * 1024;
inline constexpr std::size_t kRecipientsMax = 1000;  // of one letter, over all its headers

struct Settings {
  std::string source = "mail";  // CloudEvents' source of every event
  // Domains of the house, lower case, subdomains included: recipients there are no clients. If
  // empty, the sender's domain is the house's, unless anybody can have an address there, and no
  // letter is taken for one that we got.
  std::vector<std::string> own_domains{};
  // Addresses of our people at others' domains, lower case: "bondar.gurt@ukr.net".
  std::vector<std::string> own_addresses{};
  // Whether letters of others that answer none are left out: a mailbox that everybody may write to
  // fills the list of what waits for its client with strangers.
  bool answers_only = false;
  // When our gateway took the letter: the time of its events (domain-semantics.md 4a, Time).
  // Without it, what the topmost Received says, which the last server wrote that had it. The Date
  // header is the sender's clock: the time only of a file that no server took (a folder of sent
  // letters), else kept beside it where they differ by more than kDateDifferenceMax, or where it
  // is no date.
  std::optional<Timestamp> received_at{};
  // How our gateway calls itself in Authentication-Results (RFC 8601), lower case. What others
  // wrote there is not looked at; if empty, nothing is, and everybody is believed. The gateway must
  // take out what comes from outside under its name.
  std::string authserv_id{};
  // Whether our people are believed also where the gateway has written nothing: of copies that
  // never passed it (a folder of sent letters). Anybody can write such a letter.
  bool unstamped_believed = false;
};
inline constexpr auto kDateDifferenceMax = std::chrono::hours{1};

// One RFC 5322 message (the bytes of an .eml file) as events.
//
// - From one of ours: offer.emailed, one for each company that it went to: recipients (To, Cc, Bcc)
//   are grouped by their mail domain, and each address at a free provider (events/free_mail.h)
//   stands for itself; several that turn out to be one client are one offer all the same where
//   offers are counted. Whether the letter is an offer is judged there too, by the rule email_offer
//   of its day, from what the event keeps of it. id: message id + "|" + domain or address.
// - From somebody else (own_domains needed): offer.answered if In-Reply-To or References name a
//   letter, else letter.exchanged. A subject that begins with "Re:" answers nothing. id: message
//   id.
// - A report (RFC 3464, RFC 6533): offer.delivery_changed for each recipient of it. id: message id
//   of the report + "|" + recipient.
//
// A letter without a usable Message-ID gets the digest of From, Date, Subject, recipients and text,
// and is marked weak. The same letter kept by the sender, a dropbox and a journal gives the same
// events, unless the gateway did not believe the sender; their times, which are the copies', are
// not compared (body_of), and the copy that comes first says when it was. Another text under the
// same id gives another event under the same id, which the door refuses.
//
// Skipped: automatic letters of either side (Auto-Submitted, Precedence, List-Id, an empty
// Return-Path, and what out-of-office programs write), receipts, invitations to meetings and the
// answers to them, letters that only went to ourselves. A notice of delivery in no form that a
// program reads (qmail) is refused where it came to a return path that names a recipient: somebody
// has to look at it.
// Errors, with the event's member as `field`: kTooLarge (over kMessageBytesMax, kRecipientsMax, the
// text and list limits of limits.h, or an event over kEventBytesMax), kMalformed (no message),
// kMissingField (date, from, recipients; of a report or notice: message_id, recipient, action),
// kInvalidField (several From without a Sender, an unreadable date or address), kOutOfRange (a year
// outside limits.h). An invalid recipient is refused alone; everything else refuses the letter.
//
// Pure: no clock, no I/O; safe for all threads. Memory: little beside the message itself; contents
// of attachments are hashed as they are decoded.
[[nodiscard]] Mapped map_message(std::string_view message, const Settings& settings);

}  // namespace ledger::mail
