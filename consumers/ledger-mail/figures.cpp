#include "consumers/ledger-mail/figures.h"

namespace ledger::gateway {

void add_figures(Metrics& metrics, const Counters& counters) {
  using Member = std::atomic<std::uint64_t> Counters::*;
  const auto count = [&](const char* name, const char* help, Member member,
                         Metrics::Labels labels = {}) {
    metrics.counter(name, help, std::move(labels),
                    [&counters, member] { return static_cast<double>(counters.*member); });
  };
  const auto letters = [&](const char* outcome, Member member) {
    count("mail_letters_total", "Letters that came, by what became of them.", member,
          {{"outcome", outcome}});
  };
  letters("recorded", &Counters::recorded);
  letters("known", &Counters::known);
  letters("skipped", &Counters::skipped);
  letters("quarantined", &Counters::quarantined);
  letters("deferred", &Counters::deferred);
  letters("too_large", &Counters::too_large);
  count("mail_events_total", "Events of letters that are new in the ledger.", &Counters::events);
  count("mail_connections_total", "Connections of mail systems.", &Counters::connections);
  count("mail_turned_away_total", "Of them turned away: too many at once.", &Counters::crowded);
  count("mail_timed_out_total", "Of them too slow.", &Counters::timed_out);
  count("mail_broken_total", "Of them ended within a letter or a handshake.", &Counters::broken);
  metrics.gauge("mail_connections_open", "Connections of this moment.", {},
                [&] { return static_cast<double>(counters.open); });
  metrics.gauge("mail_server_away", "1 while the last letter had to be left to the mail system.",
                {}, [&] { return counters.server_away ? 1.0 : 0.0; });
}

}  // namespace ledger::gateway
