#include "consumers/ledger-telephony/figures.h"

#include "consumers/client/monitor.h"

namespace ledger::edge {

void add_figures(Metrics& metrics, const Counters& counters, const Clock& clock) {
  const auto count = [&](const char* name, const char* help,
                         std::atomic<std::uint64_t> Counters::* member) {
    metrics.counter(name, help, {},
                    [&counters, member] { return static_cast<double>(counters.*member); });
  };
  count("telephony_lines_total", "Records read from files.", &Counters::lines);
  count("telephony_ami_events_total", "Cdr events of the manager interface.",
        &Counters::ami_events);
  count("telephony_ami_left_total", "Of them not taken: no linkedid, or no room for them.",
        &Counters::ami_left);
  count("telephony_legs_total", "Legs of calls, each once.", &Counters::legs);
  count("telephony_repeated_total", "Records of legs that were known already.",
        &Counters::repeated);
  count("telephony_calls_total", "Calls that the server has judged.", &Counters::calls);
  count("telephony_skipped_total", "Calls that are no fact for the ledger.", &Counters::skipped);
  count("telephony_delivered_total", "Calls recorded.", &Counters::delivered);
  count("telephony_known_total", "Calls that were recorded before.", &Counters::known);
  count("telephony_corrected_total", "Calls recorded before, with other data.",
        &Counters::corrected);
  count("telephony_refused_total", "Records and calls kept in refused.ndjson.", &Counters::refused);
  count("telephony_rests_lost_total", "Rotated files whose rest was not found.",
        &Counters::rests_lost);
  count("telephony_failures_total", "Attempts to deliver that failed.", &Counters::failures);
  const auto show = [&](const char* name, const char* help, Metrics::Read read) {
    metrics.gauge(name, help, {}, std::move(read));
  };
  show("telephony_lag_bytes", "Of the CDR file and of the AMI spool, not read yet.",
       [&] { return static_cast<double>(counters.lag_bytes); });
  show("telephony_waiting_calls", "Calls read and not delivered.",
       [&] { return static_cast<double>(counters.waiting); });
  show("telephony_last_line_age_seconds", "Since the last record was read; -1: none yet.",
       [&] { return age_seconds(counters.last_line_s, clock); });
  show("telephony_ami_connected", "1 while the manager interface is listened to.",
       [&] { return counters.ami_connected ? 1.0 : 0.0; });
  show("telephony_server_away", "1 while the last attempt to deliver has failed.",
       [&] { return counters.server_away ? 1.0 : 0.0; });
}

}  // namespace ledger::edge
