#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "consumers/query/ageing_json.h"
#include "consumers/query/duty_links.h"
#include "consumers/query/obligation_json.h"
#include "consumers/query/routes.h"
#include "platform/calendar_month.h"
#include "projections/directory/queries.h"
#include "projections/obligations/portfolio.h"
#include "projections/obligations/queries.h"

namespace ledger {

namespace {

using obligations::ClientBook;
using obligations::Obligation;
using obligations::State;
using receivables::Ageing;

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

// What goes with one client: what is owed to him and not done, his promise to pay, his debts. Past
// credit stays where it is (domain-semantics.md 4c).
struct Handed {
  ClientBook book;
  std::vector<Obligation> owed;
  std::map<std::string, Ageing> debts;  // by currency; none that is settled
};

void keep_undone(std::vector<Obligation>& owed, Date day) {
  std::erase_if(owed, [&](const auto& one) { return one.state(day) == State::kDone; });
  std::sort(owed.begin(), owed.end(), [](const auto& left, const auto& right) {
    return obligations::sort_key(left) < obligations::sort_key(right);
  });
}

class Handover {
 public:
  static Result<Handover> read(const QueryContext& context, const Query& query) {
    const Date day = query.as_of;
    LEDGER_TRY(auto responsibility,
               Responsibility::read(query.snapshot, add_days(day, -obligations::kCalendarDays),
                                    add_days(day, obligations::kCalendarDays), query.known_at,
                                    context.zone));
    return Handover(context, query, std::move(responsibility));
  }

  // nullopt: the ledger has no facts about him.
  Result<std::optional<Handed>> of(std::string_view client_id) {
    const ViewSnapshot& snapshot = query_.snapshot;
    LEDGER_TRY(auto book, obligations::read_book(snapshot, client_id, query_.times(),
                                                 responsibility_.calendar()));
    if (!book) return std::nullopt;
    Handed handed{*std::move(book), {}, {}};
    const auto until = zone_.to_instant(add_days(query_.as_of, 1), std::chrono::seconds(0));
    LEDGER_TRY(handed.owed,
               obligations::owed_to(handed.book, snapshot, responsibility_, zone_, until));
    keep_undone(handed.owed, query_.as_of);
    // A head's to see to, whoever has the client.
    std::erase_if(handed.owed,
                  [](const auto& one) { return one.kind == obligations::Kind::kRequisites; });
    LEDGER_TRY(handed.debts,
               receivables::ageings(handed.book.account, handed.book.books, query_.times()));
    std::erase_if(handed.debts, [](const auto& one) {
      return one.second.balance_minor == 0 && one.second.unallocated_minor == 0;
    });
    LEDGER_CHECK(rates_.read(handed.debts));
    return handed;
  }

  // What he owes by himself, and not for a client.
  Result<std::vector<Obligation>> of_himself(const ManagerId& manager) {
    LEDGER_TRY(auto owed,
               obligations::owed_by(query_.snapshot, manager, query_.times(), responsibility_));
    keep_undone(owed, query_.as_of);
    // What he asked for is another's to decide.
    std::erase_if(owed, [&](const auto& one) { return one.who.manager != manager; });
    return owed;
  }

  Status write_obligations(JsonWriter& json, std::string_view name,
                           const std::vector<Obligation>& owed) const {
    json.key(name).begin_array();
    for (const auto& one : owed) {
      LEDGER_CHECK(write_obligation(json, query_, one));
    }
    json.end_array();
    return {};
  }

  void write_debts(JsonWriter& json, const std::map<std::string, Ageing>& debts) const {
    json.key("debts").begin_array();
    for (const auto& [code, ageing] : debts) {
      json.begin_object();
      write_amounts(json, ageing, rates_);
      json.end_object();
    }
    json.end_array();
  }

  Status write(JsonWriter& json, const Handed& handed) const {
    LEDGER_CHECK(write_obligations(json, "obligations", handed.owed));
    if (handed.book.promise) write_promise(json, *handed.book.promise);
    write_debts(json, handed.debts);
    return {};
  }

 private:
  Handover(const QueryContext& context, const Query& query, Responsibility responsibility)
      : zone_(context.zone),
        query_(query),
        responsibility_(std::move(responsibility)),
        rates_(query.snapshot, query.times()) {}

  const BusinessZone& zone_;
  const Query& query_;
  Responsibility responsibility_;
  Rates rates_;
};

// What goes with a client from one owner to the next, as of a day.
Result<http::Response> get_handover(const QueryContext& context, const Query& query) {
  const std::string& id = query.request.captures.front();
  LEDGER_TRY(auto handover, Handover::read(context, query));
  LEDGER_TRY(const auto handed, handover.of(id));
  if (!handed) {
    return fail(ErrorCode::kNotFound, fmt::format("the ledger has no facts about client '{}'", id));
  }
  const auto& card = handed->book.card;
  JsonWriter json = query.begin_answer();
  write_duty_ids(json, {{"to", "segments.separation"},
                        {"promise", "receivables.collected"},
                        {"debts", "receivables.collected"}});
  json.member("client_id", card.client.survivor);
  if (card.details.name) json.member("name", *card.details.name);
  LEDGER_CHECK(write_change(json, query.snapshot, change_on(card.facts, query.as_of)));
  LEDGER_CHECK(handover.write(json, *handed));
  return answer(json);
}

// Over all of a manager's clients.
struct Totals {
  std::int64_t clients = 0;
  std::int64_t obligations = 0;
  std::int64_t overdue = 0;
  std::int64_t promises_open = 0;
  std::map<std::string, Ageing> debts;

