#pragma once

#include <string>

#include "consumers/query/print/form.h"
#include "projections/attestation/sheet.h"

namespace ledger::print {

// The sheet as a page for A4, for an attestation on a day, with room for the decision and for who
// signs it.
[[nodiscard]] std::string attestation_page(const attestation::Sheet& sheet, Date day,
                                           const BusinessZone& zone, Language language);

}  // namespace ledger::print
