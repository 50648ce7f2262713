#include "projections/rule_decisions/queries.h"

#include <algorithm>

#include "projections/store/view_batch.h"

namespace ledger::rule_decisions {

namespace {

const Decision* told_by(const DecisionRow& row, const Wanted& wanted) {
  const auto& [day, known_at] = wanted.as_of;
  const auto at = std::find_if(row.told.rbegin(), row.told.rend(), [&](const Decision& one) {
    return one.day <= day && (!known_at || one.known.recorded <= *known_at);
  });
  if (at == row.told.rend()) return nullptr;
  return wanted.kind && at->kind != *wanted.kind ? nullptr : &*at;
}

}  // namespace

Result<Page> decisions(const ViewSnapshot& snapshot, std::string_view from, const Wanted& wanted) {
  static const std::string family = family_of(kName, kVersion);
  Page page;
  Status failure;
  LEDGER_CHECK(scan_rows<DecisionRow>(snapshot, family, "", from,
                                      [&](std::string_view key, const DecisionRow& row) {
                                        const Decision* decision = told_by(row, wanted);
                                        if (decision == nullptr) return true;
                                        if (wanted.shows) {
                                          const auto shown = wanted.shows(*decision);
                                          if (!shown) failure = tl::unexpected(shown.error());
                                          if (!failure) return false;
                                          if (!*shown) return true;
                                        }
                                        if (page.decisions.size() == wanted.limit) {
                                          page.next = key;
                                          return false;
                                        }
                                        page.decisions.push_back(*decision);
                                        return true;
                                      }));
  LEDGER_CHECK(failure);
  return page;
}

}  // namespace ledger::rule_decisions
