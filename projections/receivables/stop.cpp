#include "projections/receivables/stop.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "projections/receivables/credit_control.h"

namespace ledger::receivables {

namespace {

constexpr auto kUnlimited = std::numeric_limits<std::int64_t>::max();

// The last contribution by business date that can be seen.
template <class E, class Day>
const Said<E>* last_of(const std::vector<Said<E>>& all, const AsOf& as_of, Day day) {
  const Said<E>* last = nullptr;
  for (const auto& said : all) {
    if (!as_of.sees(said.known, day(said.data))) continue;
    if (last == nullptr ||
        std::pair(day(last->data), last->position) < std::pair(day(said.data), said.position)) {
      last = &said;
    }
  }
  return last;
}

// An order that was placed again holds as it was placed last.
bool is_open(const AccountRow& account, const Said<OrderPlaced>& placed, const AsOf& as_of) {
  if (!as_of.sees(placed.known, placed.data.placed_on) || placed.data.prepaid) return false;
  const bool replaced =
      std::any_of(account.orders.begin(), account.orders.end(), [&](const auto& other) {
        return other.data.order_id == placed.data.order_id && said_before(placed, other) &&
               as_of.sees(other.known, other.data.placed_on);
      });
  const bool closed = std::any_of(
      account.orders_closed.begin(), account.orders_closed.end(), [&](const auto& other) {
        return other.data.order_id == placed.data.order_id && said_before(placed, other) &&
               as_of.sees(other.known, other.data.closed_on);
      });
  return !replaced && !closed;
}

void set_limits(std::map<std::string, Exposure>& by_currency, const AccountRow& account,
                const AsOf& as_of) {
  std::map<Currency, const Said<CreditLimitSet>*> last;
  for (const auto& said : account.limits) {
    if (!as_of.sees(said.known, said.data.effective_from)) continue;
    auto& standing = last[said.data.amount.currency];
    if (standing == nullptr || std::tie(standing->data.effective_from, standing->position) <
                                   std::tie(said.data.effective_from, said.position)) {
      standing = &said;
    }
  }
  for (const auto& [currency, said] : last) {
    by_currency[currency.text()].limit_minor = said->data.amount.amount_minor;
  }
}

}  // namespace

Result<std::map<std::string, Exposure>> exposures(const AccountRow& account,
                                                  const std::map<std::string, Statement>& books,
                                                  const AsOf& as_of) {
  std::map<std::string, Exposure> by_currency;
  for (const auto& [code, book] : books) by_currency[code].exposure_minor = book.balance_minor;
  for (const auto& placed : account.orders) {
    if (!is_open(account, placed, as_of)) continue;
    auto& exposure = by_currency[placed.data.amount.currency.text()];
    const std::int64_t amount = placed.data.amount.amount_minor;
    LEDGER_TRY(exposure.orders_minor, add_checked(exposure.orders_minor, amount));
    LEDGER_TRY(exposure.exposure_minor, add_checked(exposure.exposure_minor, amount));
  }
  set_limits(by_currency, account, as_of);
  return by_currency;
}

ShipmentStop shipment_stop(const AccountRow& account, const std::map<std::string, Statement>& books,
                           const std::map<std::string, Exposure>& exposures, const AsOf& as_of) {
  ShipmentStop stop;
  const auto* stopped = last_of(account.stops, as_of, [](const auto& e) { return e.stopped_on; });
  const auto* released =
      last_of(account.releases, as_of, [](const auto& e) { return e.released_on; });
  if (stopped != nullptr && released != nullptr &&
      std::pair(released->data.released_on, released->position) <
          std::pair(stopped->data.stopped_on, stopped->position)) {
    released = nullptr;
  }
  const bool for_good = released != nullptr && !released->data.until;
  if (stopped != nullptr && !for_good) stop.reasons.push_back(stopped->data.reason);
  if (released != nullptr && released->data.until && as_of.day <= *released->data.until) {
    stop.released_until = released->data.until;
  }
  bool over_limit = false;
  for (const auto& [code, exposure] : exposures) {
    over_limit = over_limit || exposure.exposure_minor > exposure.limit_minor.value_or(kUnlimited);
  }
  bool overdue = false;
  bool claimed = false;
  for (const auto& [code, book] : books) {
    for (const auto& item : book.items) {
      if (item.open_minor == item.disputed_minor) continue;
      overdue = overdue || item.days_past_due >= kStopDaysPastDue;
      claimed = claimed || level_sent(account, item.invoice.invoice_id, as_of) >= kStopDunningLevel;
    }
  }
  if (over_limit) stop.reasons.emplace_back("limit");
  if (overdue) stop.reasons.emplace_back("overdue");
  if (claimed) stop.reasons.emplace_back("claim");
  return stop;
}

}  // namespace ledger::receivables
