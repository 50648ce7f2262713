#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/identifiers.h"

namespace ledger::mail {

// One mailbox of a From, To, Cc or Bcc header.
struct Mailbox {
  std::string raw;  // as it stood between the commas, cut to 200 bytes
  Result<Email> address;
};

// The mailboxes of an address header (RFC 5322, the value undecoded), members of groups included,
// in order. What is no address is a mailbox with an error (kInvalidField), never left out: gmime
// drops such a mailbox in silence, and an offer would lose a recipient. Taken as well: empty places
// between commas, ';' between addresses, a source route, a display name with an unquoted comma.
[[nodiscard]] std::vector<Mailbox> read_address_list(std::string_view header);

}  // namespace ledger::mail
