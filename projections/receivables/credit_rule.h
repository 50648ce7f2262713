#pragma once

#include <array>
#include <cstdint>

namespace ledger::receivables {

// The figures by which reminders go out and shipping stops (domain-semantics.md 4b; ours). One
// value, so that whoever looks up the version that held on a day gives it to every question.
struct CreditRule {
  // Days past due at which each level is due: notice, reminder, letter, claim, lawyer.
  std::array<int, 5> level_days{-3, 1, 10, 30, 60};
  int stop_days_past_due = 30;           // with the claim
  std::int64_t stop_level = 3;           // of what was sent
  std::int64_t suspending_promises = 2;  // of an item: later ones suspend nothing
  int promise_grace_working_days = 2;    // a promise is kept until then
};
inline constexpr CreditRule kCreditRule{};

}  // namespace ledger::receivables
