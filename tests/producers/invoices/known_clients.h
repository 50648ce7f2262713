#pragma once

#include "producers/invoices/issued.h"

// A house in which 32855961 is c-1, 12345678 belongs to two, and nobody has another code.
namespace ledger::testing {

inline invoices::Settings known_clients() {
  return {.zone = BusinessZone::named("Europe/Kyiv").value(),
          .client_of = [](const TaxCode& code) -> Result<ClientId> {
            if (code.text() == "32855961") return ClientId("c-1");
            if (code.text() == "12345678") return fail(ErrorCode::kConflict, "two clients have it");
            return fail(ErrorCode::kNotFound, "no client has it");
          }};
}

}  // namespace ledger::testing
