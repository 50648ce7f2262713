#pragma once

#include "events/fields.h"

namespace ledger::breaches {

// A breach is the manager's; a warning is for whoever looks after his work.
enum class Severity { kBreach, kWarning };
constexpr auto names(Severity) { return words("breach", "warning"); }

}  // namespace ledger::breaches
