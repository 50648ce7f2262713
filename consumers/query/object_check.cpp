#include "consumers/query/object_check.h"

#include "platform/calendar_month.h"
#include "projections/acts/queries.h"

namespace ledger {

namespace {

using policy::About;
using policy::is_about;

Result<bool> sees_act(const Query& query, std::string_view act_id) {
  // By all that is known: who sees the client sees each of its acts.
  LEDGER_TRY(const auto act, acts::standing(query.snapshot, act_id, {kLastDay, std::nullopt}));
  if (!act) return query.scope.whole_house();
  return query.scope.sees_client(act->drafted.front().data.client_id.text());
}

Result<bool> sees_named(const policy::Rule& rule, const Query& query) {
  const auto& captures = query.request.captures;
  if (is_about(rule.about, About::kClient)) return query.scope.sees_client(captures.front());
  if (is_about(rule.about, About::kManager)) {
    return query.scope.sees_manager(ManagerId(captures.front()));
  }
  if (is_about(rule.about, About::kAct)) return sees_act(query, captures.front());
  return true;
}

Result<bool> sees_manager_parameter(const Query& query, std::string_view name) {
  const auto id = query.request.parameter(name);
  if (!id) return true;
  return query.scope.sees_manager(ManagerId(std::string(*id)));
}

}  // namespace

Result<bool> sees_objects(const policy::Rule* rule, const Query& query) {
  if (query.scope.everything()) return rule != nullptr || query.scope.principal() == nullptr;
  if (rule == nullptr) return false;
  LEDGER_TRY(bool sees, sees_named(*rule, query));
  const auto client = query.request.parameter("client");
  if (sees && client && is_about(rule->about, About::kClientParameter)) {
    LEDGER_TRY(sees, query.scope.sees_client(*client));
  }
  if (sees && is_about(rule->about, About::kManagerParameter)) {
    LEDGER_TRY(sees, sees_manager_parameter(query, "manager"));
  }
  if (sees && is_about(rule->about, About::kOwnerParameter)) {
    LEDGER_TRY(sees, sees_manager_parameter(query, "owner"));
  }
  return sees;
}

http::Response not_yours() {
  return http::forbidden(
      "there is nothing of this id, or it is not yours to see: its owner, the head of his "
      "department or an administrator is who may");
}

void ask_for_own(const policy::Rule* rule, http::Request& request) {
  const Principal* asking = request.principal.get();
  if (rule == nullptr || asking == nullptr || asking->role != Role::kManager) return;
  if (!asking->manager_id || !is_about(rule->about, About::kManagerParameter)) return;
  if (request.parameter("manager") || request.parameter("client")) return;
  request.query.emplace_back("manager", asking->manager_id->text());
}

Status write_client_id(JsonWriter& json, Scope& scope, std::string_view name,
                       std::string_view client_id) {
  LEDGER_TRY(const bool sees, scope.sees_client(client_id));
  if (sees) {
    json.member(name, client_id);
  } else {
    json.member("restricted", true);
  }
  return {};
}

}  // namespace ledger
