#include "projections/correction_proposals/queries.h"

#include <algorithm>
#include <tuple>

#include "projections/store/view_batch.h"

namespace ledger::correction_proposals {

Result<std::vector<Proposal>> proposals(const ViewSnapshot& snapshot, const AsOf& as_of) {
  static const std::string family = family_of(kName, kVersion);
  std::vector<Proposal> found;
  Status failure;
  LEDGER_CHECK(scan_rows<ProposalRow>(
      snapshot, family, "", "", [&](std::string_view key, const ProposalRow& row) {
        if (!as_of.sees(row.known, row.day)) return true;
        Proposal one{row.source, row.id, row.position, row.known.recorded, row.day, {}, {}};
        auto steps = read_row<StepsRow>(snapshot, family, key);
        if (!steps) {
          failure = tl::unexpected(std::move(steps).error());
          return false;
        }
        for (const auto& step : *steps ? (*steps)->steps : std::vector<StepsRow::Step>()) {
          auto& place = step.followed ? one.followed : one.withdrawn;
          if (!place && step.known.at(as_of.known_at)) place = step;
        }
        found.push_back(std::move(one));
        return true;
      }));
  LEDGER_CHECK(std::move(failure));
  std::sort(found.begin(), found.end(), [](const Proposal& left, const Proposal& right) {
    return std::tie(left.recorded, left.position) < std::tie(right.recorded, right.position);
  });
  return found;
}

}  // namespace ledger::correction_proposals
