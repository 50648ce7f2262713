#pragma once

#include <chrono>
#include <functional>

#include "consumers/ledger-bank/options.h"
#include "platform/result.h"

namespace ledger::pull {

// Waits for a signal to stop, at most so long; true if one came.
using StopWithin = std::function<bool(std::chrono::milliseconds)>;

// Steps of the connector until told to stop, or, with `once`, until all is delivered. The value is
// the exit code: 1 after `once` if something was refused or a bank or the ledger stayed away for
// longer than `patience`. Errors are those of Connector::start, and a disk that fails.
[[nodiscard]] Result<int> run(const BankOptions& options, const StopWithin& stop_within);

}  // namespace ledger::pull
