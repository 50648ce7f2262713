#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "events/ids.h"
#include "events/money.h"
#include "platform/clock.h"

namespace ledger {

// A balance in one currency was settled in another by agreement: without this, currencies are never
// netted.
struct FxConverted {
  static constexpr std::string_view kName = "fx.converted";
  static constexpr int kVersion = 1;

  ClientId client_id;  // The client
  Money sold;          // What the client's credit is lowered by
  Money bought;        // What the client's debt is lowered by
  Date converted_on;   // The day
  std::string reason;  // Why, in words

  static void fields(auto&& field) {
    field("client_id", &FxConverted::client_id);
    field("sold", &FxConverted::sold);
    field("bought", &FxConverted::bought);
    field("converted_on", &FxConverted::converted_on);
    field("reason", &FxConverted::reason);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_positive(sold, "sold.amount_minor"));
    return check_positive(bought, "bought.amount_minor");
  }
  bool operator==(const FxConverted&) const = default;
};

// The National Bank's rate of a day: hryvnias for one unit.
struct FxRatePublished {
  static constexpr std::string_view kName = "fx_rate.published";
  static constexpr int kVersion = 1;

  Currency currency;         // Of the unit
  Date date;                 // The day
  std::int64_t rate_e6 = 0;  // Millionths of a hryvnia for one unit

  static void fields(auto&& field) {
    field("currency", &FxRatePublished::currency);
    field("date", &FxRatePublished::date);
    field("rate_e6", &FxRatePublished::rate_e6);
  }
  [[nodiscard]] Status validate() const { return check_at_least(rate_e6, 1, "rate_e6"); }
  bool operator==(const FxRatePublished&) const = default;
};

}  // namespace ledger
