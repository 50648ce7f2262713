#include "projections/monthly_report/clients.h"

#include <algorithm>
#include <map>

#include "projections/client_card/standing.h"
#include "projections/client_class/queries.h"
#include "projections/obligations/contacts.h"
#include "projections/obligations/portfolio.h"

namespace ledger::monthly_report {

namespace {

using client_class::Letter;

struct Counts {
  std::int64_t base = 0;
  std::int64_t stale = 0;
  std::int64_t contacted = 0;  // by anybody, either way, in the month
  std::int64_t stood_in = 0;   // another answers for them on that day
  std::map<std::optional<Letter>, std::int64_t> by_letter;
};

}  // namespace

Status add_clients(Report& report, const ViewSnapshot& snapshot, const BusinessZone& zone) {
  const ManagerId& manager = report.manager.manager_id;
  const Date day =
      std::clamp(zone.local_day(report.known_at), report.month, last_of_month(report.month));
  const AsOf as_of{day, report.known_at};
  LEDGER_TRY(auto responsibility, Responsibility::read(snapshot, day, day, report.known_at, zone));
  LEDGER_TRY(const auto clients, obligations::clients_of(snapshot, {manager}, report.known_at));
  LEDGER_TRY(auto house, client_class::House::read(snapshot, as_of));
  Counts counts;
  for (const auto& id : clients) {
    LEDGER_TRY(const auto card, client_card::card(snapshot, id, as_of));
    if (!card) continue;
    LEDGER_TRY(const auto answering, responsibility.of_client(*card, day, std::nullopt));
    if (answering.owner != manager) continue;
    if (answering.manager != manager) ++counts.stood_in;
    LEDGER_TRY(const auto found, house.class_of(*card));
    ++counts.base;
    ++counts.by_letter[found.judged.letter];
    if (client_card::completeness(*card, day).stale) ++counts.stale;
    LEDGER_TRY(const bool spoken,
               obligations::spoke_since(snapshot, card->client, as_of, report.month));
    if (spoken) ++counts.contacted;
  }
  const auto line = [&](std::string_view id, std::int64_t value, std::string_view duty) {
    report.lines.push_back({Section::kClients, std::string(id), value, "", duty});
  };
  line("clients.base", counts.base, "database.kept");
  if (counts.stood_in > 0) line("clients.stood_in", counts.stood_in, "absence.covered");
  line("clients.stale", counts.stale, "clients.reviewed");
  line("clients.contacted", counts.contacted, "contacts.regular");
  if (counts.base > 0) {
    report.lines.push_back({Section::kClients, "clients.contacted_share",
                            100 * counts.contacted / counts.base, "%", "contacts.regular"});
  }
  line("clients.class_a", counts.by_letter[Letter::kA], "clients.value");
  line("clients.class_b", counts.by_letter[Letter::kB], "clients.value");
  line("clients.class_c", counts.by_letter[Letter::kC], "clients.value");
  line("clients.class_none", counts.by_letter[std::nullopt], "clients.value");
  return {};
}

}  // namespace ledger::monthly_report
