#pragma once

#include <string>
#include <string_view>

#include "producers/email/message/mapping.h"

namespace ledger::mail {

// A file of mail as events: one message (.eml, a file of a Maildir), or an mbox (RFC 4155), whose
// messages are told apart in `where` ("message 17"). A file is an mbox if it begins with "From ";
// a further message begins at such a line behind an empty one, if it ends in a time and a year, so
// that a sentence that begins with "From" parts no letter. A quoted ">From " is read as it was
// written (mboxrd).
//
// Pure; memory: little beside the file itself and the events.
[[nodiscard]] Mapped map_file(std::string_view content, const Settings& settings);

}  // namespace ledger::mail
