#pragma once

#include <optional>
#include <string>

#include "events/position.h"
#include "projections/directory/event_keys.h"
#include "projections/store/view_store.h"
#include "projections/unmatched/rows.h"

namespace ledger {

// Who paid, by what he wrote, where his account and code are on no card.
struct NamedPayer {
  std::string client_id;
  std::string why;  // for the auditor
};

// A number of an invoice tells what is paid, and not who pays: a third party writes it too, and his
// money waits (domain-semantics.md 4b). So two things must name the same client: invoices of his
// alone, as far as the rule has `read` the log, and his code in the purpose or his name as the
// payer's. nullopt: they do not, or a key of the payer or a code in the purpose is another's, or
// the payer has another name or code: then somebody pays for him.
[[nodiscard]] Result<std::optional<NamedPayer>> named_payer(const ViewSnapshot& views,
                                                            const directory::KeyLevels& keys,
                                                            const unmatched::Remittance& said,
                                                            const Frontier& read);

}  // namespace ledger
