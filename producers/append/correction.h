#pragma once

#include <string>

#include "events/envelope.h"

namespace ledger {

// The correction that a sender means who delivers the same (source, id) with other data: exchanges
// amend their records, banks restate their lines (source-formats.md 0.5). Its id is made of the
// target's and of what is said now, so that the same amendment twice is one event.
//
// A record that is restated back to what it said first is taken for a late repetition of that: the
// correction stands. For connectors only. On our own API another body under a known id is a mistake
// of the caller.
[[nodiscard]] Submission correction_of(const Submission& restated);

}  // namespace ledger
