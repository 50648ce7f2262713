#include "projections/receivables/queries.h"

#include <algorithm>
#include <map>

#include "projections/directory/card_clients.h"
#include "projections/directory/queries.h"
#include "projections/receivables/credit_rule.h"
#include "projections/receivables/owners.h"
#include "projections/store/view_batch.h"

namespace ledger::receivables {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// a × scale ÷ b, to the nearest.
std::optional<std::int64_t> ratio(std::int64_t a, std::int64_t scale, std::int64_t b) {
  if (b <= 0) return std::nullopt;
  const long double exact =
      static_cast<long double>(a) * static_cast<long double>(scale) / static_cast<long double>(b);
  return static_cast<std::int64_t>(exact + (exact < 0 ? -0.5L : 0.5L));
}

// The day itself too: it is not late yet (domain-semantics.md 4b, ageing).
bool falls_due_soon(const Item& item) {
  return item.days_past_due <= 0 && item.days_past_due >= -kDueSoonDays;
}

}  // namespace

std::size_t bucket_of(int days_past_due) {
  if (days_past_due <= 0) return 0;
  return static_cast<std::size_t>(std::min(4, 1 + (days_past_due - 1) / 30));
}

std::optional<std::int64_t> Ageing::dso_days() const {
  return ratio(std::max<std::int64_t>(balance_minor, 0), kSalesDays, invoiced_90_days_minor);
}

std::int64_t Ageing::open_minor() const { return balance_minor + unallocated_minor; }

std::optional<std::int64_t> Ageing::best_possible_dso_days() const {
  return ratio(not_due_minor, kSalesDays, invoiced_90_days_minor);
}

std::optional<std::int64_t> Ageing::average_days_delinquent() const {
  const auto dso = dso_days();
  const auto best = best_possible_dso_days();
  if (!dso || !best) return std::nullopt;
  return std::max<std::int64_t>(*dso - *best, 0);
}

std::optional<std::int64_t> Ageing::collection_effectiveness_percent() const {
  const auto sold = add_checked(open_90_days_ago_minor, invoiced_90_days_minor);
  if (!sold) return std::nullopt;
  const auto to_collect = add_checked(*sold, charges_90_days_minor);
  if (!to_collect) return std::nullopt;
  return ratio(*to_collect - open_minor(), 100, *to_collect - not_due_minor);
}

std::optional<std::int64_t> Ageing::on_time_percent() const {
  return ratio(paid_in_time_minor, 100, fallen_due_minor);
}

Result<Ageing> age(const Statement& statement, const Currency& currency, Basis basis) {
  Ageing ageing;
  ageing.currency = currency;
  ageing.unallocated_minor = statement.unallocated_minor;
  ageing.balance_minor = statement.balance_minor;
  ageing.conflict_minor = statement.conflict_minor;
  ageing.invoiced_90_days_minor = statement.invoiced_90_days_minor;
  ageing.charges_90_days_minor = statement.charges_90_days_minor;
  for (const auto& item : statement.items) {
    const int days = basis == Basis::kIssue ? item.days_since_issue : item.days_past_due;
    auto& bucket = ageing.buckets_minor[bucket_of(days)];
    LEDGER_TRY(bucket, add_checked(bucket, item.open_minor));
    // No more than the buckets are.
    if (item.days_past_due <= 0) ageing.not_due_minor += item.open_minor;
    if (falls_due_soon(item)) ageing.due_7_days_minor += item.open_minor;
    LEDGER_TRY(ageing.disputed_minor, add_checked(ageing.disputed_minor, item.disputed_minor));
    if (item.days_past_due <= 0) continue;
    LEDGER_TRY(ageing.fallen_due_minor,
               add_checked(ageing.fallen_due_minor, item.charged_minor - item.disputed_minor));
    LEDGER_TRY(ageing.paid_in_time_minor,
               add_checked(ageing.paid_in_time_minor, item.paid_in_time_minor));
  }
  return ageing;
}

