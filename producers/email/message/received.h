#pragma once

#include "producers/email/message/letter.h"

namespace ledger::mail {

// A letter that we got as offer.answered or letter.exchanged (mapping.h).
[[nodiscard]] Status map_received(const MimeMessage& message, const Email& sender,
                                  const Settings& settings, Mapped& mapped);

}  // namespace ledger::mail
