#include "projections/monthly_report/corrections.h"

#include <algorithm>

#include "platform/calendar_month.h"
#include "projections/monthly_report/changes.h"
#include "projections/reports/queries.h"

namespace ledger::monthly_report {

namespace {

using reports::Progress;
using reports::Standing;

// As far back as an attestation looks.
constexpr int kMonthsBack = 6;

// The reports of the months before, the latest first.
Result<std::vector<Standing>> earlier_reports(const Report& report, const ViewSnapshot& snapshot) {
  std::vector<Standing> found;
  for (int back = 1; back <= kMonthsBack; ++back) {
    LEDGER_TRY(auto standing, reports::standing(snapshot, report.manager.manager_id.text(),
                                                month_start(report.month, -back), report.known_at));
    found.push_back(std::move(standing));
  }
  return found;
}

// By which knowledge the figures of an accepted report were told last: its own, or that of a later
// report, which told what had changed by then; nullopt: not accepted, or by no known instant.
std::optional<Timestamp> told_last(const std::vector<Standing>& all, std::size_t which) {
  const Standing& accepted = all[which];
  if (accepted.progress() != Progress::kAccepted) return std::nullopt;
  auto told = accepted.submitted.back().data.known_at;
  if (!told) return std::nullopt;
  const Timestamp since = accepted.accepted.back().known.recorded;
  for (std::size_t later = 0; later < which; ++later) {
    for (const auto& hand_in : all[later].submitted) {
      const auto& known_at = hand_in.data.known_at;
      if (known_at && *known_at >= since) told = std::max(*told, *known_at);
    }
  }
  return told;
}

// nullopt where he was not employed in that month by that knowledge.
Result<std::optional<Report>> if_employed(Result<Report> report) {
  if (report) return std::optional(*std::move(report));
  if (report.error().code == ErrorCode::kNotFound) return std::nullopt;
  return tl::unexpected(std::move(report).error());
}

}  // namespace

Result<std::vector<Correction>> corrections_of(const ViewSnapshot& snapshot, const Report& then,
                                               const Report& now, const BusinessZone& zone) {
  std::vector<Correction> found;
  Changes changes(snapshot, now.manager, now.month, then.known_at, now.known_at, zone);
  for (const auto& difference : differences(then, now)) {
    Correction one{now.month, difference.id, difference.unit, difference.then, difference.now, {}};
    LEDGER_TRY(one.events, changes.behind(difference.id));
    found.push_back(std::move(one));
  }
  return found;
}

Status add_corrections(Report& report, const ViewSnapshot& snapshot, const BusinessZone& zone) {
  const ManagerId& mine = report.manager.manager_id;
  LEDGER_TRY(const auto earlier, earlier_reports(report, snapshot));
  for (std::size_t i = earlier.size(); i-- > 0;) {
    const auto told = told_last(earlier, i);
    if (!told || *told >= report.known_at) continue;
    const Date month = month_start(report.month, -static_cast<int>(i) - 1);
    LEDGER_TRY(const auto then, if_employed(figures(snapshot, mine, month, *told, zone)));
    LEDGER_TRY(const auto now, if_employed(figures(snapshot, mine, month, report.known_at, zone)));
    if (!then || !now) continue;
    LEDGER_TRY(auto found, corrections_of(snapshot, *then, *now, zone));
    std::move(found.begin(), found.end(), std::back_inserter(report.corrections));
  }
  report.lines.push_back({Section::kCorrections, "corrections.figures",
                          static_cast<std::int64_t>(report.corrections.size()), "",
                          "reporting.completeness"});
  return {};
}

}  // namespace ledger::monthly_report
