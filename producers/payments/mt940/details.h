#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/types/payment.h"
#include "producers/payments/mt940/fields.h"

namespace ledger::mt940 {

// What an entry's free field says, in whichever of the banks' dialects it is written:
//   086?00text?20purpose?32name?31account   numbered subfields behind a separator (?, <, ~, ^)
//   /REMI/purpose/NAME/name/IBAN/account    tags between slashes, also /CNTP/account/bank/name/
//   :NS: lines 01purpose, 15name            numbered lines
//   anything else                           the purpose, as it stands
// Of who paid only what is surely one is taken: an account if it is an IBAN.
struct Details {
  std::optional<std::string> payer_name;
  std::optional<Iban> payer_iban;
  std::optional<std::string> purpose;
};
// `field`: 86 or NS.
[[nodiscard]] Details details_of(const Field& field);

}  // namespace ledger::mt940
