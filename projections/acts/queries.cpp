#include "projections/acts/queries.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "platform/limits.h"
#include "projections/store/view_batch.h"

namespace ledger::acts {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

template <class E>
Date day_of(const Told<E>& step) {
  if constexpr (requires { step.data.sent_on; }) {
    return step.data.sent_on;
  } else if constexpr (requires { step.data.confirmed_on; }) {
    return step.data.confirmed_on;
  } else if constexpr (requires { step.data.signed_on; }) {
    return step.data.signed_on;
  } else {
    return step.day;
  }
}

template <class E>
auto moment(const Told<E>& step) {
  return std::tie(step.time, step.position);
}

template <class E>
std::vector<Told<E>> visible(std::vector<Told<E>> steps, const AsOf& as_of) {
  std::erase_if(steps, [&](const auto& step) { return !as_of.sees(step.known, day_of(step)); });
  std::sort(steps.begin(), steps.end(),
            [](const auto& left, const auto& right) { return moment(left) < moment(right); });
  return steps;
}

}  // namespace

State Standing::state() const {
  const auto issued = moment(issue());
  const auto answers = [&](const auto& steps) {
    return !steps.empty() && moment(steps.back()) > issued;
  };
  if (answers(signed_by_both)) return State::kSigned;
  const bool agrees = answers(confirmed);
  const bool differs = answers(disagreed);
  if (agrees && differs) {
    return moment(confirmed.back()) > moment(disagreed.back()) ? State::kConfirmed
                                                               : State::kDisagreed;
  }
  if (agrees) return State::kConfirmed;
  if (differs) return State::kDisagreed;
  if (answers(sent)) return State::kSent;
  return drafted.size() > 1 ? State::kReissued : State::kDrafted;
}

Result<std::optional<Standing>> standing(const ViewSnapshot& snapshot, std::string_view act_id,
                                         const AsOf& as_of) {
  LEDGER_TRY(auto row, read_row<ActRow>(snapshot, family(), act_id));
  if (!row) return std::nullopt;
  Standing standing;
  standing.drafted = visible(std::move(row->drafted), as_of);
  if (standing.drafted.empty()) return std::nullopt;
  standing.sent = visible(std::move(row->sent), as_of);
  standing.confirmed = visible(std::move(row->confirmed), as_of);
  standing.disagreed = visible(std::move(row->disagreed), as_of);
  standing.signed_by_both = visible(std::move(row->signed_by_both), as_of);
  return standing;
}

Result<bool> is_taken(const ViewSnapshot& snapshot, std::string_view act_id) {
  LEDGER_TRY(const auto row, read_row<ActRow>(snapshot, family(), act_id));
  return row.has_value();
}

Result<std::vector<Standing>> acts_of(const ViewSnapshot& snapshot,
                                      const std::vector<std::string>& cards, const AsOf& as_of) {
  constexpr Date kEarliest{std::chrono::year(limits::kEarliestYear) / 1 / 1};
  constexpr Date kLatest{std::chrono::year(limits::kLatestYear) / 12 / 31};
  return acts_of(snapshot, cards, kEarliest, kLatest, as_of);
}

Result<std::vector<Standing>> acts_of(const ViewSnapshot& snapshot,
                                      const std::vector<std::string>& cards, Date from, Date to,
                                      const AsOf& as_of) {
  std::set<std::string> ids;
  for (const auto& card : cards) {
    LEDGER_TRY(const auto row, read_row<ClientActsRow>(snapshot, family(), card));
    if (!row) continue;
    for (const auto& listed : row->acts) {
      if (listed.to >= from && listed.to <= to) ids.insert(listed.act_id.text());
    }
  }
  std::vector<Standing> acts;
  for (const auto& id : ids) {
    LEDGER_TRY(auto act, standing(snapshot, id, as_of));
    // The last issue may be of another period.
    if (!act || act->issue().data.to < from || act->issue().data.to > to) continue;
    acts.push_back(*std::move(act));
  }
  std::sort(acts.begin(), acts.end(), [](const Standing& left, const Standing& right) {
    return std::tie(left.issue().data.to, left.issue().data.act_id) <
           std::tie(right.issue().data.to, right.issue().data.act_id);
  });
  return acts;
}

}  // namespace ledger::acts
