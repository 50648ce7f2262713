#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/directory/one_client.h"
#include "projections/invoice_numbers/rows.h"
#include "projections/receivables/rows.h"
#include "projections/receivables/statement.h"
#include "projections/store/view_store.h"

// Whose invoices a purpose names, over all clients.
namespace ledger::invoice_numbers {

// Of one client by the card that stays, by `known_at`.
struct NamedInvoice {
  std::string client_id;
  std::string invoice_id;
  std::string number;
};

// What of the index counts: by what is recorded, on a day, or as far as a rule has read.
using Counts = std::function<bool(const NumberedInvoice&)>;

// All invoices that the purpose names, by client and invoice. Their cards' survivors are those of
// `known_at`.
[[nodiscard]] Result<std::vector<NamedInvoice>> invoices_named(
    const ViewSnapshot& snapshot, std::string_view purpose, const Counts& counts,
    const std::optional<Timestamp>& known_at);

// A third party's money (domain-semantics.md 4b: payer ≠ client): the invoices of other clients
// that the payer of a client's free money names, where he names nothing of that client. Empty: he
// names nobody else's, or also something of his own.
[[nodiscard]] Result<std::vector<NamedInvoice>> named_of_others(
    const ViewSnapshot& snapshot, const receivables::AccountRow& account,
    const receivables::Credit& credit, const directory::OneClient& client, const Counts& counts);

}  // namespace ledger::invoice_numbers
