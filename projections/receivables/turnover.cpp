#include "projections/receivables/turnover.h"

#include <algorithm>

#include "projections/receivables/owners.h"

namespace ledger::receivables {

namespace {

template <class Account>
bool is_reversed(const Account& account, const Payment& payment, const AsOf& as_of) {
  return std::any_of(account.reversed.begin(), account.reversed.end(), [&](const auto& said) {
    return as_of.sees(said.known, std::max(said.data.reversed_on, payment.booked_on)) &&
           said.data.payment_source == payment.source && said.data.payment_id == payment.id;
  });
}

struct KnownPayment {
  const Payment* payment = nullptr;  // not null
  bool is_double = false;            // another event told it before
};

// All that are known by then.
template <class Account>
std::vector<KnownPayment> known_payments(const Account& account, const AsOf& as_of) {
  std::vector<KnownPayment> known;
  Bookings told;
  for (const auto& payment : account.payments) {
    if (!payment.known.at(as_of.known_at)) continue;
    bool is_double = false;
    if constexpr (requires { account.shared; }) {
      is_double = told_before(account, payment, as_of) != nullptr;
    }
    is_double = is_double || told.find_or_take(payment, 0);
    known.push_back({&payment, is_double});
  }
  return known;
}

template <class Account>
Result<PaidByCurrency> sum_up(const Account& account, Date from, Date to, const AsOf& as_of) {
  const auto counts = [&](const Known& known, Date on) {
    return from <= on && on <= to && as_of.sees(known, on);
  };
  PaidByCurrency paid;
  for (const auto& [payment, is_double] : known_payments(account, as_of)) {
    if (is_double || !counts(payment->known, payment->booked_on)) continue;
    if (is_reversed(account, *payment, as_of)) continue;
    auto& sum = paid[payment->amount.currency.text()];
    LEDGER_TRY(sum, add_checked(sum, payment->amount.amount_minor));
  }
  for (const auto& said : account.refunded) {
    if (!counts(said.known, said.data.refunded_on)) continue;
    auto& sum = paid[said.data.amount.currency.text()];
    LEDGER_TRY(sum, add_checked(sum, -said.data.amount.amount_minor));
  }
  return paid;
}

Date turnover_begins(const AsOf& as_of) { return add_days(as_of.day, 1 - kTurnoverDays); }

}  // namespace

Result<PaidByCurrency> paid_turnover(const AccountRow& account, const AsOf& as_of) {
  return sum_up(account, turnover_begins(as_of), as_of.day, as_of);
}

Result<PaidByCurrency> paid_turnover(const PaidHead& account, const AsOf& as_of) {
  return sum_up(account, turnover_begins(as_of), as_of.day, as_of);
}

Result<PaidByCurrency> paid_between(const AccountRow& account, Date from, Date to,
                                    const AsOf& as_of) {
  return sum_up(account, from, to, as_of);
}

std::set<Position> no_payments(const AccountRow& account, const AsOf& as_of) {
  std::set<Position> found;
  for (const auto& [payment, is_double] : known_payments(account, as_of)) {
    if (is_double || is_reversed(account, *payment, as_of)) found.insert(payment->position);
  }
  return found;
}

}  // namespace ledger::receivables
