#include "projections/receivables/credit.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "projections/receivables/collection.h"

namespace ledger::receivables {

namespace {

// The last contribution by business date that the moment sees.
template <class E, class Day>
const Said<E>* last_of(const std::vector<Said<E>>& all, const Moment& moment, Day day) {
  const Said<E>* last = nullptr;
  for (const auto& said : all) {
    if (!moment.sees(said.known, day(said.data))) continue;
    if (last == nullptr ||
        std::pair(day(last->data), last->position) < std::pair(day(said.data), said.position)) {
      last = &said;
    }
  }
  return last;
}

// An order that was placed again holds as it was placed last.
bool is_open(const AccountRow& account, const Said<OrderPlaced>& placed, const Moment& moment) {
  if (!moment.sees(placed.known, placed.data.placed_on) || placed.data.prepaid) return false;
  const bool replaced =
      std::any_of(account.orders.begin(), account.orders.end(), [&](const auto& other) {
        return other.data.order_id == placed.data.order_id && placed.position < other.position &&
               moment.sees(other.known, other.data.placed_on);
      });
  const bool closed = std::any_of(
      account.orders_closed.begin(), account.orders_closed.end(), [&](const auto& other) {
        return other.data.order_id == placed.data.order_id && placed.position < other.position &&
               moment.sees(other.known, other.data.closed_on);
      });
  return !replaced && !closed;
}

void set_limits(std::map<Currency, Exposure>& by_currency, const AccountRow& account,
                const Moment& moment) {
  std::map<Currency, const Said<CreditLimitSet>*> last;
  for (const auto& said : account.limits) {
    if (!moment.sees(said.known, said.data.effective_from)) continue;
    auto& standing = last[said.data.amount.currency];
    if (standing == nullptr || std::tie(standing->data.effective_from, standing->position) <
                                   std::tie(said.data.effective_from, said.position)) {
      standing = &said;
    }
  }
  for (const auto& [currency, said] : last) {
    by_currency[currency].limit_minor = said->data.amount.amount_minor;
  }
}

}  // namespace

Result<std::vector<Exposure>> exposures(const AccountRow& account,
                                        const std::vector<Ageing>& ageings, const Moment& moment) {
  std::map<Currency, Exposure> by_currency;
  for (const auto& ageing : ageings) {
    by_currency[ageing.currency].exposure_minor = ageing.balance_minor;
  }
  for (const auto& placed : account.orders) {
    if (!is_open(account, placed, moment)) continue;
    auto& exposure = by_currency[placed.data.amount.currency];
    const std::int64_t amount = placed.data.amount.amount_minor;
    LEDGER_TRY(exposure.orders_minor, add_checked(exposure.orders_minor, amount));
    LEDGER_TRY(exposure.exposure_minor, add_checked(exposure.exposure_minor, amount));
  }
  set_limits(by_currency, account, moment);
  std::vector<Exposure> all;
  for (auto& [currency, exposure] : by_currency) {
    exposure.currency = currency;
    all.push_back(exposure);
  }
  return all;
}

ShipmentStop shipment_stop(const AccountRow& account, const std::vector<Ageing>& ageings,
                           const std::vector<Exposure>& exposures, const Moment& moment) {
  ShipmentStop stop;
  const auto* stopped = last_of(account.stops, moment, [](const auto& e) { return e.stopped_on; });
  const auto* released =
      last_of(account.releases, moment, [](const auto& e) { return e.released_on; });
  if (stopped != nullptr && released != nullptr &&
      std::pair(released->data.released_on, released->position) <
          std::pair(stopped->data.stopped_on, stopped->position)) {
    released = nullptr;
  }
  const bool for_good = released != nullptr && !released->data.until;
  if (stopped != nullptr && !for_good) stop.reasons.push_back(StopReason::kByHand);
  if (released != nullptr && released->data.until && moment.as_of <= *released->data.until) {
    stop.released_until = released->data.until;
  }
  bool over_limit = false;
  for (const auto& exposure : exposures) over_limit = over_limit || exposure.over_limit();
  bool overdue = false;
  bool claim_sent = false;
  for (const auto& ageing : ageings) {
    for (const auto& open : ageing.open_items) {
      if (open.undisputed_minor() == 0) continue;
      overdue = overdue || open.days_past_due > kStopDaysPastDue;
      claim_sent = claim_sent || level_sent(account, open.item.invoice_id, moment).value_or(-1) >=
                                     kStopDunningLevel;
    }
  }
  if (over_limit) stop.reasons.push_back(StopReason::kOverLimit);
  if (overdue) stop.reasons.push_back(StopReason::kOverdue);
  if (claim_sent) stop.reasons.push_back(StopReason::kClaimSent);
  return stop;
}

}  // namespace ledger::receivables
