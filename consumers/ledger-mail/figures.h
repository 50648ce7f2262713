#pragma once

#include "consumers/ledger-mail/counters.h"
#include "platform/metrics.h"

namespace ledger::gateway {

// What ledger-mail shows of itself for Prometheus, each by a name that begins with `mail_`. What is
// given has to outlive `metrics`.
void add_figures(Metrics& metrics, const Counters& counters);

}  // namespace ledger::gateway
