#pragma once

#include <string_view>

#include "producers/invoices/csv/profile.h"
#include "producers/invoices/issued.h"
#include "producers/mapping.h"

namespace ledger::invoices {

// The house's list of issued invoices, each row as invoice.issued. The client is who has the code,
// or whom the file names; a code of nobody, or of several, is refused with its row, so that no debt
// lies with the wrong client. time = midnight of the date in the zone.
//
// Skipped: rows that sum others up, an invoice of nothing. Refused: a row with its line and field
// (a sum below zero is a credit note, which is recorded as one); the whole table as of table::read.
//
// As pure as settings.client_of is.
[[nodiscard]] Mapped map_csv(std::string_view bytes, const Profile& profile,
                             const Settings& settings);

}  // namespace ledger::invoices
