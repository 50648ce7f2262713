#pragma once

#include "consumers/ledger-bank/counters.h"
#include "platform/clock.h"
#include "platform/metrics.h"

namespace ledger::pull {

// What ledger-bank shows of itself for Prometheus, each by a name that begins with `bank_`. What is
// given has to outlive `metrics`.
void add_figures(Metrics& metrics, const Counters& counters, const Clock& clock);

}  // namespace ledger::pull
