#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/privacy/data_subject.h"
#include "events/privacy/key_ring.h"
#include "platform/result.h"

// Lines of the log and the texts of persons in them (schemas/decisions/0038). Any thread.
namespace ledger::privacy {

// The line that is to be stored in place of `line` (encode_line's): every text of a person sealed
// under his key. Keys that are new to the ring are not durable before its sync(). The same line
// where nobody is named.
//
// Errors: those of the ring; kInvalidField for a line with a text that begins as a sealed one does:
// nobody could tell it from one later.
[[nodiscard]] Result<std::string> seal_line(std::string_view line, const Bearing& bearing,
                                            KeyRing& ring);

// A stored line as it is to be folded and answered: texts opened, or what is left of them where
// they are erased. It is another line than the log's and says so: its attribute `leafhash` has the
// leaf of the stored bytes, `erasedby` the event that erased a text of it.
// nullopt: nothing in it is sealed.
//
// Errors: kCorrupt for a text whose key is neither held nor erased, and for one that was changed: a
// lost key is never taken for an erasure. Those of the ring.
[[nodiscard]] Result<std::optional<std::string>> open_line(std::string_view line,
                                                           const KeyRing& ring);

}  // namespace ledger::privacy
