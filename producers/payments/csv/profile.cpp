#include "producers/payments/csv/profile.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/utf8.h"
#include "platform/words.h"

namespace ledger::bank_csv {

namespace {

using table::Column;

Result<table::DateFormat> format_of(table::Profile& file, const std::string& name,
                                    const std::optional<std::string>& otherwise) {
  LEDGER_TRY(auto format, file.text(name));
  if (!format) format = otherwise;
  if (format) return table::DateFormat::parse(*format, name);
  return fail(ErrorCode::kMissingField, "is required: 01.02.2026 is two days", name);
}

Status read_dates(table::Profile& file, Profile& profile) {
  LEDGER_TRY(profile.date, file.required_column("date.column"));
  LEDGER_TRY(profile.date_format, format_of(file, "date.format", std::nullopt));
  LEDGER_TRY(const auto format, file.text("date.format"));
  LEDGER_TRY(profile.value_date, file.column("date.value_column"));
  LEDGER_TRY(profile.value_format, format_of(file, "date.value_format", format));
  return {};
}

Result<std::vector<std::string>> folded_words(table::Profile& file, const std::string& name) {
  LEDGER_TRY(auto words, file.texts(name));
  for (auto& word : words) word = fold_words(word);
  return words;
}

Status read_amounts(table::Profile& file, Profile& profile) {
  LEDGER_TRY(profile.amount, file.column("amount.column"));
  LEDGER_TRY(profile.credit, file.column("amount.credit"));
  LEDGER_TRY(profile.debit, file.column("amount.debit"));
  LEDGER_TRY(profile.direction, file.column("amount.direction"));
  LEDGER_TRY(profile.credit_words, folded_words(file, "amount.credit_words"));
  LEDGER_TRY(profile.debit_words, folded_words(file, "amount.debit_words"));
  LEDGER_TRY(profile.amounts, table::AmountFormat::from(file));
  const bool two = profile.credit && profile.debit;
  if (profile.amount.has_value() == two || (profile.credit || profile.debit) != two) {
    return fail(ErrorCode::kMissingField,
                "is one of the two: amount.column, or amount.credit and amount.debit", "amount");
  }
  const bool words = !profile.credit_words.empty() && !profile.debit_words.empty();
  const bool any_word = !profile.credit_words.empty() || !profile.debit_words.empty();
  if (profile.direction.has_value() != words || any_word != words || (words && two)) {
    return fail(ErrorCode::kMissingField,
                "goes with amount.column, amount.credit_words and amount.debit_words",
                "amount.direction");
  }
  for (const auto& word : profile.credit_words) {
    if (std::find(profile.debit_words.begin(), profile.debit_words.end(), word) ==
        profile.debit_words.end()) {
      continue;
    }
    return fail(ErrorCode::kInvalidField, fmt::format("'{}' cannot mean both", excerpt(word)),
                "amount.credit_words");
  }
  return {};
}

Status read_parties(table::Profile& file, Profile& profile) {
  LEDGER_TRY(profile.account, file.text("account.fixed"));
  LEDGER_TRY(profile.account_column, file.column("account.column"));
  if (profile.account && profile.account_column) {
    return fail(ErrorCode::kInvalidField, "is fixed or in a column, not both", "account");
  }
  LEDGER_TRY(profile.payer_name, file.column("columns.payer_name"));
  LEDGER_TRY(profile.payer_code, file.column("columns.payer_code"));
  LEDGER_TRY(profile.payer_account, file.column("columns.payer_account"));
  LEDGER_TRY(profile.purpose, file.columns("columns.purpose"));
  LEDGER_TRY(profile.state, file.column("state.column"));
  LEDGER_TRY(profile.booked, folded_words(file, "state.booked"));
  if (profile.state.has_value() == profile.booked.empty()) {
    return fail(ErrorCode::kMissingField, "goes with state.column and state.booked", "state");
  }
  return {};
}

void add(std::vector<Column>& columns, const std::optional<Column>& column) {
  if (column) columns.push_back(*column);
}

// What a booking is known by, where the profile does not say: all that it is read from.
std::vector<Column> usual_key(const Profile& profile) {
  std::vector<Column> key{profile.date};
  add(key, profile.amount);
  add(key, profile.credit);
  add(key, profile.debit);
  add(key, profile.payer_name);
  add(key, profile.payer_code);
  add(key, profile.payer_account);
  key.insert(key.end(), profile.purpose.begin(), profile.purpose.end());
  return key;
}

}  // namespace

std::vector<Column> Profile::wanted() const {
  std::vector<Column> columns{date};
  for (const auto& column :
       {value_date, amount, credit, debit, direction, currency.column, account_column, payer_name,
        payer_code, payer_account, state, reference}) {
    add(columns, column);
  }
  columns.insert(columns.end(), purpose.begin(), purpose.end());
  columns.insert(columns.end(), key.begin(), key.end());
  return columns;
}

Result<Profile> parse_profile(std::string_view toml) {
  LEDGER_TRY(auto file, table::Profile::parse(toml));
  Profile profile;
  LEDGER_TRY(profile.layout, file.layout());
  LEDGER_CHECK(read_dates(file, profile));
  LEDGER_CHECK(read_amounts(file, profile));
  LEDGER_TRY(profile.currency, table::CurrencyRule::from(file));
  LEDGER_CHECK(read_parties(file, profile));
  LEDGER_TRY(profile.reference, file.column("key.reference"));
  LEDGER_TRY(profile.key, file.columns("key.columns"));
  LEDGER_CHECK(file.check_all_taken());
  if (profile.key.empty()) profile.key = usual_key(profile);
  return profile;
}

}  // namespace ledger::bank_csv
