#pragma once

#include <string>
#include <string_view>

#include "producers/mapping.h"
#include "producers/payments/booking.h"
#include "producers/payments/csv/profile.h"

// A bank's statement as a table, by a profile. Where the bank has camt.053 or MT940 too, those are
// the better sources: they have balances, by which one sees that nothing is missing. Never import
// two formats of one account: their keys differ, so each payment would count twice.
namespace ledger::bank_csv {

struct Settings {
  bank::Settings bank;
  Profile profile;
  std::string account = {};  // ours, where neither profile nor table says it; goes before both
};

// Credits as payment.received.
//
// bank_reference = the bank's reference where the profile has a column of such; else day | digest
// of the key columns | number among the equal rows of that day and account, so that two equal
// payments are two. Idempotency: source + account + "|" + bank_reference. By that an export of
// whole days, or of a day up to some hour, may overlap any other; but two exports that part the
// equal rows of one day between them tell of fewer. What is read from other columns may change (a
// profile that was mended too) and is a correction then. time = when it was booked, or midnight of
// that day in the zone.
//
// A payer's code that is neither EDRPOU nor RNOKPP, and an account that is no IBAN, are kept beside
// his name, in words.
//
// Skipped, with the reason: outgoing money, rows that are not booked yet or sum others up.
// Refused: a row with its line and field; the whole table as of table::read. kMissingField,
// "account": nobody says whose statement it is.
//
// Pure; safe for all threads.
[[nodiscard]] Mapped map_statement(std::string_view bytes, const Settings& settings);

}  // namespace ledger::bank_csv
