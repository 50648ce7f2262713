#include "projections/obligations/book.h"

#include <algorithm>
#include <tuple>

#include "platform/words.h"
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

// Leaves what can be seen.
template <class Row>
void look_at(Row& row, const AsOf& as_of) {
  Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    std::erase_if(row.*member, [&](const auto& told) { return !as_of.sees(told.known, told.day); });
  });
  sort_facts(row);
}

// Cases that the index names, so far as their question can be seen and is `ours`.
template <class Row>
Result<Cases<Row>> indexed_cases(const ViewSnapshot& snapshot, const std::string& prefix,
                                 const AsOf& as_of,
                                 const std::function<bool(const Position&)>& ours) {
  std::vector<std::string> ids;
  LEDGER_CHECK(scan_rows<IndexRow>(snapshot, family(), prefix, prefix,
                                   [&](std::string_view key, const IndexRow&) {
                                     ids.emplace_back(key.substr(prefix.size()));
                                     return true;
                                   }));
  Cases<Row> cases;
  for (const auto& id : ids) {
    LEDGER_TRY(auto row, read_row<Row>(snapshot, family(), id));
    if (!row) continue;
    look_at(*row, as_of);
    std::erase_if(row->asked, [&](const auto& told) { return !ours(told.position); });
    if (!row->asked.empty()) cases.emplace(id, *std::move(row));
  }
  return cases;
}

template <class Row>
Result<Cases<Row>> cases_of_client(const ViewSnapshot& snapshot, const OneClient& client,
                                   const AsOf& as_of) {
  Cases<Row> cases;
  for (const auto& home : client.homes) {
    LEDGER_TRY(auto found,
               indexed_cases<Row>(snapshot, client_cases_key(Row::kTable, home), as_of,
                                  [&](const Position& at) { return owns(client, home, at); }));
    cases.merge(found);
  }
  return cases;
}

Status read_arrivals(ClientBook& book, const ViewSnapshot& snapshot) {
  for (const auto& promise : book.owed.promises) {
    LEDGER_TRY(const auto row,
               read_row<ProductRow>(snapshot, family(), fold_words(promise.data.product)));
    if (!row) continue;
    for (const auto& told : row->arrived) {
      if (!book.as_of.sees(told.known, std::max(told.day, told.data.arrived_on))) continue;
      auto& last = book.arrivals[promise.data.product];
      last = std::max(last, told.data.arrived_on);
    }
  }
  return {};
}

}  // namespace

Result<ClientRow> owed_of(const ViewSnapshot& snapshot, const OneClient& client,
                          const AsOf& as_of) {
  ClientRow whole;
  for (const auto& home : client.homes) {
    LEDGER_TRY(const auto row, read_row<ClientRow>(snapshot, family(), home));
    if (!row) continue;
    ClientRow::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
      for (const auto& told : (*row).*member) {
        if (as_of.sees(told.known, told.day) && owns(client, home, told.position)) {
          (whole.*member).push_back(told);
        }
      }
    });
  }
  sort_facts(whole);
  return whole;
}

Result<std::optional<ClientBook>> read_book(const ViewSnapshot& snapshot,
                                            std::string_view client_id, const AsOf& as_of,
                                            const directory::Calendar& calendar) {
  LEDGER_TRY(auto card, client_card::card(snapshot, client_id, as_of));
  if (!card) return std::nullopt;
  ClientBook book;
  book.as_of = as_of;
  book.card = *std::move(card);
  const OneClient& client = book.card.client;
  LEDGER_TRY(book.owed, owed_of(snapshot, client, as_of));
  LEDGER_TRY(book.call_result, last_call_result(snapshot, client, as_of));
  LEDGER_TRY(book.supplies, cases_of_client<SupplyRow>(snapshot, client, as_of));
  LEDGER_TRY(book.notices, cases_of_client<NoticeRow>(snapshot, client, as_of));
  LEDGER_TRY(book.inquiries, cases_of_client<InquiryRow>(snapshot, client, as_of));
  LEDGER_CHECK(read_arrivals(book, snapshot));
  LEDGER_TRY(book.account, receivables::account_of(snapshot, client));
  LEDGER_TRY(book.books, receivables::statements(book.account, as_of));
  LEDGER_TRY(book.promise, receivables::promise_of(book.account, as_of, calendar));
  return book;
}

template <class Row>
Result<Cases<Row>> cases_of_manager(const ViewSnapshot& snapshot, const ManagerId& manager,
                                    const AsOf& as_of) {
  return indexed_cases<Row>(snapshot, manager_cases_key(Row::kTable, manager.text()), as_of,
                            [](const Position&) { return true; });
}
template Result<Cases<ErrandRow>> cases_of_manager(const ViewSnapshot&, const ManagerId&,
                                                   const AsOf&);
template Result<Cases<InformationRow>> cases_of_manager(const ViewSnapshot&, const ManagerId&,
                                                        const AsOf&);
template Result<Cases<ApprovalRow>> cases_of_manager(const ViewSnapshot&, const ManagerId&,
                                                     const AsOf&);
template Result<Cases<SupplyRow>> cases_of_manager(const ViewSnapshot&, const ManagerId&,
                                                   const AsOf&);
template Result<Cases<NoticeRow>> cases_of_manager(const ViewSnapshot&, const ManagerId&,
                                                   const AsOf&);
template Result<Cases<BreachRow>> cases_of_manager(const ViewSnapshot&, const ManagerId&,
                                                   const AsOf&);

Result<Cases<BreachRow>> all_breaches(const ViewSnapshot& snapshot, const AsOf& as_of) {
  Cases<BreachRow> cases;
  LEDGER_CHECK(
      scan_rows<BreachRow>(snapshot, family(), "", "", [&](std::string_view id, BreachRow row) {
        look_at(row, as_of);
        if (!row.asked.empty()) cases.emplace(id, std::move(row));
        return true;
      }));
  return cases;
}

}  // namespace ledger::obligations
