#include "consumers/query/receivables_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>

#include "consumers/query/day_range.h"
#include "platform/ukrainian_order.h"

namespace ledger {

namespace {

Status read_sort(DebtChoice& choice, const Query& query) {
  auto word = query.request.parameter("sort").value_or(name_of(choice.sort));
  choice.backwards = word.starts_with('-');
  if (choice.backwards) word.remove_prefix(1);
  const auto sort = from_name<DebtSort>(word);
  if (!sort) {
    return fail(ErrorCode::kInvalidField,
                "is client, balance, overdue, name or oldest, or one of them behind a minus, the "
                "other way round",
                "sort");
  }
  choice.sort = *sort;
  if ((choice.sort == DebtSort::kBalance || choice.sort == DebtSort::kOverdue) &&
      !choice.currency) {
    return fail(ErrorCode::kMissingField,
                "is required to sort by a sum: those of several currencies have no order",
                "currency");
  }
  return {};
}

// Sorts the largest first.
std::string falling(std::int64_t value) {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return fmt::format("{:020}", kMost - static_cast<std::uint64_t>(value));
}

std::string key_of(const Debtor& one, DebtSort sort) {
  std::int64_t oldest = 0;
  for (const auto& code : one.currencies) {
    oldest = std::max(oldest, one.row->late.at(code).oldest_days);
  }
  switch (sort) {
    case DebtSort::kClient:
      return one.client_id;
    case DebtSort::kBalance:
      return falling(one.row->ageings.at(one.currencies.front()).balance_minor) + one.client_id;
    case DebtSort::kOverdue:
      return falling(one.row->late.at(one.currencies.front()).overdue_minor) + one.client_id;
    case DebtSort::kName:
      return in_ukrainian_order(one.row->name.empty() ? one.client_id : one.row->name) + '\x01' +
             one.client_id;
    case DebtSort::kOldest:
      return falling(oldest) + one.client_id;
  }
  return {};
}

}  // namespace

std::string DebtChoice::text() const {
  std::string text;
  const auto add = [&](std::string_view name, std::string_view value) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, value);
  };
  if (manager) add("manager", manager->text());
  if (currency) add("currency", *currency);
  if (overdue_only) add("overdue", "true");
  if (due_in_week_only) add("due", "week");
  if (sort != DebtSort::kClient || backwards) {
    add("sort", fmt::format("{}{}", backwards ? "-" : "", name_of(sort)));
  }
  return text;
}

Result<std::optional<DebtChoice>> debt_choice(const Query& query) {
  if (const auto manager = query.request.parameter("manager")) {
    LEDGER_TRY(const bool sees, query.scope.sees_manager(ManagerId(std::string(*manager))));
    if (!sees) return std::nullopt;
  }
  DebtChoice choice;
  LEDGER_TRY(choice.manager, manager_parameter(query));
  if (const auto code = query.request.parameter("currency")) {
    const auto currency = Currency::parse(*code);
    if (!currency) return fail(currency.error().code, currency.error().message, "currency");
    choice.currency = currency->text();
  }
  const auto overdue = query.request.parameter("overdue").value_or("false");
  if (overdue != "true" && overdue != "false") {
    return fail(ErrorCode::kInvalidField, "is true or false", "overdue");
  }
  choice.overdue_only = overdue == "true";
  if (const auto due = query.request.parameter("due")) {
    if (*due != "week") return fail(ErrorCode::kInvalidField, "is week", "due");
    choice.due_in_week_only = true;
  }
  LEDGER_CHECK(read_sort(choice, query));
  return std::optional(std::move(choice));
}

Result<Debtors> chosen_debtors(const Query& query, const DebtChoice& choice, DebtorRows& rows,
                               Rates& rates) {
  Debtors all;
  all.backwards = choice.backwards;
  LEDGER_TRY(const auto ids, receivables::clients(query.snapshot, query.known_at));
  for (const auto& id : ids) {
    LEDGER_TRY(const bool sees, query.scope.sees_client(id));
    if (!sees) continue;
    Debtor one{id, nullptr, {}, {}};
    LEDGER_TRY(one.row, rows.of(id));
    if (choice.manager && one.row->who.manager != choice.manager) continue;
    LEDGER_CHECK(rates.read(one.row->ageings));
    bool open = false;
    for (const auto& [code, ageing] : one.row->ageings) {
      if (choice.currency && code != *choice.currency) continue;
      if (choice.overdue_only && one.row->late.at(code).overdue_minor == 0) continue;
      if (choice.due_in_week_only && ageing.due_7_days_minor == 0) continue;
      one.currencies.push_back(code);
      LEDGER_CHECK(receivables::add_to(all.totals[code], ageing));
      open = open || ageing.balance_minor != 0 || ageing.unallocated_minor != 0;
    }
    if (!open) continue;
    one.key = key_of(one, choice.sort);
    all.clients.push_back(std::move(one));
  }
  std::sort(all.clients.begin(), all.clients.end(), [](const Debtor& left, const Debtor& right) {
    return std::tie(left.key, left.client_id) < std::tie(right.key, right.client_id);
  });
  if (choice.backwards) std::reverse(all.clients.begin(), all.clients.end());
  return all;
}

std::vector<Debtor>::const_iterator Debtors::from(const std::string& key) const {
  if (key.empty()) return clients.begin();
  return std::partition_point(clients.begin(), clients.end(), [&](const Debtor& one) {
    return backwards ? key < one.key : one.key < key;
  });
}

}  // namespace ledger
