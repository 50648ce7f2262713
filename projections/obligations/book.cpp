#include "projections/obligations/book.h"

#include <algorithm>
#include <tuple>

#include "projections/receivables/queries.h"
#include "projections/store/view_batch.h"

namespace ledger::obligations {

namespace {

using directory::OneClient;

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

bool owns(const OneClient& client, std::string_view home, const Position& position) {
  return client.owns(home, [&](const directory::Split& split) {
    return std::binary_search(split.events.begin(), split.events.end(), position);
  });
}

template <class Row>
void sort_facts(Row& row) {
  Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    auto& list = row.*member;
    std::sort(list.begin(), list.end(), [](const auto& left, const auto& right) {
      return std::tie(left.day, left.time, left.position) <
             std::tie(right.day, right.time, right.position);
    });
  });
}

template <class Row>
void forget_later(Row& row, Date day) {
  Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    std::erase_if(row.*member, [&](const auto& told) { return told.day > day; });
  });
  sort_facts(row);
}

// Cases that the index names, so far as their question was put by the day.
template <class Row>
Result<Cases<Row>> indexed_cases(const ViewSnapshot& snapshot, const std::string& prefix, Date day,
                                 const std::function<bool(const Position&)>& ours) {
  std::vector<std::string> ids;
  LEDGER_CHECK(scan_rows<IndexRow>(
      snapshot, family(), prefix, prefix, [&](std::string_view key, const IndexRow& row) {
        const bool is_ours =
            std::any_of(row.mentions.begin(), row.mentions.end(),
                        [&](const auto& mention) { return ours(mention.position); });
        if (is_ours) ids.emplace_back(key.substr(prefix.size()));
        return true;
      }));
  Cases<Row> cases;
  for (const auto& id : ids) {
    LEDGER_TRY(auto row, read_row<Row>(snapshot, family(), id));
    if (!row) continue;
    forget_later(*row, day);
    if (!row->asked.empty()) cases.emplace(id, *std::move(row));
  }
  return cases;
}

template <class Row>
Result<Cases<Row>> cases_of_client(const ViewSnapshot& snapshot, const OneClient& client,
                                   Date day) {
  Cases<Row> cases;
  for (const auto& home : client.homes) {
    LEDGER_TRY(auto found,
               indexed_cases<Row>(snapshot, client_cases_key(Row::kTable, home), day,
                                  [&](const Position& at) { return owns(client, home, at); }));
    cases.merge(found);
  }
  return cases;
}

Result<ClientRow> owed_of(const ViewSnapshot& snapshot, const OneClient& client, Date day) {
  ClientRow whole;
  for (const auto& home : client.homes) {
    LEDGER_TRY(const auto row, read_row<ClientRow>(snapshot, family(), home));
    if (!row) continue;
    ClientRow::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
      for (const auto& told : (*row).*member) {
        if (told.day <= day && owns(client, home, told.position)) (whole.*member).push_back(told);
      }
    });
  }
  sort_facts(whole);
  return whole;
}

Status read_arrivals(ClientBook& book, const ViewSnapshot& snapshot) {
  for (const auto& promise : book.owed.promises) {
    LEDGER_TRY(const auto row, read_row<ProductRow>(snapshot, family(), promise.data.product));
    if (!row) continue;
    for (const auto& told : row->arrived) {
      if (told.day > book.day || told.data.arrived_on > book.day) continue;
      auto& last = book.arrivals[promise.data.product];
      last = std::max(last, told.data.arrived_on);
    }
  }
  return {};
}

}  // namespace

Result<std::optional<ClientBook>> read_book(const ViewSnapshot& snapshot,
                                            std::string_view client_id, Date day,
                                            const directory::Calendar& calendar) {
  LEDGER_TRY(auto card, client_card::card(snapshot, client_id, day));
  if (!card) return std::nullopt;
  ClientBook book;
  book.day = day;
  book.card = *std::move(card);
  const OneClient& client = book.card.client;
  LEDGER_TRY(book.owed, owed_of(snapshot, client, day));
  LEDGER_TRY(book.call_result, last_call_result(snapshot, client, day));
  LEDGER_TRY(book.supplies, cases_of_client<SupplyRow>(snapshot, client, day));
  LEDGER_TRY(book.notices, cases_of_client<NoticeRow>(snapshot, client, day));
  LEDGER_TRY(book.inquiries, cases_of_client<InquiryRow>(snapshot, client, day));
  LEDGER_CHECK(read_arrivals(book, snapshot));
  const receivables::AsOf as_of{day, std::nullopt};
  LEDGER_TRY(book.account, receivables::account_of(snapshot, client));
  LEDGER_TRY(book.books, receivables::statements(book.account, as_of));
  LEDGER_TRY(book.promise, receivables::promise_of(book.account, as_of, calendar));
  return book;
}

template <class Row>
Result<Cases<Row>> cases_of_manager(const ViewSnapshot& snapshot, const ManagerId& manager,
                                    Date day) {
  return indexed_cases<Row>(snapshot, manager_cases_key(Row::kTable, manager.text()), day,
                            [](const Position&) { return true; });
}
template Result<Cases<ErrandRow>> cases_of_manager(const ViewSnapshot&, const ManagerId&, Date);
template Result<Cases<InformationRow>> cases_of_manager(const ViewSnapshot&, const ManagerId&,
                                                        Date);
template Result<Cases<SupplyRow>> cases_of_manager(const ViewSnapshot&, const ManagerId&, Date);
template Result<Cases<NoticeRow>> cases_of_manager(const ViewSnapshot&, const ManagerId&, Date);
template Result<Cases<BreachRow>> cases_of_manager(const ViewSnapshot&, const ManagerId&, Date);

Result<Cases<BreachRow>> all_breaches(const ViewSnapshot& snapshot, Date day) {
  Cases<BreachRow> cases;
  LEDGER_CHECK(
      scan_rows<BreachRow>(snapshot, family(), "", "", [&](std::string_view id, BreachRow row) {
        forget_later(row, day);
        if (!row.asked.empty()) cases.emplace(id, std::move(row));
        return true;
      }));
  return cases;
}

Result<ManagerRow> manager_row(const ViewSnapshot& snapshot, const ManagerId& manager) {
  LEDGER_TRY(auto row, read_row<ManagerRow>(snapshot, family(), manager.text()));
  return std::move(row).value_or(ManagerRow{});
}

}  // namespace ledger::obligations
