#include "consumers/reactors/named_payer.h"

#include <algorithm>

#include "platform/calendar_month.h"
#include "projections/client_card/queries.h"
#include "projections/client_card/search.h"
#include "projections/directory/key_owners.h"
#include "projections/directory/queries.h"
#include "projections/invoice_numbers/queries.h"
#include "projections/unmatched/purpose_codes.h"

namespace ledger {

namespace {

Result<bool> is_anybodys(const ViewSnapshot& views, const directory::KeyLevels& keys) {
  for (const auto& level : keys) {
    for (const auto& [kind, value] : level) {
      LEDGER_TRY(const auto owners, directory::owners_of(views, kind, value));
      if (!owners.empty()) return true;
    }
  }
  return false;
}

// Clients whose code the purpose holds.
struct Coded {
  std::string client_id;
  std::string code;
};
Result<std::vector<Coded>> coded_in(const ViewSnapshot& views, const std::string& purpose) {
  std::vector<Coded> all;
  for (const auto& code : unmatched::codes_in(purpose)) {
    LEDGER_TRY(auto owner, directory::owner_of(views, directory::KeyKind::kTaxCode, code));
    if (!owner) continue;
    LEDGER_TRY(auto client, directory::survivor_of(views, *owner, std::nullopt));
    all.push_back({std::move(client), code});
  }
  return all;
}

// Whether what the bank tells of the payer (his name, his code) can be this client.
bool can_be(const client_card::Card& card, const directory::KeyLevels& keys,
            const std::string& payer_name) {
  const bool has_code = std::any_of(keys.begin(), keys.end(), [](const auto& level) {
    return level.front().kind == directory::KeyKind::kTaxCode;
  });
  if (has_code && card.details.tax_code) return false;  // nobody's code is not his
  const std::string name = client_card::normalised_name(payer_name);
  return name.empty() ||
         (card.details.name && client_card::normalised_name(*card.details.name) == name);
}

}  // namespace

Result<std::optional<NamedPayer>> named_payer(const ViewSnapshot& views,
                                              const directory::KeyLevels& keys,
                                              const unmatched::Remittance& said,
                                              const Frontier& read) {
  LEDGER_TRY(const bool known, is_anybodys(views, keys));
  if (known || said.purpose.empty()) return std::nullopt;
  const auto is_read = [&](const invoice_numbers::NumberedInvoice& invoice) {
    return !invoice.known.taken_back && read.covers(invoice.position);
  };
  LEDGER_TRY(const auto named,
             invoice_numbers::invoices_named(views, said.purpose, is_read, std::nullopt));
  if (named.empty()) return std::nullopt;
  const std::string& client = named.front().client_id;
  const auto is_his = [&](const auto& one) { return one.client_id == client; };
  LEDGER_TRY(const auto coded, coded_in(views, said.purpose));
  if (!std::all_of(named.begin(), named.end(), is_his) ||
      !std::all_of(coded.begin(), coded.end(), is_his)) {
    return std::nullopt;
  }
  LEDGER_TRY(const auto card, client_card::card(views, client, {kLastDay, std::nullopt}));
  if (!card || !can_be(*card, keys, said.payer_name)) return std::nullopt;
  const std::string invoice = "invoice number " + named.front().number;
  if (!coded.empty()) {
    return NamedPayer{client, invoice + ", tax code in the purpose"};
  }
  if (client_card::normalised_name(said.payer_name).empty()) return std::nullopt;
  return NamedPayer{client, invoice + ", payer's name"};
}

}  // namespace ledger
