#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "consumers/query/ageing_json.h"
#include "consumers/query/context.h"
#include "consumers/query/receivables_rows.h"
#include "projections/receivables/queries.h"

// Which debts a question is about and in which order: the list, the page for print and the tables
// have them alike, so that a file of what is on a screen is what is on the screen.
namespace ledger {

// What the forms by client understand, and groups do not: manager=, whose clients; currency=;
// overdue=true, of whom something is past due; due=week, of whom something falls due within seven
// days; sort=, by client (his id), name, oldest (the longest
// past due first), balance or overdue (the largest first, of one currency: sums of several have no
// order), with "-" before it the other way round.
inline constexpr std::array<std::string_view, 5> kChoiceParameters{"manager", "currency", "overdue",
                                                                   "due", "sort"};

enum class DebtSort { kClient, kBalance, kOverdue, kName, kOldest };
constexpr auto names(DebtSort) { return words("client", "balance", "overdue", "name", "oldest"); }

struct DebtChoice {
  std::optional<ManagerId> manager;
  std::optional<std::string> currency;
  bool overdue_only = false;
  bool due_in_week_only = false;
  DebtSort sort = DebtSort::kClient;
  bool backwards = false;

  // As a question says it, whatever order its parameters had; empty where all is asked for as it
  // lies: "manager=m-1&overdue=true&sort=-name".
  [[nodiscard]] std::string text() const;
};
// nullopt: of another manager's clients, which are not his to see who asks.
[[nodiscard]] Result<std::optional<DebtChoice>> debt_choice(const Query& query);

// A client who was chosen, and in which currencies.
struct Debtor {
  std::string client_id;
  std::shared_ptr<const DebtorRow> row;
  std::vector<std::string> currencies;
  std::string key;  // of his place: a page begins with one
};

struct Debtors {
  std::vector<Debtor> clients;  // in the order that was asked for
  std::map<std::string, receivables::Ageing> totals;
  bool backwards = false;

  // The first whose place is `key` or beyond.
  [[nodiscard]] std::vector<Debtor>::const_iterator from(const std::string& key) const;
};
// Everybody whom the choice is about; who owes nothing, and of whom nothing is unallocated, adds to
// the totals' rates of payment and is not among the clients.
[[nodiscard]] Result<Debtors> chosen_debtors(const Query& query, const DebtChoice& choice,
                                             DebtorRows& rows, Rates& rates);

}  // namespace ledger
