#include "projections/bank_statements/fold.h"

namespace ledger::bank_statements {

namespace {

constexpr char kEnd = '\0';  // of a part of a key; in none of them

}  // namespace

std::string account_key(std::string_view account) { return std::string(account) + kEnd; }

std::string statement_key(const StatementReceived& statement) {
  return account_key(statement.account) + statement.opening.currency.text() + kEnd +
         format_date(statement.from) + kEnd + statement.statement_id + kEnd;
}

void Fold::apply(const StatementReceived& event, const EventMeta& meta, ViewBatch& batch) {
  auto& row = batch.edit<StatementRow>(statement_key(event));
  contribute(row.received, meta, {meta.position, {}, event});
}

void Fold::apply(const PaymentReversed& event, const EventMeta& meta, ViewBatch& batch) {
  auto& row = batch.edit<ReversalRow>(event.payment_source + kEnd + event.payment_id);
  contribute(row.reversed, meta, {meta.position, {}, event});
}

}  // namespace ledger::bank_statements
