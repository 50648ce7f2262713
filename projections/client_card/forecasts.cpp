#include <algorithm>

#include "projections/client_card/standing.h"

namespace ledger::client_card {

namespace {

// What part of the money that falls due a class is expected to pay in time (ours), per cent.
constexpr std::int64_t kPaysInTime = 90;  // A, at least
constexpr std::int64_t kPaysMostly = 70;  // B, at least
constexpr std::int64_t kPaysPartly = 40;  // C, at least; D is expected to pay less

// The hundredths that were paid in time of what fell due and is not contested: in the currency in
// which least was. Money of different currencies is never added up (domain-semantics.md 4b).
std::optional<std::int64_t> paid_percent(const std::map<std::string, receivables::Statement>& books,
                                         Date from, Date to) {
  std::optional<std::int64_t> worst;
  for (const auto& [code, book] : books) {
    long double due = 0;
    long double in_time = 0;
    for (const auto& item : book.items) {
      if (item.due.on < from || item.due.on > to) continue;
      due += static_cast<long double>(item.charged_minor - item.disputed_minor);
      in_time += static_cast<long double>(item.paid_in_time_minor);
    }
    if (due <= 0) continue;
    const auto percent = static_cast<std::int64_t>(100 * in_time / due);
    worst = std::min(worst.value_or(percent), percent);
  }
  return worst;
}

bool held(ReliabilityGrade grade, std::int64_t percent) {
  switch (grade) {
    case ReliabilityGrade::kA:
      return percent >= kPaysInTime;
    case ReliabilityGrade::kB:
      return percent >= kPaysMostly;
    case ReliabilityGrade::kC:
      return percent >= kPaysPartly;
    case ReliabilityGrade::kD:
      return percent < kPaysPartly;
  }
  return false;
}

}  // namespace

Forecasts judge_forecasts(const Card& card, Date day,
                          const std::map<std::string, receivables::Statement>& books) {
  Forecasts result;
  const auto& all = card.facts.reliability;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::optional<Date> last = all[i].data.valid_to;
    if (i + 1 < all.size()) {
      const Date replaced = add_days(all[i + 1].day, -1);
      last = last ? std::min(*last, replaced) : replaced;
    }
    if (!last || *last >= day) continue;
    const auto paid = paid_percent(books, all[i].day, *last);
    if (!paid) continue;
    const auto& said = all[i].data;
    result.each.push_back({said.manager_id, said.grade, *last, held(said.grade, *paid)});
    ++result.judged;
    if (result.each.back().held) ++result.held;
  }
  return result;
}

}  // namespace ledger::client_card
