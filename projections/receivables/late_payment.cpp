#include "projections/receivables/late_payment.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "platform/calendar_month.h"

namespace ledger::receivables {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t kIndexUnit = 10'000;
constexpr std::int64_t kProductUnit = 1'000'000'000'000;
constexpr std::int64_t kPenaltyYear = 10'000 * 365;  // hundredths of a per cent of a day
constexpr std::int64_t kPenaltyTimes = 2;
constexpr std::chrono::day kHalfMonth{15};

Result<std::int64_t> narrow(Wide value) {
  if (value > std::numeric_limits<std::int64_t>::max()) {
    return fail(ErrorCode::kOutOfRange, "what late payment costs does not fit");
  }
  return static_cast<std::int64_t>(value);
}

// Parts of a unit, summed up exactly and rounded once, half up. None is negative.
class Sum {
 public:
  explicit Sum(std::int64_t unit) : unit_(unit) {}
  [[nodiscard]] Status add(Wide parts) {
    LEDGER_TRY(const std::int64_t whole, narrow(parts / unit_));
    LEDGER_TRY(whole_, add_checked(whole_, whole));
    parts_ += static_cast<std::int64_t>(parts % unit_);
    return {};
  }
  [[nodiscard]] Result<std::int64_t> minor() const {
    return add_checked(whole_, (parts_ + unit_ / 2) / unit_);
  }

 private:
  std::int64_t unit_;
  std::int64_t whole_ = 0;
  std::int64_t parts_ = 0;
};

Date first_month(Date due_on) { return month_start(due_on, due_on.day() <= kHalfMonth ? 0 : 1); }

Date last_month(const Late& late) {
  return month_start(late.until, late.until.day() > kHalfMonth ? 0 : -1);
}

// From the month to the last, or to the first that is not known: the product up to each.
Result<std::map<Date, std::int64_t>> products(const std::map<Date, std::int64_t>& indices_e4,
                                              Date month, Date last) {
  std::map<Date, std::int64_t> found;
  std::int64_t product = kProductUnit;
  for (; month <= last; month = month_start(month, 1)) {
    const auto index = indices_e4.find(month);
    if (index == indices_e4.end()) break;
    const Wide next = static_cast<Wide>(product) * index->second + kIndexUnit / 2;
    LEDGER_TRY(product, narrow(next / kIndexUnit));
    found.emplace(month, product);
  }
  return found;
}

Result<std::optional<InflationLoss>> inflation_loss(const Item& item,
                                                    const std::map<Date, std::int64_t>& indices) {
  const Date first = first_month(item.due.on);
  Date last = month_start(first, -1);
  for (const auto& late : item.late) last = std::max(last, last_month(late));
  if (last < first) return InflationLoss{};
  LEDGER_TRY(const auto known, products(indices, first, last));
  if (known.empty()) return std::nullopt;
  Sum sum(kProductUnit);
  for (const auto& late : item.late) {
    const auto behind = known.upper_bound(last_month(late));
    if (behind == known.begin()) continue;
    const std::int64_t grown = std::prev(behind)->second - kProductUnit;
    if (grown > 0) LEDGER_CHECK(sum.add(static_cast<Wide>(late.amount_minor) * grown));
  }
  InflationLoss loss;
  LEDGER_TRY(loss.minor, sum.minor());
  loss.through = known.rbegin()->first;
  loss.whole = *loss.through == last;
  return loss;
}

// The rates of the days from the first to the last, summed up.
std::int64_t rate_days(const std::map<Date, std::int64_t>& rates_bp, Date first, Date last) {
  std::int64_t sum = 0;
  for (auto at = std::prev(rates_bp.upper_bound(first)); at != rates_bp.end() && at->first <= last;
       ++at) {
    const auto next = std::next(at);
    const Date from = std::max(at->first, first);
    const Date to = next == rates_bp.end() ? last : std::min(last, add_days(next->first, -1));
    sum += at->second * (days_between(from, to) + 1);
  }
  return sum;
}

Result<std::optional<std::int64_t>> penalty_max(const Item& item,
                                                const std::map<Date, std::int64_t>& rates_bp) {
  const Date first = add_days(item.due.on, 1);
  if (rates_bp.empty() || rates_bp.begin()->first > first) return std::nullopt;
  Sum sum(kPenaltyYear);
  for (const auto& late : item.late) {
    const Date last = add_days(item.due.on, days_late(item.due.on, late));
    const std::int64_t weight = kPenaltyTimes * rate_days(rates_bp, first, last);
    LEDGER_CHECK(sum.add(static_cast<Wide>(late.amount_minor) * weight));
  }
  LEDGER_TRY(const std::int64_t minor, sum.minor());
  return minor;
}

}  // namespace

Result<std::optional<LatePayment>> late_payment(const Item& item, const LateTables& tables) {
  if (item.late.empty() || item.invoice.amount.currency != Currency()) return std::nullopt;
  LatePayment found;
  LEDGER_TRY(found.inflation, inflation_loss(item, tables.price_indices_e4));
  LEDGER_TRY(found.penalty_max_minor, penalty_max(item, tables.key_rates_bp));
  return found;
}

}  // namespace ledger::receivables
