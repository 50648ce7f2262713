#include "consumers/query/overdue_counts.h"

#include <utility>

#include "projections/obligations/portfolio.h"
#include "projections/obligations/queries.h"

namespace ledger {

namespace {

using Counted = OverdueCounts::Counted;

Result<Counted> count(const QueryContext& context, const Query& query) {
  Counted counted{to_string(query.snapshot.position()), query.now, query.today, false, {}};
  LEDGER_TRY(const auto clients, obligations::all_clients(query.snapshot, std::nullopt));
  counted.few = clients.size() <= OverdueCounts::kFewClients;
  LEDGER_TRY(const auto owed,
             obligations::obligations(query.snapshot, {std::nullopt, {query.today, std::nullopt}},
                                      context.zone));
  for (const auto* row : owed.rows) {
    const auto& one = row->one;
    if (one.who.manager && one.state(query.today) == obligations::State::kOverdue) {
      ++counted.late[*one.who.manager];
    }
  }
  return counted;
}

bool is_exact(const Counted& counted, const Query& query) {
  return counted.day == query.today && counted.position == to_string(query.snapshot.position());
}

// Also where the clock went back.
bool may_be_kept(const Counted& counted, const Query& query) {
  return counted.day == query.today && !counted.few && query.now >= counted.at &&
         query.now - counted.at < OverdueCounts::kKept;
}

}  // namespace

std::shared_ptr<const Counted> OverdueCounts::kept() const {
  const std::lock_guard lock(guard_);
  return kept_;
}

Result<std::shared_ptr<const Counted>> OverdueCounts::today(const QueryContext& context,
                                                            const Query& query) {
  const auto serves = [&](const std::shared_ptr<const Counted>& counted) {
    return counted && (is_exact(*counted, query) || may_be_kept(*counted, query));
  };
  if (auto counted = kept(); serves(counted)) return counted;
  const std::lock_guard one(counting_);
  if (auto counted = kept(); serves(counted)) return counted;  // somebody else did meanwhile
  LEDGER_TRY(auto counted, count(context, query));
  auto made = std::make_shared<const Counted>(std::move(counted));
  const std::lock_guard lock(guard_);
  kept_ = made;
  return made;
}

}  // namespace ledger
