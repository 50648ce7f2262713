#pragma once

#include "producers/email/message/letter.h"

namespace ledger::mail {

// A delivery report as offer.delivery_changed, one for each recipient (mapping.h). Needs
// `message.report`.
//
// The letter is the one whose header came back; without it, the one that In-Reply-To or the
// envelope id names. The recipient is the address that we wrote to: Original-Recipient, or where
// there is none and the report is about one recipient alone, the one in our own return path (VERP),
// or else Final-Recipient, which may be where the letter was forwarded to. Nobody is guessed: a
// recipient without an address, or with an action that nobody knows, is refused alone.
[[nodiscard]] Status map_report(const MimeMessage& message, const Settings& settings,
                                Mapped& mapped);

// The recipient that our own return path names to which a report came (delivery_status.h).
[[nodiscard]] std::optional<Email> recipient_by_return_path(const MimeMessage& message,
                                                            const Settings& settings);

}  // namespace ledger::mail
