#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/identifiers.h"
#include "producers/email/message/mapping.h"
#include "producers/email/message/mime_message.h"

namespace ledger::mail {

// Why our own gateway does not believe that a letter in the name of one of our people is of its
// From address, in its words ("dmarc=fail; spf=softfail"); nullopt if it does, or if authserv_id is
// empty. Read are Authentication-Results (RFC 8601) of authserv_id, and the topmost Received where
// a Postfix of that name wrote it for a client that has logged in ("Authenticated sender").
//
// Believed: dmarc=pass; a login that is the sender's address or, without a domain, its local part;
// where DMARC has no verdict also dkim=pass, or spf=pass of the envelope's sender (of HELO where
// that is empty), for the sender's domain, one above it or one below it. A pass for another says
// nothing about the sender ("auth=pass for another"), but a login that is another address speaks
// against him. A letter of which the gateway says nothing is not believed ("no verdict"), but with
// unstamped_believed.
//
// A verdict in favour leaves no trace, so that a copy which never passed the gateway is the same.
[[nodiscard]] std::optional<std::string> authentication_failure(const MimeMessage& message,
                                                                const Settings& settings,
                                                                const Email& sender);

// The same of a letter that we got. Others' domains may publish nothing by which they could be
// known, so that only a verdict against the sender is one: dmarc=fail, or spf=fail or softfail
// where nothing speaks for him. A broken signature alone is none (RFC 6376 6.3).
[[nodiscard]] std::optional<std::string> contradiction(const MimeMessage& message,
                                                       const Settings& settings,
                                                       const Email& sender);

// Whether a domain, or an address of it ("x@firm.ua", "@firm.ua", "firm.ua"), speaks for the other:
// the same, one above it or one below it, but no top-level domain.
[[nodiscard]] bool is_near_domain(std::string_view said, std::string_view domain);

}  // namespace ledger::mail
