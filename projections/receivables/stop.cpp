#include "projections/receivables/stop.h"

#include <algorithm>
#include <limits>
#include <set>
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
bool is_last(const AccountRow& account, const Said<OrderPlaced>& placed, const AsOf& as_of) {
  return as_of.sees(placed.known, placed.data.placed_on) &&
         std::none_of(account.orders.begin(), account.orders.end(), [&](const auto& other) {
           return other.data.order_id == placed.data.order_id && said_before(placed, other) &&
                  as_of.sees(other.known, other.data.placed_on);
         });
}

bool is_closed(const AccountRow& account, const Said<OrderPlaced>& placed, const AsOf& as_of) {
  return std::any_of(
      account.orders_closed.begin(), account.orders_closed.end(), [&](const auto& other) {
        return other.data.order_id == placed.data.order_id && said_before(placed, other) &&
               as_of.sees(other.known, other.data.closed_on);
      });
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

// What was shipped and what was invoiced of each order and of each delivery without one, and what
// invoices name neither; one currency.
struct Trade {
  struct Part {
    std::int64_t shipped = 0;
    std::int64_t invoiced = 0;
  };
  std::map<std::string, Part> orders;
  std::map<std::string, Part> deliveries;
  std::int64_t unnamed = 0;
};
using Trades = std::map<std::string, Trade>;

Status raise(std::int64_t& sum, std::int64_t amount) {
  LEDGER_TRY(sum, add_checked(sum, amount));
  return {};
}

Result<Trades> trades(const AccountRow& account, const AsOf& as_of) {
  Trades all;
  std::map<std::string, std::string> order_of;  // by delivery
  for (const auto& said : account.deliveries) {
    const DeliveryMade& made = said.data;
    if (!as_of.sees(said.known, made.delivered_on)) continue;
    if (made.order_id) order_of[made.delivery_id.text()] = made.order_id->text();
    if (!made.amount) continue;
    Trade& trade = all[made.amount->currency.text()];
    auto& part = made.order_id ? trade.orders[made.order_id->text()]
                               : trade.deliveries[made.delivery_id.text()];
    LEDGER_CHECK(raise(part.shipped, made.amount->amount_minor));
  }
  std::set<std::string_view> told;  // the first of an id counts
  for (const auto& said : account.invoices) {
    const InvoiceIssued& invoice = said.data;
    if (!as_of.sees(said.known, invoice.issued_on) || invoice.charge) continue;
    const bool cancelled =
        std::any_of(account.cancelled.begin(), account.cancelled.end(), [&](const auto& other) {
          return other.data.invoice_id == invoice.invoice_id &&
                 as_of.sees(other.known, other.data.cancelled_on);
        });
    if (cancelled || !told.insert(invoice.invoice_id.text()).second) continue;
    Trade& trade = all[invoice.amount.currency.text()];
    std::int64_t* sum = &trade.unnamed;
    if (invoice.order_id) {
      sum = &trade.orders[invoice.order_id->text()].invoiced;
    } else if (invoice.delivery_id) {
      const auto order = order_of.find(invoice.delivery_id->text());
      sum = order == order_of.end() ? &trade.deliveries[invoice.delivery_id->text()].invoiced
                                    : &trade.orders[order->second].invoiced;
    }
    LEDGER_CHECK(raise(*sum, invoice.amount.amount_minor));
  }
  return all;
}

// Shipped and not invoiced.
Result<std::int64_t> not_invoiced(const Trade& trade) {
  std::int64_t sum = 0;
  std::int64_t of_nobody = 0;
  const auto add = [&](const Trade::Part& part) -> Status {
    const std::int64_t rest = std::max<std::int64_t>(part.shipped - part.invoiced, 0);
    return raise(part.invoiced == 0 ? of_nobody : sum, rest);
  };
  for (const auto& [id, part] : trade.orders) LEDGER_CHECK(add(part));
  for (const auto& [id, part] : trade.deliveries) LEDGER_CHECK(add(part));
  return add_checked(sum, std::max<std::int64_t>(of_nobody - trade.unnamed, 0));
}

}  // namespace

Result<std::map<std::string, Exposure>> exposures(const AccountRow& account,
                                                  const std::map<std::string, Statement>& books,
                                                  const AsOf& as_of) {
  std::map<std::string, Exposure> by_currency;
  for (const auto& [code, book] : books) by_currency[code].exposure_minor = book.balance_minor;
  LEDGER_TRY(auto traded, trades(account, as_of));
  for (const auto& [code, trade] : traded) {
    LEDGER_TRY(const std::int64_t shipped, not_invoiced(trade));
    if (shipped == 0) continue;
    auto& exposure = by_currency[code];
    exposure.shipped_minor = shipped;
    LEDGER_CHECK(raise(exposure.exposure_minor, shipped));
  }
  for (const auto& placed : account.orders) {
    const OrderPlaced& order = placed.data;
    if (order.prepaid || !is_last(account, placed, as_of) || is_closed(account, placed, as_of)) {
      continue;
    }
    const auto& part = traded[order.amount.currency.text()].orders[order.order_id.text()];
    const std::int64_t gone = std::max(part.shipped, part.invoiced);
    const std::int64_t open = std::max<std::int64_t>(order.amount.amount_minor - gone, 0);
    auto& exposure = by_currency[order.amount.currency.text()];
    LEDGER_CHECK(raise(exposure.orders_minor, open));
    LEDGER_CHECK(raise(exposure.exposure_minor, open));
  }
  set_limits(by_currency, account, as_of);
  return by_currency;
}

ShipmentStop shipment_stop(const AccountRow& account, const std::map<std::string, Statement>& books,
                           const std::map<std::string, Exposure>& exposures, const AsOf& as_of) {
  const StopRule rule = stop_rule(account.rules, as_of);
  ShipmentStop stop;
  stop.rule_version = rule.version;
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
    if (book.balance_minor <= 0) continue;  // nothing is owed once his money is allocated
    for (const auto& item : book.items) {
      if (item.open_minor == item.disputed_minor) continue;
      overdue = overdue || days_after_grace(item) >= rule.stop_days_past_due;
      claimed = claimed || level_sent(account, item, as_of) >= rule.stop_level;
    }
  }
  if (over_limit) stop.reasons.emplace_back("limit");
  if (overdue) stop.reasons.emplace_back("overdue");
  if (claimed) stop.reasons.emplace_back("claim");
  return stop;
}

Result<OrderCheck> check_order(const AccountRow& account, const OrderPlaced& order,
                               const AsOf& as_of) {
  AccountRow with = account;
  std::erase_if(with.orders,
                [&](const auto& said) { return said.data.order_id == order.order_id; });
  std::erase_if(with.orders_closed,
                [&](const auto& said) { return said.data.order_id == order.order_id; });
  with.orders.push_back({{}, {}, order});
  with.orders.back().data.placed_on = as_of.day;
  LEDGER_TRY(const auto books, statements(with, as_of));
  LEDGER_TRY(auto exposed, exposures(with, books, as_of));
  OrderCheck check{order, exposed[order.amount.currency.text()], {}};
  check.stop = shipment_stop(with, books, exposed, as_of);
  return check;
}

Result<std::vector<OrderCheck>> checked_orders(const AccountRow& account, const AsOf& as_of) {
  std::vector<OrderCheck> checks;
  for (const auto& placed : account.orders) {
    if (!is_last(account, placed, as_of) || is_closed(account, placed, as_of)) continue;
    LEDGER_TRY(auto check,
               check_order(account, placed.data, {placed.data.placed_on, placed.known.recorded}));
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace ledger::receivables
