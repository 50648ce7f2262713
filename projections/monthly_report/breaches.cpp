#include "projections/monthly_report/breaches.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "platform/calendar_month.h"
#include "projections/breaches/segments.h"
#include "projections/obligations/book.h"
#include "projections/offer_checks/queries.h"
#include "projections/signing_authority/queries.h"

namespace ledger::monthly_report {

namespace {

using breaches::Severity;

constexpr std::string_view kExplained = "breaches.explained";
constexpr std::string_view kSegments = "segments.separation";
constexpr std::string_view kAuthority = "contracts.authority";

Status add_recorded(Report& report, const ViewSnapshot& snapshot, const BusinessZone& zone) {
  // He may explain after the month is over: by all that is known.
  const AsOf as_of{zone.local_day(report.known_at), report.known_at};
  LEDGER_TRY(const auto cases, obligations::cases_of_manager<obligations::BreachRow>(
                                   snapshot, report.manager.manager_id, as_of));
  for (const auto& [id, row] : cases) {
    const auto& told = row.asked.back().data;
    if (first_of_month(told.happened_on) != report.month) continue;
    Breach breach{id, told.duty_id, told.happened_on, told.text, {}, {}};
    for (const auto& given : row.done) breach.explanations.push_back(given.data.text);
    if (!row.closed.empty()) breach.decision = row.closed.back().data.decision;
    report.breaches.push_back(std::move(breach));
  }
  std::sort(report.breaches.begin(), report.breaches.end(), [](const auto& a, const auto& b) {
    return std::tie(a.happened_on, a.breach_id) < std::tie(b.happened_on, b.breach_id);
  });
  return {};
}

Status add_found(Report& report, const ViewSnapshot& snapshot, const BusinessZone& zone) {
  const ManagerId& manager = report.manager.manager_id;
  const Date last =
      std::clamp(zone.local_day(report.known_at), report.month, last_of_month(report.month));
  auto& found = report.found_breaches;
  LEDGER_TRY(
      const auto segments,
      breaches::segment_breaches(snapshot, {manager, report.month, last, report.known_at}, zone));
  for (const auto& one : segments) {
    if (one.severity != Severity::kBreach) continue;
    found.push_back(
        {kSegments, one.since, one.client.client_id, "other_client_id", one.other.client_id, {}});
  }
  LEDGER_TRY(const auto contracts, signing_authority::breaches_of(
                                       snapshot, {report.month, last, manager, report.known_at}));
  for (const auto& one : contracts) {
    if (signing_authority::severity_of(one.excess) != Severity::kBreach) continue;
    found.push_back({kAuthority,
                     one.contract.signed_on,
                     one.client_id,
                     "contract_id",
                     one.contract.contract_id.text(),
                     {}});
  }
  LEDGER_TRY(const auto offers,
             offer_checks::checked_offers(
                 snapshot, {report.month, last, manager, std::nullopt, report.known_at}));
  for (const auto* one : offers.rows) {
    const auto& offer = one->offer;
    for (const auto& finding : one->findings) {
      if (finding.severity != Severity::kBreach) continue;
      found.push_back({offer_checks::duty_of(finding.check),
                       offer.day,
                       offer.client_id,
                       "offer",
                       offer.name,
                       {}});
    }
  }
  const auto key = [](const FoundBreach& one) {
    return std::tie(one.happened_on, one.duty_id, one.client_id, one.other);
  };
  std::sort(found.begin(), found.end(),
            [&](const auto& a, const auto& b) { return key(a) < key(b); });
  // A contract, or an offer, may break one duty in several ways.
  found.erase(std::unique(found.begin(), found.end(),
                          [&](const auto& a, const auto& b) { return key(a) == key(b); }),
              found.end());
  return {};
}

}  // namespace

Status add_breaches(Report& report, const ViewSnapshot& snapshot, const BusinessZone& zone) {
  LEDGER_CHECK(add_recorded(report, snapshot, zone));
  LEDGER_CHECK(add_found(report, snapshot, zone));
  std::map<std::pair<std::string_view, Date>, std::vector<std::string>> recorded;
  std::int64_t explained = 0;
  for (const auto& one : report.breaches) {
    recorded[{one.duty_id, one.happened_on}].push_back(one.breach_id);
    if (!one.explanations.empty()) ++explained;
  }
  for (auto& one : report.found_breaches) {
    const auto told = recorded.find({one.duty_id, one.happened_on});
    if (told != recorded.end()) one.breach_ids = told->second;
  }
  const auto line = [&](std::string_view id, std::int64_t value, std::string_view duty) {
    report.lines.push_back({Section::kBreaches, std::string(id), value, "", duty});
  };
  line("breaches.recorded", static_cast<std::int64_t>(report.breaches.size()), kExplained);
  line("breaches.explained", explained, kExplained);
  line("breaches.found", static_cast<std::int64_t>(report.found_breaches.size()), kExplained);
  return {};
}

}  // namespace ledger::monthly_report
