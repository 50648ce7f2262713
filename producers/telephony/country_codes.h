#pragma once

#include <string_view>

namespace ledger::telephony {

// Whether the digits begin with the calling code of a country (ITU-T E.164, list of assigned codes)
// and are as many as a number of that country may have. A code that was assigned after this table
// was written is not known: such a number stays as it was sent.
[[nodiscard]] bool is_plausibly_international(std::string_view digits);

}  // namespace ledger::telephony
