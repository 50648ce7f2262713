#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "producers/table/cells.h"
#include "producers/table/profile.h"

// How the house's own list of issued invoices is to be read. delimiter, encoding, quotes,
// first_row, total_rows and [currency] as in a bank's profile (producers/payments/csv/profile.h),
// and
//
//   [date]
//   column = "Дата"
//   format = "dd.mm.yyyy"
//   [due]                                # optional; without it the terms that the client has hold
//   column = "Сплатити до"               # a day, of the same format; or
//   days = "Відстрочка, днів"            # days behind the date
//   [amount]
//   column = "Сума"
//   decimal = ","
//   thousands = " "
//   [columns]
//   number = "Номер"
//   client_code = "ЄДРПОУ"               # or client_id, where the file has the ledger's
//   contract = "Договір"                 # optional: the ledger's id of it
//   id = "GUID"                          # optional: what no two documents share; else number and
//   year
namespace ledger::invoices {

struct Profile {
  table::Layout layout;
  table::Column date;
  table::DateFormat date_format;
  std::optional<table::Column> due, due_days;
  table::Column amount;
  table::AmountFormat amounts;
  table::CurrencyRule currency;
  table::Column number;
  std::optional<table::Column> client_id, client_code, contract, id;

  [[nodiscard]] std::vector<table::Column> wanted() const;
};

// The field of an error is the member's name. Unknown members are refused.
[[nodiscard]] Result<Profile> parse_profile(std::string_view toml);

}  // namespace ledger::invoices
