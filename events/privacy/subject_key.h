#pragma once

#include "events/privacy/key_ring.h"

namespace ledger::privacy {

// A new subject's: id, key and salt, of random bytes alone.
[[nodiscard]] SubjectKey random_subject_key();

}  // namespace ledger::privacy