Result<std::map<std::string, Ageing>> ageings(const AccountRow& account,
                                              const std::map<std::string, Statement>& books,
                                              const AsOf& as_of, Basis basis) {
  std::map<std::string, Ageing> result;
  for (const auto& [code, statement] : books) {
    LEDGER_TRY(const auto currency, Currency::parse(code));
    LEDGER_TRY(result[code], age(statement, currency, basis));
  }
  const AsOf before{add_days(as_of.day, -kSalesDays), as_of.known_at};
  LEDGER_TRY(const auto then, settle(account, before));
  for (const auto& item : then.items) {
    auto& ageing = result[item.invoice.amount.currency.text()];
    ageing.currency = item.invoice.amount.currency;
    LEDGER_TRY(ageing.open_90_days_ago_minor,
               add_checked(ageing.open_90_days_ago_minor, item.open_minor));
  }
  return result;
}

Status add_to(Ageing& total, const Ageing& part) {
  total.currency = part.currency;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    LEDGER_TRY(total.buckets_minor[i], add_checked(total.buckets_minor[i], part.buckets_minor[i]));
  }
  for (const auto member :
       {&Ageing::not_due_minor, &Ageing::unallocated_minor, &Ageing::balance_minor,
        &Ageing::disputed_minor, &Ageing::conflict_minor, &Ageing::invoiced_90_days_minor,
        &Ageing::charges_90_days_minor, &Ageing::open_90_days_ago_minor, &Ageing::fallen_due_minor,
        &Ageing::paid_in_time_minor, &Ageing::due_7_days_minor}) {
    LEDGER_TRY(total.*member, add_checked(total.*member, part.*member));
  }
  return {};
}

Result<std::optional<AccountRow>> account(const ViewSnapshot& snapshot,
                                          std::string_view client_id) {
  return read_row<AccountRow>(snapshot, family(), client_id);
}

Result<AccountRow> account_of(const ViewSnapshot& snapshot, const directory::OneClient& client) {
  AccountRow whole;
  for (const auto& home : client.homes) {
    LEDGER_TRY(const auto row, account(snapshot, home));
    if (!row) continue;
    AccountRow::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
      auto& all = whole.*member;
      for (const auto& item : (*row).*member) {
        const bool ours = client.owns(home, [&](const directory::Split& split) {
          return std::binary_search(split.events.begin(), split.events.end(), item.position);
        });
        if (ours) all.push_back(item);
      }
    });
  }
  for (const auto kind : {CalendarKind::kBusiness, CalendarKind::kBanking}) {
    for (const Date month : months_of_due_dates(whole, kind)) {
      LEDGER_TRY(const auto set, directory::days_set(snapshot, kind, month));
      whole.days_set.insert(whole.days_set.end(), set.begin(), set.end());
    }
  }
  LEDGER_TRY(whole.shared, shared_bookings(snapshot, whole, client));
  LEDGER_TRY(const auto policies, directory::policies(snapshot));
  whole.rules = credit_rules(policies);
  if (client.homes.size() > 1) {
    AccountRow::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
      auto& all = whole.*member;
      std::multimap<Position, std::decay_t<decltype(all.front())>> in_order;
      for (auto& item : all) in_order.emplace(item.position, std::move(item));
      all.clear();
      for (auto& [position, item] : in_order) all.push_back(std::move(item));
    });
  }
  return whole;
}

Status scan_paid(const ViewSnapshot& snapshot,
                 const std::function<bool(std::string_view card, const PaidHead& paid)>& visit) {
  const std::string table(1, AccountRow::kTable);
  Status failure;
  LEDGER_CHECK(
      snapshot.scan(family(), table, table, [&](std::string_view key, std::string_view value) {
        const auto paid = rows::decode_head<PaidHead>(value);
        if (!paid) failure = tl::unexpected(unreadable_row(snapshot, family(), paid.error()));
        return paid && visit(key.substr(table.size()), *paid);
      }));
  return failure;
}

Result<std::set<std::string>> clients(const ViewSnapshot& snapshot,
                                      const std::optional<Timestamp>& known_at) {
  const std::string table(1, AccountRow::kTable);
  std::vector<std::string> accounts;
  LEDGER_CHECK(snapshot.scan(family(), table, table, [&](std::string_view key, std::string_view) {
    accounts.emplace_back(key.substr(table.size()));
    return true;
  }));
  std::set<std::string> found;
  for (const auto& id : accounts) {
    LEDGER_CHECK(directory::add_clients_of_card(found, snapshot, id, known_at));
  }
  return found;
}

}  // namespace ledger::receivables
