#include "consumers/query/receivables_groups.h"

#include <map>

#include "consumers/query/ageing_json.h"
#include "consumers/query/answering.h"
#include "consumers/query/duty_links.h"
#include "projections/client_card/standing.h"
#include "projections/directory/queries.h"

namespace ledger {

namespace {

using receivables::Ageing;

struct Group {
  std::int64_t clients = 0;
  std::map<std::string, Ageing> by_currency;
};
using Groups = std::map<std::string, Group>;  // by id or word; empty: nobody's

enum class By { kManager, kSegment };
constexpr auto names(By) { return words("manager", "segment"); }

// Of each way of grouping, by which rule: the stand-in answers for debts as he does for clients, as
// in the report of a month (domain-semantics.md 4a, stand-in).
constexpr std::string_view rule_of(By by) {
  return by == By::kManager ? kResponsibleRule : "segment_on_day.v1";
}

// Who answers for the client on the date, or to which segment it belongs then.
Result<std::string> group_of(const Query& query, Responsibility& responsibility,
                             const std::string& client_id, By by) {
  LEDGER_TRY(const auto card, client_card::card(query.snapshot, client_id, query.times()));
  if (!card) return std::string();
  if (by == By::kManager) {
    LEDGER_TRY(const auto who, responsibility.of_client(*card, query.as_of, std::nullopt));
    return who.manager ? who.manager->text() : std::string();
  }
  const auto segment = client_card::profile(*card).segment;
  return std::string(segment ? name_of(*segment) : "");
}

Result<Groups> groups(const QueryContext& context, const Query& query, By by,
                      receivables::Basis basis, Rates& rates) {
  Groups groups;
  LEDGER_TRY(auto responsibility, Responsibility::read(query.snapshot, query.as_of, query.as_of,
                                                       query.known_at, context.zone));
  LEDGER_TRY(const auto ids, receivables::clients(query.snapshot, query.known_at));
  for (const auto& id : ids) {
    LEDGER_TRY(const auto client, directory::one_client(query.snapshot, id, query.known_at));
    LEDGER_TRY(const auto account, receivables::account_of(query.snapshot, client));
    LEDGER_TRY(const auto books, receivables::statements(account, query.times()));
    if (books.empty()) continue;
    LEDGER_TRY(const auto parts, receivables::ageings(account, books, query.times(), basis));
    LEDGER_CHECK(rates.read(parts));
    LEDGER_TRY(const auto name, group_of(query, responsibility, id, by));
    Group& group = groups[name];
    ++group.clients;
    for (const auto& [code, part] : parts) {
      LEDGER_CHECK(receivables::add_to(group.by_currency[code], part));
    }
  }
  return groups;
}

Status write_name(JsonWriter& json, const Query& query, By by, const std::string& name) {
  if (name.empty()) return {};  // no owner, no segment: a group of its own
  json.member(by == By::kManager ? "manager_id" : "segment", name);
  if (by != By::kManager) return {};
  LEDGER_TRY(const auto manager, directory::manager(query.snapshot, ManagerId(name)));
  if (manager) json.member("name", manager->name);
  return {};
}

}  // namespace

Result<http::Response> get_receivables_groups(const QueryContext& context, const Query& query,
                                              std::string_view word, receivables::Basis basis) {
  const auto by = from_name<By>(word);
  if (!by) return fail(ErrorCode::kInvalidField, "is client, manager or segment", "by");
  Rates rates(query.snapshot, query.times());
  LEDGER_TRY(const auto found, groups(context, query, *by, basis, rates));
  JsonWriter json = query.begin_answer();
  json.member("basis", name_of(basis));
  json.member("rule", rule_of(*by));
  write_duty_ids(json, {{"groups", "receivables.collected"}});
  json.key("groups").begin_array();
  for (const auto& [name, group] : found) {
    json.begin_object();
    LEDGER_CHECK(write_name(json, query, *by, name));
    json.member("clients", group.clients);
    json.key("currencies").begin_array();
    for (const auto& [code, ageing] : group.by_currency) {
      json.begin_object();
      write_amounts(json, ageing, rates);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  return answer(json);
}

}  // namespace ledger
