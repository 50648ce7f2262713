#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/money.h"
#include "platform/clock.h"
#include "platform/result.h"

// Single fields of a statement: the entry line :61:, the balances :60: and :62:, the account :25:
// and the number :28C:.
namespace ledger::mt940 {

enum class Side { kCredit, kDebit, kReversedCredit, kReversedDebit, kExpected };

struct Entry {
  std::string value_day;  // YYMMDD as written
  std::string entry_day;  // MMDD as written; may be empty
  Side side{};
  Money amount;                // without a sign
  std::string type;            // "TRF" of "NTRF"
  std::string reference;       // the customer's; "NONREF" is one that says nothing
  std::string bank_reference;  // behind "//"; may be empty

  // What it adds to the balance.
  [[nodiscard]] std::int64_t booked() const;
};
// YYMMDD[MMDD](C|D|RC|RD|EC|ED)[funds code]amount,[N]type reference[//bank's reference].
[[nodiscard]] Result<Entry> parse_entry(std::string_view line, const Currency& currency);

struct Days {
  Date value_on;
  Date booked_on;  // the entry date, in the year that brings it nearest; without one the value date
};
// kInvalidField for days that the calendar does not have, or half a year apart.
[[nodiscard]] Result<Days> days_of(const Entry& entry);

struct Balance {
  Date day;
  Money amount;  // below zero: D
};
// (C|D)YYMMDD currency amount. `currency`: of a field that names none, as some banks' closing one.
[[nodiscard]] Result<Balance> parse_balance(std::string_view text,
                                            const std::optional<Currency>& currency);

// :25: without spaces: the IBAN where one stands in it, alone or with a bank's code or the
// currency.
[[nodiscard]] std::string account_of(std::string_view text, const Currency& currency);

struct Number {
  std::optional<std::int64_t> sequence;
  std::optional<std::int64_t> page;
};
// "00115/001"; what is no number is none.
[[nodiscard]] Number number_of(std::string_view text);

}  // namespace ledger::mt940
