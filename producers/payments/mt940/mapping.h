#pragma once

#include <optional>
#include <string_view>

#include "platform/code_page.h"
#include "producers/mapping.h"
#include "producers/payments/booking.h"

// A bank's statements in SWIFT's older format, MT940, in the dialects that banks make of it
// (source-formats.md 3). Where the bank has camt.053 too, that is the better source: its bookings
// have references. Never import both of one account: their keys differ, so each payment would count
// twice. /v1/statements names accounts that come in both formats.
namespace ledger::mt940 {

struct Settings {
  bank::Settings bank;
  std::optional<CodePage> charset = {};  // absent: detected where it can only be one
};

// Credits as payment.received and each statement (also each page of one that comes in several) as
// statement.received. Nothing of a file is taken unless for each of its statements opening balance
// + entries = closing balance.
//
// bank_reference: the value day YYMMDD, what stands behind "//" in :61:, and a hash of the line;
// without a reference the day, which of the day's equal lines it is, and the SHA-256 of the line
// with payer and purpose.
// Neither the statement's number nor the place of the line is of it: a bank that exports days again
// with other statements, cuts or pages, or with one more entry, tells of the same payments
// (day_counts.h). Idempotency: source + account in its currency + "|" + bank_reference. What is
// said in :86: of a line with a reference may change and is a correction then.
// time = midnight of the entry date (without one: of the value date) in the zone.
//
// Skipped, with the reason: outgoing money, what came back of it (RD, type RTI), what is only
// expected (EC, ED). A reversed credit (RC) stands in its statement.received.
// Errors: no MT940 (kMalformed), sums that do not add up (kInvalidField), a line without reference
// on a page (:60M:) of which the file lacks the one before (kMissingField), no opening or closing
// balance, as in MT942 (kMissingField), a day that does not exist (kInvalidField), an unknown
// currency, text that could be of several character sets (kMalformed, "charset").
//
// Pure; safe for all threads.
[[nodiscard]] Mapped map_statements(std::string_view bytes, const Settings& settings);

}  // namespace ledger::mt940
