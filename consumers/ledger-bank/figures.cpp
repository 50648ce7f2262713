#include "consumers/ledger-bank/figures.h"

#include "consumers/client/monitor.h"

namespace ledger::pull {

namespace {

void add_gauges(Metrics& metrics, const Counters& counters, const Clock& clock) {
  const auto show = [&](const char* name, const char* help, Metrics::Read read) {
    metrics.gauge(name, help, {}, std::move(read));
  };
  const auto flag = [&](const char* name, const char* help, std::atomic<bool> Counters::* member) {
    show(name, help, [&counters, member] { return counters.*member ? 1.0 : 0.0; });
  };
  flag("bank_away", "1 while a bank does not say what it is asked for.", &Counters::bank_away);
  flag("bank_closed", "1 while PrivatBank says not to ask now.", &Counters::bank_closed);
  flag("bank_server_away", "1 while the last attempt to deliver has failed.",
       &Counters::server_away);
  flag("bank_hook_silent", "1 since a statement told what the webhook did not, until it speaks.",
       &Counters::hook_silent);
  show("bank_hooks_unconfirmed", "Entries that a webhook told and no statement has.",
       [&] { return static_cast<double>(counters.hooks_unconfirmed); });
  show("bank_complete_age_seconds", "Since the moment up to which all accounts are told; -1: none.",
       [&] { return age_seconds(counters.complete_s, clock); });
}

}  // namespace

void add_figures(Metrics& metrics, const Counters& counters, const Clock& clock) {
  const auto count = [&](const char* name, const char* help,
                         std::atomic<std::uint64_t> Counters::* member) {
    metrics.counter(name, help, {},
                    [&counters, member] { return static_cast<double>(counters.*member); });
  };
  count("bank_requests_total", "Questions to banks.", &Counters::requests);
  count("bank_failures_total", "Of them without the answer that was asked for.",
        &Counters::bank_failures);
  count("bank_left_out_total", "Rows that are no payment, each time they are told.",
        &Counters::left_out);
  count("bank_delivered_total", "Payments recorded.", &Counters::delivered);
  count("bank_known_total", "Payments recorded before, each time they are told.", &Counters::known);
  count("bank_corrected_total", "Payments recorded before, with other data.", &Counters::corrected);
  count("bank_taken_back_total", "Payments recorded before that the bank reversed or rejected.",
        &Counters::taken_back);
  count("bank_refused_total", "Rows and payments kept in refused.ndjson.", &Counters::refused);
  count("bank_server_failures_total", "Attempts to deliver that failed.",
        &Counters::server_failures);
  count("bank_hooks_total", "Deliveries of webhooks.", &Counters::hooks);
  count("bank_hooks_refused_total", "Webhooks with another secret, or unreadable.",
        &Counters::hooks_refused);
  count("bank_hooks_missed_total", "Entries of statements that no webhook told.",
        &Counters::hooks_missed);
  count("bank_hooks_set_total", "How often the bank was given the webhook's address.",
        &Counters::hooks_set);
  add_gauges(metrics, counters, clock);
}

}  // namespace ledger::pull
