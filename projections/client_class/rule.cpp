#include "projections/client_class/rule.h"

#include <algorithm>
#include <functional>

#include "events/money.h"

namespace ledger::client_class {

namespace {

// So many hundredths of an amount that is not negative, rounded up; without leaving int64.
std::int64_t hundredths(std::int64_t amount, std::int64_t percent) {
  return amount / 100 * percent + (amount % 100 * percent + 99) / 100;
}

Letter one_up(Letter letter) { return letter == Letter::kC ? Letter::kB : Letter::kA; }

}  // namespace

Result<Turnovers> Turnovers::of(std::vector<std::int64_t> paid) {
  Turnovers all;
  all.paid_ = std::move(paid);
  std::erase_if(all.paid_, [](std::int64_t amount) { return amount <= 0; });
  std::sort(all.paid_.begin(), all.paid_.end(), std::greater<>());
  all.sums_.reserve(all.paid_.size() + 1);
  all.sums_.push_back(0);
  for (const auto amount : all.paid_) {
    LEDGER_TRY(all.total_, add_checked(all.total_, amount));
    all.sums_.push_back(all.total_);
  }
  return all;
}

std::int64_t Turnovers::above(std::int64_t amount) const {
  const auto first = std::lower_bound(paid_.begin(), paid_.end(), amount, std::greater<>());
  return sums_.empty() ? 0 : sums_[static_cast<std::size_t>(first - paid_.begin())];
}

Letter Turnovers::letter_of(std::int64_t amount) const {
  const std::int64_t before = above(amount);
  if (before < hundredths(total_, kAPercent)) return Letter::kA;
  return before < hundredths(total_, kBPercent) ? Letter::kB : Letter::kC;
}

Judged judge(const Turnovers& all, std::int64_t paid, std::optional<std::int64_t> potential) {
  Judged judged;
  if (paid > 0) judged.by_turnover = all.letter_of(paid);
  if (potential && *potential > 0) judged.by_potential = all.letter_of(*potential);
  judged.letter = judged.by_turnover;
  if (!judged.by_potential) return judged;
  const Letter begins = judged.by_turnover.value_or(Letter::kC);
  const bool higher = *judged.by_potential < begins;
  judged.letter = higher ? one_up(begins) : begins;
  judged.lifted = higher || !judged.by_turnover;
  return judged;
}

}  // namespace ledger::client_class
