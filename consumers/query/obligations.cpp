#include "projections/obligations/queries.h"

#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <utility>

#include "consumers/query/obligation_json.h"
#include "consumers/query/routes.h"

namespace ledger {

namespace {

using obligations::Kind;
using obligations::Obligation;
using obligations::Owed;
using obligations::State;

// When it is due, as one looks at a day's work: days, never instants.
enum class Due { kLate, kToday, kWeek, kLater, kUndated };
constexpr auto names(Due) { return words("late", "today", "week", "later", "undated"); }

constexpr int kWeekDays = 7;

Due due_of(const Obligation& one, Date day) {
  if (!one.due_on) return Due::kUndated;
  if (*one.due_on < day) return Due::kLate;
  if (*one.due_on == day) return Due::kToday;
  return days_between(day, *one.due_on) <= kWeekDays ? Due::kWeek : Due::kLater;
}

struct Filters {
  std::optional<State> state;  // absent: all that is not done
  std::optional<Kind> kind;
  std::optional<Due> due;
};

// How many are due when, over all pages and whichever `due` is asked for.
struct DueCounts {
  std::array<std::int64_t, names(Due{}).size()> counts{};

  void add(Due due) { ++counts.at(static_cast<std::size_t>(due)); }
  void write(JsonWriter& json) const {
    json.key("due").begin_object();
    for (std::size_t i = 0; i < counts.size(); ++i) json.member(names(Due{})[i], counts.at(i));
    json.end_object();
  }
};

Result<Filters> filters_of(const Query& query) {
  Filters filters;
  if (const auto word = query.request.parameter("state")) {
    filters.state = from_name<State>(*word);
    if (!filters.state) {
      return fail(ErrorCode::kInvalidField, "is open, overdue or done", "state");
    }
  }
  if (const auto word = query.request.parameter("kind")) {
    filters.kind = from_name<Kind>(*word);
    if (!filters.kind) {
      std::string all;
      for (const auto name : names(Kind{})) all += (all.empty() ? "" : ", ") + std::string(name);
      return fail(ErrorCode::kInvalidField, "is one of " + all, "kind");
    }
  }
  if (const auto word = query.request.parameter("due")) {
    filters.due = from_name<Due>(*word);
    if (!filters.due) {
      return fail(ErrorCode::kInvalidField, "is late, today, week, later or undated", "due");
    }
  }
  return filters;
}

bool passes(const Filters& filters, const Obligation& one, Date day) {
  if (filters.kind && one.kind != *filters.kind) return false;
  const State state = one.state(day);
  return filters.state ? state == *filters.state : state != State::kDone;
}

struct Listed {
  const Owed* owed = nullptr;
  bool restricted = false;  // of a client whom the scope does not see
};
// Those that the scope sees.
struct Seen {
  obligations::OwedList owed;
  std::deque<Owed> bare;  // what is shown in place of those that it does not see whole
  std::vector<Listed> rows;
};

// What somebody took upon himself for another's client stays his to do, and opens nothing of the
// client: what kind it is, and by when. Of what was, nothing.
Obligation without_client(const Obligation& one, std::size_t number) {
  Obligation bare;
  bare.kind = one.kind;
  bare.id = "restricted-" + std::to_string(number);
  bare.due_on = one.due_on;
  bare.done_on = one.done_on;
  bare.who.manager = one.who.manager;
  bare.who.supervisor = one.who.supervisor;
  bare.who.no_stand_in = one.who.no_stand_in;
  return bare;
}

Result<bool> sees_who(const Obligation& one, const Scope& scope) {
  return one.who.manager ? scope.sees_manager(*one.who.manager)
                         : Result<bool>(scope.sees_nobodys());
}

// Before anything is counted. Those that are cut down are numbered in their order.
Result<Seen> listed(obligations::OwedList all, const Query& query) {
  const bool of_now = query.as_of == query.today && !query.known_at;
  Seen seen;
  seen.owed = std::move(all);
  seen.rows.reserve(seen.owed.rows.size());
  if (!query.scope.everything()) {
    std::sort(seen.owed.rows.begin(), seen.owed.rows.end(),
              [](const Owed* left, const Owed* right) {
                return obligations::comes_before(*left, *right);
              });
  }
  for (const auto* owed : seen.owed.rows) {
    const Obligation& one = owed->one;
    const bool of_client = !one.client_id.empty();
    LEDGER_TRY(const bool whole,
               of_client ? query.scope.sees_client(one.client_id) : sees_who(one, query.scope));
    if (whole) seen.rows.push_back({owed, false});
    // Nobody took upon himself what no head was there for: it is for those who see the client.
    if (whole || !of_client || !of_now || !one.who.manager) continue;
    LEDGER_TRY(const bool his, sees_who(one, query.scope));
    if (!his) continue;
    auto bare = without_client(one, seen.bare.size() + 1);
    std::string key = obligations::sort_key(bare);
    seen.bare.push_back({std::move(bare), std::move(key)});
    seen.rows.push_back({&seen.bare.back(), true});
  }
  return seen;
}

bool comes_before(const Listed& left, const Listed& right) {
  return obligations::comes_before(*left.owed, *right.owed);
}

// What the question asks for, counted over all pages; of it `page` is what the page begins with and
// what comes behind, in no order.
struct Chosen {
  std::vector<Listed> page;
  std::int64_t total = 0;
  std::int64_t overdue = 0;
  DueCounts due;
};

Chosen chosen(const Seen& all, const Filters& filters, std::string_view from, Date day) {
  Chosen found;
  for (const auto& listed : all.rows) {
    const Obligation& one = listed.owed->one;
    if (!passes(filters, one, day)) continue;
    const Due due = due_of(one, day);
    found.due.add(due);
    if (filters.due && due != *filters.due) continue;
    ++found.total;
    if (one.state(day) == State::kOverdue) ++found.overdue;
    if (listed.owed->key >= from) found.page.push_back(listed);
  }
  return found;
}

Result<http::Response> get_obligations(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  LEDGER_TRY(const auto filters, filters_of(query));
  obligations::Question question{std::nullopt, {query.as_of, query.known_at}};
  if (const auto id = query.request.parameter("manager")) {
    question.manager = ManagerId(std::string(*id));
  }
  const std::string from(query.request.parameter("cursor").value_or(""));
  LEDGER_TRY(auto owed, obligations::obligations(query.snapshot, question, context.zone));
  LEDGER_TRY(const auto all, listed(std::move(owed), query));
  auto found = chosen(all, filters, from, query.as_of);
  auto& page = found.page;
  const std::size_t sorted = std::min(page.size(), limit + 1);  // the last begins the next page
  std::partial_sort(page.begin(), page.begin() + static_cast<std::ptrdiff_t>(sorted), page.end(),
                    comes_before);
  JsonWriter json = query.begin_answer();
  json.key("obligations").begin_array();
  for (std::size_t i = 0; i < std::min(page.size(), limit); ++i) {
    LEDGER_CHECK(write_obligation(json, query, page[i].owed->one, page[i].restricted));
  }
  json.end_array();
  // Over all pages.
  json.member("total", found.total);
  json.member("overdue", found.overdue);
  found.due.write(json);
  if (sorted > limit) query.write_next_cursor(json, page[limit].owed->key);
  return answer(json);
}

}  // namespace

void add_obligation_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/obligations", http::RunOn::kWorker, get_obligations,
            Times::kKnownAtToo, {"manager", "state", "kind", "due", "limit", "cursor"});
}

}  // namespace ledger
