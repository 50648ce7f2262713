#include "projections/bank_statements/queries.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "projections/bank_statements/chain.h"
#include "projections/store/view_batch.h"

namespace ledger::bank_statements {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

bool same_account(const Account& account, const StatementReceived& data) {
  return account.account == data.account &&
         account.statements.front().data.opening.currency == data.opening.currency;
}

bool earlier(const Statement& left, const Statement& right) {
  const auto key = [](const StatementReceived& data) {
    return std::tie(data.from, data.to, data.sequence, data.page, data.statement_id);
  };
  return key(left.data) < key(right.data);
}

// What is known of a row by then; nullopt: nothing.
std::optional<Statement> statement_of(StatementRow row, const AsOf& times) {
  std::erase_if(row.received,
                [&](const auto& said) { return !times.sees(said.known, said.data.to); });
  if (row.received.empty()) return std::nullopt;
  std::sort(row.received.begin(), row.received.end(), [](const auto& left, const auto& right) {
    return std::tie(left.known.recorded, left.position) <
           std::tie(right.known.recorded, right.position);
  });
  const auto& last = row.received.back();
  return Statement{last.data, last.position, row.received};
}

Result<std::vector<PaymentReversed>> reversals(const ViewSnapshot& snapshot, const AsOf& times) {
  std::vector<PaymentReversed> all;
  LEDGER_CHECK(scan_rows<ReversalRow>(snapshot, family(), "", "",
                                      [&](std::string_view, const ReversalRow& row) {
                                        for (const auto& said : row.reversed) {
                                          if (times.sees(said.known, said.data.reversed_on))
                                            all.push_back(said.data);
                                        }
                                        return true;
                                      }));
  return all;
}

bool has_taken_back(const std::vector<Account>& accounts) {
  return std::any_of(accounts.begin(), accounts.end(), [](const Account& account) {
    return std::any_of(account.statements.begin(), account.statements.end(),
                       [](const Statement& one) { return !one.data.taken_back.empty(); });
  });
}

}  // namespace

Result<std::vector<Account>> accounts(const ViewSnapshot& snapshot, const AsOf& times,
                                      std::string_view only) {
  std::vector<Account> accounts;
  const std::string prefix = only.empty() ? std::string() : account_key(only);
  LEDGER_CHECK(scan_rows<StatementRow>(
      snapshot, family(), prefix, prefix, [&](std::string_view, const StatementRow& row) {
        auto statement = statement_of(row, times);
        if (!statement) return true;
        if (accounts.empty() || !same_account(accounts.back(), statement->data)) {
          accounts.push_back({statement->data.account, {}, {}});
        }
        accounts.back().statements.push_back(*std::move(statement));
        return true;
      }));
  std::vector<PaymentReversed> reversed;
  if (has_taken_back(accounts)) {
    LEDGER_TRY(reversed, reversals(snapshot, times));
  }
  for (auto& account : accounts) {
    std::sort(account.statements.begin(), account.statements.end(), earlier);
    account.found = look_into(account.statements, reversed);
  }
  find_two_spellings(accounts);
  return accounts;
}

}  // namespace ledger::bank_statements
