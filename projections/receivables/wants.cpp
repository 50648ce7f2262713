#include "projections/receivables/wants.h"

namespace ledger::receivables {

Wants::Wants(const std::vector<Movement>& movements) {
  for (const auto& movement : movements) {
    if (const auto* refund = std::get_if<const Said<PaymentRefunded>*>(&movement.entry)) {
      refunds_ahead_.push_back({*refund, movement.said});
    }
  }
}

void Wants::add(const Want& want) {
  const auto later =
      std::upper_bound(waiting_.begin(), waiting_.end(), want.said,
                       [](const SaidAt& mine, const Want& other) { return mine < other.said; });
  waiting_.insert(later, want);
}

void Wants::drop_served() {
  std::erase_if(waiting_, [](const Want& want) { return want.rest.amount_minor == 0; });
}

void Wants::refund_due(const Said<PaymentRefunded>& refund) {
  std::erase_if(refunds_ahead_, [&](const Ahead& ahead) { return ahead.refund == &refund; });
}

std::int64_t Wants::spoken_for(const Want& want) const {
  std::int64_t sum = 0;
  for (const auto& [refund, said] : refunds_ahead_) {
    if (said < want.said && payment_of(refund->data) == want.credit &&
        refund->data.amount.currency == want.rest.currency) {
      sum += refund->data.amount.amount_minor;
    }
  }
  return sum;
}

}  // namespace ledger::receivables