  Status add(const Handed& handed, Date day) {
    ++clients;
    obligations += std::ssize(handed.owed);
    overdue += std::count_if(handed.owed.begin(), handed.owed.end(),
                             [&](const auto& one) { return one.state(day) == State::kOverdue; });
    const auto& promise = handed.book.promise;
    if (promise && promise->state == receivables::PromiseState::kOpen) ++promises_open;
    for (const auto& [code, part] : handed.debts) {
      LEDGER_CHECK(receivables::add_to(debts[code], part));
    }
    return {};
  }
};

// The next owner where somebody has named him already. Of a day the card shows what holds on it, so
// what begins later is asked for by itself.
Result<std::optional<ClientAssigned>> next_after(const Query& query, const std::string& client_id,
                                                 const ManagerId& owner) {
  std::optional<ClientAssigned> next;
  const AsOf ever{kLastDay, query.known_at};
  LEDGER_TRY(const auto card, client_card::card(query.snapshot, client_id, ever));
  if (!card) return next;
  for (const auto& told : card->facts.assigned) {
    if (told.data.effective_from <= query.as_of || told.data.manager_id == owner) continue;
    if (!next || told.data.effective_from < next->effective_from) next = told.data;
  }
  return next;
}

Status write_client(JsonWriter& json, const Query& query, const Handover& handover,
                    const Handed& handed, const ManagerId& owner) {
  const auto& card = handed.book.card;
  json.begin_object();
  json.member("client_id", card.client.survivor);
  if (card.details.name) json.member("name", *card.details.name);
  LEDGER_TRY(const auto next, next_after(query, card.client.survivor, owner));
  if (next) {
    LEDGER_CHECK(write_manager(json, "to", query.snapshot, next->manager_id));
    json.member("effective_from", format_date(next->effective_from));
  }
  LEDGER_CHECK(handover.write(json, handed));
  json.end_object();
  return {};
}

void write_totals(JsonWriter& json, const Handover& handover, const Totals& totals) {
  json.key("totals").begin_object();
  json.member("clients", totals.clients);
  json.member("obligations", totals.obligations);
  json.member("overdue", totals.overdue);
  json.member("promises_open", totals.promises_open);
  handover.write_debts(json, totals.debts);
  json.end_object();
}

// What a manager who leaves hands over: his clients of the day, by id, `limit` of them a page, with
// totals over all pages; and what he owes by himself, which goes to nobody by itself.
Result<http::Response> get_manager_handover(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  const ManagerId id(query.request.captures.front());
  LEDGER_TRY(const auto manager, directory::manager(query.snapshot, id));
  if (!manager) return fail(ErrorCode::kNotFound, "nobody of that id was ever hired");
  const std::string from(query.request.parameter("cursor").value_or(""));
  LEDGER_TRY(auto handover, Handover::read(context, query));
  LEDGER_TRY(const auto clients, obligations::clients_of(query.snapshot, {id}, query.known_at));
  JsonWriter json = query.begin_answer();
  write_duty_ids(json, {{"clients", "segments.separation"},
                        {"totals", "receivables.collected"},
                        {"own_obligations", "tasks.done"}});
  json.member("manager_id", id.text());
  json.member("name", manager->name);
  json.key("clients").begin_array();
  Totals totals;
  std::size_t shown = 0;
  std::string next;
  for (const auto& client : clients) {
    LEDGER_TRY(const bool sees, query.scope.sees_client(client));
    if (!sees) continue;
    LEDGER_TRY(const auto handed, handover.of(client));
    if (!handed || client_card::owner_on(handed->book.card.facts, query.as_of) != id) continue;
    LEDGER_CHECK(totals.add(*handed, query.as_of));
    if (client < from) continue;
    if (shown == limit) {
      if (next.empty()) next = client;
      continue;
    }
    ++shown;
    LEDGER_CHECK(write_client(json, query, handover, *handed, id));
  }
  json.end_array();
  write_totals(json, handover, totals);
  LEDGER_TRY(const auto own, handover.of_himself(id));
  LEDGER_CHECK(handover.write_obligations(json, "own_obligations", own));
  query.write_next_cursor(json, next);
  return answer(json);
}

}  // namespace

void add_handover_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/clients/{id}/handover", http::RunOn::kWorker, get_handover,
            Times::kKnownAtToo);
  add_query(router, context, "/v1/managers/{id}/handover", http::RunOn::kWorker,
            get_manager_handover, Times::kKnownAtToo, {"limit", "cursor"});
}

}  // namespace ledger
