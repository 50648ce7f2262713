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

// The consumer price index of a month (State Statistics Service), by which the inflation loss of
// late payment is reckoned. Said again of a month, it replaces what was said.
struct PriceIndexPublished {
  static constexpr std::string_view kName = "price_index.published";
  static constexpr int kVersion = 1;

  Date month;                 // First day of the month
  std::int64_t index_e4 = 0;  // To the month before, hundredths of a per cent: 100.9 % is 10090

  static void fields(auto&& field) {
    field("month", &PriceIndexPublished::month);
    field("index_e4", &PriceIndexPublished::index_e4);
  }
  [[nodiscard]] Status validate() const {
    LEDGER_CHECK(check_month(month, "month"));
    return check_within(index_e4, 5'000, 20'000, "index_e4");
  }
  bool operator==(const PriceIndexPublished&) const = default;
};

// The National Bank's key policy rate, in force until the next one.
struct KeyRatePublished {
  static constexpr std::string_view kName = "key_rate.published";
  static constexpr int kVersion = 1;

  Date valid_from;           // The first day
  std::int64_t rate_bp = 0;  // Hundredths of a per cent a year: 15.5 % is 1550

  static void fields(auto&& field) {
    field("valid_from", &KeyRatePublished::valid_from);
    field("rate_bp", &KeyRatePublished::rate_bp);
  }
  [[nodiscard]] Status validate() const { return check_within(rate_bp, 0, 10'000, "rate_bp"); }
  bool operator==(const KeyRatePublished&) const = default;
};

}  // namespace ledger
