#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "producers/mapping.h"

// A sent letter with an offer, as the mail system keeps it (source-formats.md 2.1).
namespace ledger::mail {

inline constexpr std::size_t kMessageBytesMax = std::size_t{25} * 1024 * 1024;
inline constexpr std::size_t kRecipientsMax = 1000;  // of one letter, over all its headers

struct Settings {
  std::string source = "mail";  // CloudEvents' source of every event
  // Domains of the house, lower case, subdomains included: recipients there are no clients. If
  // empty, the sender's domain is the house's, unless anybody can have an address there.
  std::vector<std::string> own_domains{};
  // When our gateway took the letter. The Date header is the sender's clock: it is replaced by
  // this where they differ by more than kClockDifferenceMax.
  std::optional<Timestamp> received_at{};
};
inline constexpr auto kClockDifferenceMax = std::chrono::hours{24};

// One RFC 5322 message (the bytes of an .eml file) as offer.emailed, one event per company that it
// went to: recipients (To, Cc, Bcc) are grouped by their mail domain, and each address at a free
// provider (events/free_mail.h) stands for itself. Order: that of the first recipients.
// time = the Date header in UTC. Not recipients: our own addresses, the sender, noreply and its
// kin.
//
// Idempotency: source + message_id + "|" + domain or address. The same letter kept by the sender, a
// dropbox and a journal gives the same events, unless received_at replaced Date.
//
// Skipped: automatic letters (Auto-Submitted, Precedence bulk, junk or list, List-Id), delivery
// reports, letters that only went to ourselves.
// Errors, with the event's member as `field`: kTooLarge (over kMessageBytesMax, kRecipientsMax, the
// text and list limits of limits.h, or an event over kEventBytesMax), kMalformed (no message),
// kMissingField (message_id, date, from, recipients), kInvalidField (several From without a Sender,
// an unreadable date or address), kOutOfRange (a year outside limits.h). An invalid recipient is
// refused alone; everything else refuses the letter.
//
// Pure: no clock, no I/O; safe for all threads. Memory: about three times the message.
[[nodiscard]] Mapped map_message(std::string_view message, const Settings& settings);

}  // namespace ledger::mail
