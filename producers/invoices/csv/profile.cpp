#include "producers/invoices/csv/profile.h"

namespace ledger::invoices {

std::vector<table::Column> Profile::wanted() const {
  std::vector<table::Column> columns{date, amount, number};
  for (const auto& column :
       {due, due_days, currency.column, client_id, client_code, contract, id}) {
    if (column) columns.push_back(*column);
  }
  return columns;
}

Result<Profile> parse_profile(std::string_view toml) {
  LEDGER_TRY(auto file, table::Profile::parse(toml));
  Profile profile;
  LEDGER_TRY(profile.layout, file.layout());
  LEDGER_TRY(profile.date, file.required_column("date.column"));
  LEDGER_TRY(const auto format, file.text("date.format"));
  if (!format) {
    return fail(ErrorCode::kMissingField, "is required: 01.02.2026 is two days", "date.format");
  }
  LEDGER_TRY(profile.date_format, table::DateFormat::parse(*format, "date.format"));
  LEDGER_TRY(profile.due, file.column("due.column"));
  LEDGER_TRY(profile.due_days, file.column("due.days"));
  if (profile.due && profile.due_days) {
    return fail(ErrorCode::kInvalidField, "is a day or a number of days, not both", "due");
  }
  LEDGER_TRY(profile.amount, file.required_column("amount.column"));
  LEDGER_TRY(profile.amounts, table::AmountFormat::from(file));
  LEDGER_TRY(profile.currency, table::CurrencyRule::from(file));
  LEDGER_TRY(profile.number, file.required_column("columns.number"));
  LEDGER_TRY(profile.client_id, file.column("columns.client_id"));
  LEDGER_TRY(profile.client_code, file.column("columns.client_code"));
  if (profile.client_id.has_value() == profile.client_code.has_value()) {
    return fail(ErrorCode::kMissingField,
                "says whose an invoice is: client_code or client_id, one of the two",
                "columns.client_code");
  }
  LEDGER_TRY(profile.contract, file.column("columns.contract"));
  LEDGER_TRY(profile.id, file.column("columns.id"));
  LEDGER_CHECK(file.check_all_taken());
  return profile;
}

}  // namespace ledger::invoices
