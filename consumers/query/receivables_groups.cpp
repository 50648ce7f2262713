#include "consumers/query/receivables_groups.h"

#include <map>

#include "consumers/query/ageing_json.h"
#include "consumers/query/answering.h"
#include "consumers/query/duty_links.h"
#include "consumers/query/receivables_rows.h"
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
std::string group_of(const DebtorRow& row, By by) {
  if (by == By::kManager) return row.who.manager ? row.who.manager->text() : "";
  return std::string(row.segment ? name_of(*row.segment) : "");
}

Result<Groups> groups(const QueryContext& context, const Query& query, By by,
                      receivables::Basis basis, Rates& rates) {
  Groups groups;
  LEDGER_TRY(const auto rows, DebtorRows::read(context, query, basis));
  LEDGER_TRY(const auto ids, receivables::clients(query.snapshot, query.known_at));
  for (const auto& id : ids) {
    LEDGER_TRY(const bool sees, query.scope.sees_client(id));
    if (!sees) continue;
    LEDGER_TRY(const auto row, rows->of(id));
    if (row->late.empty()) continue;  // nothing was booked by then
    LEDGER_CHECK(rates.read(row->ageings));
    Group& group = groups[group_of(*row, by)];
    ++group.clients;
    for (const auto& [code, part] : row->ageings) {
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
  write_duty_ids(
      json, {{"groups", "receivables.collected"}, {"due_7_days_minor", "receivables.due_soon"}});
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
