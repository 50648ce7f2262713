#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "consumers/query/ageing_json.h"
#include "consumers/query/duty_links.h"
#include "consumers/query/obligation_json.h"
#include "consumers/query/routes.h"
#include "projections/directory/queries.h"
#include "projections/obligations/queries.h"

namespace ledger {

namespace {

using obligations::ClientBook;
using obligations::State;

// The owner on a day, and who was it before him.
struct Change {
  const Told<ClientAssigned>* to = nullptr;
  const Told<ClientAssigned>* from = nullptr;
};

Change change_on(const client_card::CardRow& facts, Date day) {
  std::vector<const Told<ClientAssigned>*> all;
  for (const auto& told : facts.assigned) {
    if (told.data.effective_from <= day) all.push_back(&told);
  }
  const auto rank = [](const auto* told) {
    return std::tie(told->data.effective_from, told->time, told->position);
  };
  std::sort(all.begin(), all.end(),
            [&](const auto* left, const auto* right) { return rank(left) < rank(right); });
  Change change;
  for (const auto* told : all) {
    if (change.to == nullptr || told->data.manager_id != change.to->data.manager_id) {
      change = {told, change.to};
    }
  }
  return change;
}

Status write_manager(JsonWriter& json, std::string_view name, const ViewSnapshot& snapshot,
                     const ManagerId& id) {
  LEDGER_TRY(const auto manager, directory::manager(snapshot, id));
  json.key(name).begin_object();
  json.member("manager_id", id.text());
  if (manager) json.member("name", manager->name);
  json.end_object();
  return {};
}

Status write_change(JsonWriter& json, const ViewSnapshot& snapshot, const Change& change) {
  if (change.from != nullptr) {
    LEDGER_CHECK(write_manager(json, "from", snapshot, change.from->data.manager_id));
  }
  if (change.to == nullptr) return {};
  LEDGER_CHECK(write_manager(json, "to", snapshot, change.to->data.manager_id));
  json.member("effective_from", format_date(change.to->data.effective_from));
  if (change.to->data.reason) json.member("reason", *change.to->data.reason);
  json.member("assigned_position", to_string(change.to->position));
  return {};
}

Status write_debts(JsonWriter& json, const ClientBook& book, const ViewSnapshot& snapshot) {
  LEDGER_TRY(const auto by_currency, receivables::ageings(book.account, book.books, book.as_of));
  Rates rates(snapshot, book.as_of);
  LEDGER_CHECK(rates.read(by_currency));
  json.key("debts").begin_array();
  for (const auto& [code, ageing] : by_currency) {
    if (ageing.balance_minor == 0 && ageing.unallocated_minor == 0) continue;
    json.begin_object();
    write_amounts(json, ageing, rates);
    json.end_object();
  }
  json.end_array();
  return {};
}

// What goes with a client from one owner to the next, as of a day: what is owed to him and not
// done, his promise to pay, his debts (domain-semantics.md 4c). Past credit stays where it is.
Result<http::Response> get_handover(const QueryContext& context, const Query& query) {
  const std::string& id = query.request.captures.front();
  const Date day = query.as_of;
  LEDGER_TRY(auto responsibility,
             Responsibility::read(query.snapshot, add_days(day, -obligations::kCalendarDays),
                                  add_days(day, obligations::kCalendarDays), query.known_at,
                                  context.zone));
  LEDGER_TRY(const auto book,
             obligations::read_book(query.snapshot, id, query.times(), responsibility.calendar()));
  if (!book) {
    return fail(ErrorCode::kNotFound, fmt::format("the ledger has no facts about client '{}'", id));
  }
  const Timestamp until = context.zone.to_instant(add_days(day, 1), std::chrono::seconds(0));
  LEDGER_TRY(auto owed,
             obligations::owed_to(*book, query.snapshot, responsibility, context.zone, until));
  std::erase_if(owed, [&](const auto& one) { return one.state(day) == State::kDone; });
  std::sort(owed.begin(), owed.end(), [](const auto& left, const auto& right) {
    return obligations::sort_key(left) < obligations::sort_key(right);
  });
  JsonWriter json = query.begin_answer();
  write_duty_ids(json, {{"to", "segments.separation"},
                        {"promise", "receivables.collected"},
                        {"debts", "receivables.collected"}});
  json.member("client_id", book->card.client.survivor);
  if (book->card.details.name) json.member("name", *book->card.details.name);
  LEDGER_CHECK(write_change(json, query.snapshot, change_on(book->card.facts, day)));
  json.key("obligations").begin_array();
  for (const auto& one : owed) {
    LEDGER_CHECK(write_obligation(json, query.snapshot, one, day));
  }
  json.end_array();
  if (book->promise) write_promise(json, *book->promise);
  LEDGER_CHECK(write_debts(json, *book, query.snapshot));
  return answer(json);
}

}  // namespace

void add_handover_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/clients/{id}/handover", http::RunOn::kWorker, get_handover,
            Times::kKnownAtToo);
}

}  // namespace ledger
