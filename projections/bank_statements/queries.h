#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/bank_statements/rows.h"
#include "projections/store/view_store.h"

namespace ledger::bank_statements {

// One statement, in every file that told of it.
struct Statement {
  StatementReceived data;                      // as it was told last
  Position position;                           // of that event
  std::vector<Said<StatementReceived>> files;  // in the order in which they were recorded
};

enum class Finding {
  kSequenceGap,      // the bank's numbers leave some out
  kBalanceGap,       // one does not open with what the one before it closed with
  kOverlap,          // two of them are of the same days
  kTwoFormats,       // camt and MT940 of the same days: their payments count twice
  kToldDifferently,  // the same statement with other figures in another file
  kTakenBack,        // the bank took money back, and no payment.reversed says whose
  kTwoSpellings,     // one account under two names, of the same days: their payments count twice
};
constexpr auto names(Finding) {
  return words("sequence_gap", "balance_gap", "overlap", "two_formats", "told_differently",
               "taken_back", "two_spellings");
}

// Something for a person to look into.
struct Found {
  Finding what{};
  StatementReceived first;                        // the one before, or the only one
  std::optional<StatementReceived> second;        // the one behind
  std::optional<std::int64_t> missing_from = {};  // sequence_gap: the bank's numbers
  std::optional<std::int64_t> missing_to = {};
  std::optional<TakenBack> taken_back = {};
};

// One account in one currency: its statements from the first day to the last, and what is wrong.
struct Account {
  std::string account;
  std::vector<Statement> statements;  // not empty
  std::vector<Found> found;
};

// By account and currency; `only` empty: all of them. Statements whose last day is after the date
// asked for are not seen.
[[nodiscard]] Result<std::vector<Account>> accounts(const ViewSnapshot& snapshot, const AsOf& times,
                                                    std::string_view only = {});

}  // namespace ledger::bank_statements
