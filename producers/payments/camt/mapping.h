#pragma once

#include <string>
#include <string_view>

#include "events/business_zone.h"
#include "producers/mapping.h"

// A bank's statement, ISO 20022 camt.053, versions 02 to 13 (source-formats.md 3).
namespace ledger::camt {

struct Settings {
  BusinessZone zone;            // of booking dates, which name no time
  std::string source = "bank";  // CloudEvents' source of every event
};

// Booked credit entries as payment.received, one for each transaction of an entry; amounts in minor
// units. Nothing of a file is taken unless for each of its statements opening balance + booked
// entries = closing balance.
//
// bank_reference = the transaction's AcctSvcrRef, else the entry's, else
// "IBAN|statement id|entry|transaction". Idempotency: source + account + "|" + bank_reference, so
// overlapping and repeated files count nothing twice, and two equal amounts are two payments.
// time = the booking time, or midnight of the booking date in the zone.
//
// Skipped, with the reason: outgoing money, entries that are not booked yet, reversals.
// Errors (kInvalidField unless named): another message than camt.053 (kUnknownType), sums that do
// not add up, a batch whose transactions do not sum to it, more decimals than the currency has, a
// missing date or amount (kMissingField), text beyond the limits (kTooLarge), no XML (kMalformed).
//
// Pure: no clock, no I/O; safe for all threads. Memory: about ten times the file.
[[nodiscard]] Mapped map_statements(std::string_view xml, const Settings& settings);

}  // namespace ledger::camt
