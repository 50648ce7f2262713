#include "consumers/query/receivables_form.h"

#include <fmt/format.h>

#include "consumers/query/print/ageing_page.h"
#include "projections/client_card/queries.h"

namespace ledger {

namespace {

using print::AgeingRegister;

Status add_client(AgeingRegister& debts, const Query& query, const std::string& id) {
  LEDGER_TRY(const auto client, directory::one_client(query.snapshot, id, query.known_at));
  LEDGER_TRY(const auto account, receivables::account_of(query.snapshot, client));
  LEDGER_TRY(const auto books, receivables::statements(account, debts.as_of));
  std::optional<std::string> name;
  for (const auto& [code, statement] : books) {
    LEDGER_TRY(const auto currency, Currency::parse(code));
    LEDGER_TRY(const auto ageing, receivables::age(statement, currency, debts.basis));
    if (ageing.balance_minor == 0 && ageing.unallocated_minor == 0) continue;
    if (!name) {
      LEDGER_TRY(const auto card, client_card::card(query.snapshot, id, debts.as_of));
      name = card ? card->details.name.value_or(id) : id;
    }
    LEDGER_CHECK(receivables::add_to(debts.totals[code], ageing));
    debts.lines.push_back({id, *name, ageing});
  }
  return {};
}

}  // namespace

Result<http::Response> get_receivables_form(const QueryContext& context, const Query& query,
                                            print::Form form, receivables::Basis basis) {
  LEDGER_TRY(const auto language, print::language_of(query.request));
  AgeingRegister debts;
  debts.as_of = query.times();
  debts.basis = basis;
  LEDGER_TRY(const auto ids, receivables::clients(query.snapshot, query.known_at));
  for (const auto& id : ids) LEDGER_CHECK(add_client(debts, query, id));
  if (form == print::Form::kCsv) {
    return print::answer_csv(print::ageing_csv(debts),
                             fmt::format("receivables-{}.csv", format_date(query.as_of)));
  }
  return print::answer_html(print::ageing_page(debts, context.zone, language));
}

}  // namespace ledger
