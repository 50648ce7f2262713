#pragma once

#include <string>
#include <string_view>

#include "events/money.h"

namespace ledger {

// An account in one of its currencies, as the ids of its payments begin: many a bank keeps several
// currencies under one IBAN, and numbers the bookings of each by itself. "UA21…" of the house's own
// currency, else "UA21…/USD".
[[nodiscard]] inline std::string account_in(std::string_view account, const Currency& currency) {
  std::string text(account);
  if (currency != Currency()) text += "/" + std::string(currency.text());
  return text;
}

}  // namespace ledger
