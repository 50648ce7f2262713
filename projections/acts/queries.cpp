#include "projections/acts/queries.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "platform/limits.h"
#include "projections/directory/one_client.h"
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

// Whose an act is: the client's of the draft that was recorded first. What another client's event
// says of it is about no act of theirs.
class Parties {
 public:
  Parties(const ViewSnapshot& snapshot, const AsOf& as_of) : snapshot_(snapshot), as_of_(as_of) {}

  Status find(const std::vector<Told<ReconciliationDrafted>>& drafted) {
    const auto first =
        std::min_element(drafted.begin(), drafted.end(), [](const auto& left, const auto& right) {
          return std::tie(left.known.recorded, left.position) <
                 std::tie(right.known.recorded, right.position);
        });
    LEDGER_TRY(client_, survivor_of(first->data.client_id));
    return {};
  }

  template <class E>
  Status drop_strangers(std::vector<Told<E>>& steps) const {
    std::vector<Told<E>> ours;
    for (auto& step : steps) {
      LEDGER_TRY(const auto client, survivor_of(step.data.client_id));
      if (client == client_) ours.push_back(std::move(step));
    }
    steps = std::move(ours);
    return {};
  }

 private:
  [[nodiscard]] Result<std::string> survivor_of(const ClientId& client) const {
    return directory::survivor_of(snapshot_, client.text(), as_of_.known_at);
  }

  const ViewSnapshot& snapshot_;
  const AsOf& as_of_;
  std::string client_;
};

// Nobody agrees to a balance before its day: of the issue that there was when he signed.
bool is_too_early(const Told<ReconciliationSigned>& step,
                  const std::vector<Told<ReconciliationDrafted>>& drafted) {
  const Told<ReconciliationDrafted>* issue = &drafted.front();
  for (const auto& draft : drafted) {
    if (moment(draft) < moment(step)) issue = &draft;
  }
  return step.data.signed_on < issue->data.to;
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
  Parties parties(snapshot, as_of);
  LEDGER_CHECK(parties.find(standing.drafted));
  LEDGER_CHECK(parties.drop_strangers(standing.drafted));
  standing.sent = visible(std::move(row->sent), as_of);
  standing.confirmed = visible(std::move(row->confirmed), as_of);
  standing.disagreed = visible(std::move(row->disagreed), as_of);
  standing.signed_by_both = visible(std::move(row->signed_by_both), as_of);
  LEDGER_CHECK(parties.drop_strangers(standing.sent));
  LEDGER_CHECK(parties.drop_strangers(standing.confirmed));
  LEDGER_CHECK(parties.drop_strangers(standing.disagreed));
  LEDGER_CHECK(parties.drop_strangers(standing.signed_by_both));
  std::erase_if(standing.signed_by_both,
                [&](const auto& step) { return is_too_early(step, standing.drafted); });
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
    if (!act) continue;
    // An act of that id may be another client's.
    const auto& owner = act->issue().data.client_id.text();
    if (std::find(cards.begin(), cards.end(), owner) == cards.end()) continue;
    // The last issue may be of another period.
    if (act->issue().data.to < from || act->issue().data.to > to) continue;
    acts.push_back(*std::move(act));
  }
  std::sort(acts.begin(), acts.end(), [](const Standing& left, const Standing& right) {
    return std::tie(left.issue().data.to, left.issue().data.act_id) <
           std::tie(right.issue().data.to, right.issue().data.act_id);
  });
  return acts;
}

}  // namespace ledger::acts
