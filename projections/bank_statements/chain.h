#pragma once

#include <vector>

#include "projections/bank_statements/queries.h"

// Whether an account's statements follow one another without a gap. Pure.
namespace ledger::bank_statements {

// `statements`: of one account and currency, by day. A statement of another format is followed in a
// chain of its own.
//
// Two follow each other where the second opens with what the first closed with, and with the bank's
// next number: a number that repeats counts nothing, and one that begins again at 0 or 1 in a later
// year is no gap. Days overlap where the second begins before the last day of the first; what both
// may share is the day of a balance.
[[nodiscard]] std::vector<Found> look_into(const std::vector<Statement>& statements,
                                           const std::vector<PaymentReversed>& reversed);

// One account may be an IBAN in one file and "bank/number", or the number alone, in another: adds
// kTwoFormats, or kTwoSpellings of one format, where the days are the same. A Ukrainian IBAN holds
// bank and number; of others the number has to be their end.
void find_two_spellings(std::vector<Account>& accounts);

}  // namespace ledger::bank_statements
