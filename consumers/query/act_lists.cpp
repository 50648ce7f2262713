#include <fmt/format.h>

#include <array>

#include "consumers/access/masking.h"
#include "consumers/query/act_json.h"
#include "consumers/query/client_names.h"
#include "projections/acts/coverage.h"
#include "projections/directory/one_client.h"

namespace ledger::act_json {

namespace {

using namespace acts;

// `state=`, by the words of the list that is asked for.
template <NamedEnum E>
Result<std::optional<E>> state_of(const http::Request& request) {
  const auto text = request.parameter("state");
  if (!text) return std::optional<E>();
  const auto word = from_name<E>(*text);
  if (word) return word;
  return fail(ErrorCode::kInvalidField,
              fmt::format("'{}' is no state; there are: {}", *text, fmt::join(names(E{}), ", ")),
              "state");
}

Result<directory::OneClient> client_of(const Query& query, std::string_view id) {
  return directory::one_client(query.snapshot, std::string(id), query.known_at);
}

void write_acts(JsonWriter& json, const std::vector<Standing>& acts) {
  json.key("acts").begin_array();
  for (const auto& act : acts) {
    json.begin_object();
    write_listed(json, act);
    json.end_object();
  }
  json.end_array();
}

Result<http::Response> of_client(const Query& query, std::string_view id) {
  LEDGER_TRY(const auto state, state_of<State>(query.request));
  LEDGER_TRY(const auto client, client_of(query, id));
  LEDGER_TRY(auto acts, acts_of(query.snapshot, client.cards, query.times()));
  std::erase_if(acts, [&](const Standing& act) { return state && act.state() != *state; });
  JsonWriter json = query.begin_answer();
  json.member("duty_id", kDuty);
  json.member("client_id", client.survivor);
  LEDGER_CHECK(write_client_name(json, query, client.survivor));
  write_acts(json, acts);
  return answer(json);
}

// How many need a reconciliation, and how many of them have come how far.
struct Counts {
  std::int64_t needed = 0;
  std::int64_t covered = 0;
  std::array<std::int64_t, names(Coverage{}).size()> by_coverage{};

  void add(const ClientMonth& client) {
    if (client.needs.empty()) return;
    ++needed;
    ++by_coverage[static_cast<std::size_t>(client.coverage)];
    if (is_covered(client.coverage)) ++covered;
  }
};

void write_counts(JsonWriter& json, const Counts& counts) {
  json.key("counts").begin_object();
  json.member("needed", counts.needed);
  json.member("covered", counts.covered);
  for (std::size_t i = 0; i < counts.by_coverage.size(); ++i) {
    json.member(names(Coverage{})[i], counts.by_coverage[i]);
  }
  json.end_object();
}

void write_rule(JsonWriter& json, Date month, const Rule& rule) {
  json.member("answer_by", format_date(answer_by(month, rule)));
  json.member("rule_version", rule.version);
}

// By which the clients of a list were judged, if that is one rule.
class OneRule {
 public:
  void add(const Rule& rule) {
    differ_ = differ_ || (rule_ && rule_->version != rule.version);
    rule_ = rule;
  }
  [[nodiscard]] const Rule* among(const Rule& otherwise) const {
    if (differ_) return nullptr;
    return rule_ ? &*rule_ : &otherwise;
  }

 private:
  std::optional<Rule> rule_;
  bool differ_ = false;
};

void write_client(JsonWriter& json, Date month, const ClientMonth& client) {
  json.begin_object();
  json.member("client_id", client.client_id);
  json.member("name", client.name);
  if (client.manager_id) json.member("manager_id", client.manager_id->text());
  json.key("needs").begin_array();
  for (const auto need : client.needs) json.value(name_of(need));
  json.end_array();
  json.member("coverage", name_of(client.coverage));
  json.key("by_currency").begin_object();
  for (const auto& [currency, coverage] : client.by_currency) {
    json.member(currency, name_of(coverage));
  }
  json.end_object();
  write_rule(json, month, client.rule);
  write_acts(json, client.acts);
  json.end_object();
}

Result<http::Response> of_month(const QueryContext& context, const Query& query, Date month) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  LEDGER_TRY(const auto state, state_of<Coverage>(query.request));
  const auto manager = query.request.parameter("manager");
  std::string only;
  if (const auto id = query.request.parameter("client")) {
    LEDGER_TRY(const auto client, client_of(query, *id));
    only = client.survivor;
  }
  const std::string_view from = query.request.parameter("cursor").value_or("");
  LEDGER_TRY(auto clients, coverage(query.snapshot, month, query.times(), context.zone));
  LEDGER_CHECK(keep_seen(query.scope, clients, [&](const ClientMonth& client) {
    return query.scope.sees_client(client.client_id);
  }));
  LEDGER_TRY(const auto rule,
             rule_of(query.snapshot, month,
                     manager ? std::optional(ManagerId(std::string(*manager))) : std::nullopt,
                     query.known_at));
  // Counted over all that the question is about, whatever the page and the state asked for.
  Counts counts;
  OneRule judged_by;
  JsonWriter rows;
  rows.begin_array();
  std::size_t shown = 0;
  std::string next;
  for (const auto& client : clients) {
    if (manager && (!client.manager_id || client.manager_id->text() != *manager)) continue;
    if (!only.empty() && client.client_id != only) continue;
    counts.add(client);
    judged_by.add(client.rule);
    if ((state && client.coverage != *state) || client.client_id < from) continue;
    if (shown == limit) {
      if (next.empty()) next = client.client_id;
      continue;
    }
    ++shown;
    write_client(rows, month, client);
  }
  rows.end_array();
  JsonWriter json = query.begin_answer();
  json.member("duty_id", kDuty);
  json.member("month", format_month(month));
  if (const auto* one = judged_by.among(rule)) write_rule(json, month, *one);
  write_counts(json, counts);
  json.key("clients").raw(rows.text());
  query.write_next_cursor(json, next);
  return answer(json);
}

}  // namespace

Result<http::Response> get_acts(const QueryContext& context, const Query& query) {
  const auto month = query.request.parameter("month");
  const auto client = query.request.parameter("client");
  if (!month && client) return of_client(query, *client);
  if (!month) return of_month(context, query, first_of_month(query.as_of));
  const auto parsed = parse_month(*month);
  if (!parsed) return fail(parsed.error().code, parsed.error().message, "month");
  return of_month(context, query, *parsed);
}

}  // namespace ledger::act_json
