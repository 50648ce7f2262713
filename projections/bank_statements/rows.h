#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/types/allocation.h"
#include "events/types/statement.h"
#include "projections/said.h"

// The banks' statements that came, by account, and which payments were said to be reversed.
namespace ledger::bank_statements {

inline constexpr std::string_view kName = "bank_statements";
inline constexpr int kVersion = 1;

// Key: account, currency, first day, statement id, each ended by a zero byte: one statement, told
// by every file in which it stood.
struct StatementRow {
  static constexpr char kTable = 's';
  std::vector<Said<StatementReceived>> received;
  static void fields(auto&& field) { field("received", &StatementRow::received); }
  [[nodiscard]] bool empty() const { return received.empty(); }
};
[[nodiscard]] std::string statement_key(const StatementReceived& statement);
// What the keys of an account begin with.
[[nodiscard]] std::string account_key(std::string_view account);

// Key: the payment's source, a zero byte, its id.
struct ReversalRow {
  static constexpr char kTable = 'r';
  std::vector<Said<PaymentReversed>> reversed;
  static void fields(auto&& field) { field("reversed", &ReversalRow::reversed); }
  [[nodiscard]] bool empty() const { return reversed.empty(); }
};

}  // namespace ledger::bank_statements
