#include "projections/invoice_numbers/queries.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "projections/directory/one_client.h"
#include "projections/receivables/named_numbers.h"
#include "projections/receivables/pay_proposals.h"
#include "projections/store/view_batch.h"

namespace ledger::invoice_numbers {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

}  // namespace

Result<std::vector<NamedInvoice>> invoices_named(const ViewSnapshot& snapshot,
                                                 std::string_view purpose, const Counts& counts,
                                                 const std::optional<Timestamp>& known_at) {
  std::vector<NumberedInvoice> invoices;
  std::vector<std::string> numbers;
  for (const auto& key : nameable_keys(purpose, Paper::kInvoice)) {
    LEDGER_TRY(const auto row, read_row<NumberRow>(snapshot, family(), key));
    if (!row) continue;
    for (const auto& invoice : row->invoices) {
      if (!counts(invoice)) continue;
      invoices.push_back(invoice);
      numbers.push_back(invoice.number);
    }
  }
  std::vector<NamedInvoice> named;
  if (invoices.empty()) return named;
  for (const std::size_t i : named_numbers(purpose, numbers, Paper::kInvoice)) {
    auto& invoice = invoices[i];
    LEDGER_TRY(auto client, directory::survivor_of(snapshot, invoice.client_id, known_at));
    named.push_back({std::move(client), std::move(invoice.invoice_id), std::move(invoice.number)});
  }
  const auto place = [](const NamedInvoice& one) {
    return std::tie(one.client_id, one.invoice_id);
  };
  std::sort(named.begin(), named.end(), [&](const NamedInvoice& left, const NamedInvoice& right) {
    return place(left) < place(right);
  });
  const auto same = [&](const NamedInvoice& left, const NamedInvoice& right) {
    return place(left) == place(right);
  };
  named.erase(std::unique(named.begin(), named.end(), same), named.end());
  return named;
}

Result<std::vector<NamedInvoice>> named_of_others(const ViewSnapshot& snapshot,
                                                  const receivables::AccountRow& account,
                                                  const receivables::Credit& credit,
                                                  const directory::OneClient& client,
                                                  const Counts& counts) {
  std::vector<NamedInvoice> none;
  const receivables::NamedByPayer named(account, credit);
  if (named.anything() || named.purpose().empty()) return none;
  LEDGER_TRY(auto found, invoices_named(snapshot, named.purpose(), counts, client.known_at));
  const bool own = std::any_of(found.begin(), found.end(), [&](const NamedInvoice& one) {
    return one.client_id == client.survivor;
  });
  return own ? none : found;
}

}  // namespace ledger::invoice_numbers
