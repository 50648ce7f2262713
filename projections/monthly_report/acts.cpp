#include "projections/monthly_report/acts.h"

#include "projections/acts/coverage.h"
#include "projections/monthly_report/answered.h"

namespace ledger::monthly_report {

namespace {

struct Counts {
  std::int64_t needed = 0;
  std::int64_t done = 0;
  std::int64_t sent = 0;
  std::int64_t disagreed = 0;
};

void count(Counts& counts, const acts::ClientMonth& client) {
  if (client.needs.empty()) return;
  ++counts.needed;
  if (acts::is_covered(client.coverage)) ++counts.done;
  if (client.coverage == acts::Coverage::kSent) ++counts.sent;
  if (client.coverage == acts::Coverage::kDisagreed) ++counts.disagreed;
}

}  // namespace

Status add_acts(Report& report, const ViewSnapshot& snapshot, const BusinessZone& zone) {
  const ManagerId& manager = report.manager.manager_id;
  // Answers come until some day of the next month: by what is known, not only by the month's end.
  const AsOf as_of{zone.local_day(report.known_at), report.known_at};
  LEDGER_TRY(const auto cards,
             answered_clients(snapshot, manager, {report.month, report.known_at, zone}));
  LEDGER_TRY(const auto rule, acts::rule_of(snapshot, report.month, manager, report.known_at));
  Counts counts;
  for (const auto& card : cards) {
    LEDGER_TRY(const auto client, acts::client_month(snapshot, card, report.month, as_of, rule));
    if (client) count(counts, *client);
  }
  const auto line = [&](std::string_view id, std::int64_t value) {
    report.lines.push_back({Section::kActs, std::string(id), value, "", "reconciliation.monthly"});
  };
  line("acts.needed", counts.needed);
  line("acts.done", counts.done);
  line("acts.only_sent", counts.sent);
  line("acts.disputed", counts.disagreed);
  return {};
}

}  // namespace ledger::monthly_report
