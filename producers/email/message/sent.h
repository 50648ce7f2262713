#pragma once

#include "producers/email/message/letter.h"

namespace ledger::mail {

// A letter of one of ours as offer.emailed, one for each company (mapping.h). What cannot be one is
// in `mapped` too, but for what refuses the letter whole, which is returned.
[[nodiscard]] Status map_sent(const MimeMessage& message, const Email& sender,
                              const Settings& settings, Mapped& mapped);

}  // namespace ledger::mail
