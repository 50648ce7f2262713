#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "producers/table/cells.h"
#include "producers/table/profile.h"

// How one bank's export is to be read (deploy/bank-profiles has some):
//
//   delimiter = ";"                      # ; , | or tab
//   encoding = "cp1251"                  # absent: detected where it can only be one
//   quotes = true                        # false: a quote is a character like any other
//   first_row = 2                        # of records, where columns have numbers alone
//   total_rows = ["Всього"]              # rows that begin so sum others up
//   [date]
//   column = "Дата операції"             # a header, or a number from 1
//   format = "dd.mm.yyyy HH:MM:SS"
//   value_column = "Дата валютування"    # optional, of the same format or of value_format
//   [amount]
//   column = "Сума"                      # one signed column; or
//   credit = "Кредит"                    # two columns; or `column` and
//   debit = "Дебет"
//   direction = "Тип"                    # a word in a column
//   credit_words = ["C", "Кредит"]
//   debit_words = ["D", "Дебет"]
//   decimal = ","
//   thousands = " "                      # any space; "" for none
//   [currency]
//   fixed = "UAH"                        # or column = "Валюта"
//   [account]
//   fixed = "UA…"                        # or column = "Рахунок"; or said with the file
//   [columns]
//   payer_name, payer_code, payer_account; purpose (one or several)
//   [state]
//   column = "Статус"                    # optional: rows of another state are not booked yet
//   booked = ["Проведено"]
//   [key]
//   reference = "Референс"               # what the bank gives to one booking of the account alone
//   columns = ["Дата операції", "Сума"]  # else: by what a booking is known again in a later export
namespace ledger::bank_csv {

struct Profile {
  table::Layout layout;
  table::Column date;
  table::DateFormat date_format;
  std::optional<table::Column> value_date;
  table::DateFormat value_format;
  // Either `amount`, signed or with a direction, or `credit` and `debit`.
  std::optional<table::Column> amount, credit, debit, direction;
  std::vector<std::string> credit_words, debit_words;  // folded
  table::AmountFormat amounts;
  table::CurrencyRule currency;
  std::optional<std::string> account;
  std::optional<table::Column> account_column;
  std::optional<table::Column> payer_name, payer_code, payer_account;
  std::vector<table::Column> purpose;
  std::optional<table::Column> state;
  std::vector<std::string> booked;  // folded
  std::optional<table::Column> reference;
  std::vector<table::Column> key;

  // All columns that are looked at.
  [[nodiscard]] std::vector<table::Column> wanted() const;
};

// The field of an error is the member's name ("amount.decimal"). Unknown members are refused: what
// is misspelt would be left out in silence.
[[nodiscard]] Result<Profile> parse_profile(std::string_view toml);

}  // namespace ledger::bank_csv
