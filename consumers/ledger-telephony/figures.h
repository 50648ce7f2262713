#pragma once

#include "consumers/ledger-telephony/counters.h"
#include "platform/clock.h"
#include "platform/metrics.h"

namespace ledger::edge {

// What ledger-telephony shows of itself for Prometheus, each by a name that begins with
// `telephony_`. What is given has to outlive `metrics`.
void add_figures(Metrics& metrics, const Counters& counters, const Clock& clock);

}  // namespace ledger::edge
