#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "producers/mapping.h"
#include "producers/payments/booking.h"

// PrivatBank's answers to the questions of its Autoclient (source-formats.md 3): statements in
// pages of JSON. How the bank is asked is in README.md beside this file.
namespace ledger::privatbank {

struct Settings {
  bank::Settings bank;  // the zone is the bank's: Europe/Kyiv
  // EDRPOU or RNOKPP of the house: what comes from them is no client's money. The holder of the
  // account, whom every row names, is among them anyway.
  std::vector<std::string> own_codes = {};
  std::vector<std::string> own_accounts = {};
};

// Whether statements may be asked for: neither at night work (work_balance Y) nor in another phase
// than WRK. kMalformed, kMissingField: it is no answer of the bank.
struct Phase {
  bool open = false;
  std::string why = {};  // it is closed
};
[[nodiscard]] Result<Phase> read_phase(std::string_view json);

struct Page {
  Mapped told;
  std::optional<std::string> next;  // followId of the page behind it
};
// A page of `transactions` of one account. A posted credit (TRANTYPE C, PR_PR r, FL_REAL r) is
// payment.received; one that the bank reversed or rejected since (t, n) is taken back: event.voided
// of what was recorded, for POST /v1/events/restated.
//
// bank_reference = "REF|REFN", as the bank advises; not ID or TECHNICAL_TRANSACTION_ID, which
// change once the day is final. Idempotency: source + AUT_MY_ACC + "|" + bank_reference. time =
// DATE_TIME_DAT_OD_TIM_P, else DAT_OD and TIM_P, of Kyiv. What is posted for a later moment than
// `asked_at` (in the evening banks post for the next day) is skipped until that has come: ask for
// its day again. The payer's code and account only where they are surely one. SUM is in CCY; SUM_E
// is not read.
//
// Skipped, with the reason: outgoing money, what is pending (p) or informational (FL_REAL i), money
// between own accounts, another account's row.
// Errors of a row (refused, kInvalidField unless named): an unknown word for a state or side, no or
// no positive sum, an unknown currency, a missing reference, day or account (kMissingField).
// Errors of the page: no JSON (cut off), another status than SUCCESS, no list, a next page without
// its id.
//
// Pure; safe for all threads.
[[nodiscard]] Result<Page> map_page(std::string_view json, const Settings& settings,
                                    std::string_view account, Timestamp asked_at);

}  // namespace ledger::privatbank
