#include "projections/obligations/queries.h"

#include "consumers/query/obligation_json.h"
#include "consumers/query/routes.h"

namespace ledger {

namespace {

using obligations::Kind;
using obligations::Obligation;
using obligations::State;

struct Filters {
  std::optional<State> state;  // absent: all that is not done
  std::optional<Kind> kind;
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
  return filters;
}

bool passes(const Filters& filters, const Obligation& one, Date day) {
  if (filters.kind && one.kind != *filters.kind) return false;
  const State state = one.state(day);
  return filters.state ? state == *filters.state : state != State::kDone;
}

Result<http::Response> get_obligations(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  LEDGER_TRY(const auto filters, filters_of(query));
  obligations::Question question{std::nullopt, {query.as_of, query.known_at}};
  if (const auto id = query.request.parameter("manager")) {
    question.manager = ManagerId(std::string(*id));
  }
  const std::string from(query.request.parameter("cursor").value_or(""));
  LEDGER_TRY(const auto all, obligations::obligations(query.snapshot, question, context.zone));
  JsonWriter json = query.begin_answer();
  json.key("obligations").begin_array();
  std::size_t shown = 0;
  std::int64_t total = 0;
  std::int64_t overdue = 0;
  std::string next;
  for (const auto& one : all) {
    if (!passes(filters, one, query.as_of)) continue;
    ++total;
    if (one.state(query.as_of) == State::kOverdue) ++overdue;
    const std::string key = obligations::sort_key(one);
    if (key < from) continue;
    if (shown == limit) {
      if (next.empty()) next = key;
      continue;
    }
    ++shown;
    LEDGER_CHECK(write_obligation(json, query.snapshot, one, query.as_of));
  }
  json.end_array();
  // Over all pages.
  json.member("total", total);
  json.member("overdue", overdue);
  if (!next.empty()) json.member("next_cursor", next);
  return answer(json);
}

}  // namespace

void add_obligation_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/obligations", http::RunOn::kWorker, get_obligations,
            Times::kKnownAtToo, {"manager", "state", "kind", "limit", "cursor"});
}

}  // namespace ledger
