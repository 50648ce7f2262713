#pragma once

#include <string_view>

#include "producers/mapping.h"
#include "producers/payments/booking.h"

// A bank's account messages, ISO 20022, versions 02 to 13 (source-formats.md 3): the day's
// statement camt.053, the report within the day camt.052, the notification camt.054.
namespace ledger::camt {

using Settings = bank::Settings;

// Booked credit entries as payment.received, one for each transaction of an entry; amounts in minor
// units; and each camt.053 statement as statement.received. Nothing of a file is taken unless for
// each of its statements opening balance + booked entries = closing balance.
//
// bank_reference = the transaction's AcctSvcrRef, else the entry's. Idempotency: source + account
// in its currency + "|" + booking day + "|" + reference (transactions.h); without one, which of the
// day's equal bookings it is and the hash of what it says. So overlapping and repeated files count
// nothing twice, two equal amounts are two payments, and what a 052 or 054 told before is the
// booking that the 053 tells, if the bank gives both one reference; without a reference only the
// 053 is taken. What a 052 says, and an entry that does not
// say who paid, is provisional (producers/mapping.h).
// time = the booking time, or midnight of the booking date in the zone.
//
// Skipped, with the reason: outgoing money, what came back of it (CRDT with RvslInd or RtrInf),
// entries that are not booked yet (PDNG, INFO, FUTR). Money received that the bank takes back (DBIT
// with RvslInd or RtrInf) stands in its statement.received, one for each transaction: whose it
// was, the message does not say. A 052 or 054 has no such place: there it is refused.
// Errors (kInvalidField unless named): another message (kUnknownType), sums that do not add up, a
// batch whose transactions do not sum to it, a batch that lists none (kMissingField), more decimals
// than the currency has, a missing date or amount (kMissingField), text, nesting or size beyond the
// limits (kTooLarge), no XML or a document type declaration (kMalformed).
//
// Pure: no clock, no I/O; safe for all threads. Memory: about ten times the file.
[[nodiscard]] Mapped map_statements(std::string_view xml, const Settings& settings);

}  // namespace ledger::camt
