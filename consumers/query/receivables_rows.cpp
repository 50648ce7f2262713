#include "consumers/query/receivables_rows.h"

#include <algorithm>

#include "projections/client_card/standing.h"
#include "projections/directory/one_client.h"

namespace ledger {

using receivables::Statement;

namespace {

DebtorRow::Late late_of(const Statement& statement) {
  DebtorRow::Late late;
  for (const auto& item : statement.items) {
    if (item.open_minor <= 0 || item.days_past_due <= 0) continue;
    late.overdue_minor += item.open_minor;  // no more than the ageing's sum, which was checked
    late.oldest_days = std::max<std::int64_t>(late.oldest_days, item.days_past_due);
  }
  return late;
}

}  // namespace

Result<std::unique_ptr<DebtorRows>> DebtorRows::read(const QueryContext& context,
                                                     const Query& query, receivables::Basis basis) {
  std::unique_ptr<DebtorRows> rows(new DebtorRows(query, basis));
  LEDGER_TRY(rows->responsibility_,
             Responsibility::read(rows->shared_.snapshot(), query.as_of, query.as_of,
                                  query.known_at, context.zone));
  return rows;
}

Result<std::shared_ptr<const DebtorRow>> DebtorRows::of(const std::string& client_id) {
  std::string key;
  if (!query_.known_at) {
    key = format_date(query_.as_of) + ' ' + std::string(name_of(basis_)) + ' ' + client_id;
  }
  return kept<DebtorRow>(
      query_.snapshot, "debts of a client", std::move(key),
      [&](const ViewSnapshot& snapshot) { return make(snapshot, client_id); }, &shared_);
}

Result<DebtorRow> DebtorRows::make(const ViewSnapshot& snapshot, const std::string& client_id) {
  const AsOf as_of = query_.times();
  DebtorRow row;
  LEDGER_TRY(const auto client, directory::one_client(snapshot, client_id, as_of.known_at));
  LEDGER_TRY(const auto account, receivables::account_of(snapshot, client));
  LEDGER_TRY(const auto books, receivables::statements(account, as_of));
  LEDGER_TRY(row.ageings, receivables::ageings(account, books, as_of, basis_));
  for (const auto& [code, book] : books) row.late[code] = late_of(book);
  LEDGER_TRY(const auto card, client_card::card(snapshot, client_id, as_of));
  if (!card) return row;
  row.name = card->details.name.value_or("");
  row.segment = client_card::profile(*card).segment;
  LEDGER_TRY(row.who, responsibility_->of_client(*card, as_of.day, std::nullopt));
  return row;
}

}  // namespace ledger
