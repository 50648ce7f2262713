#include "consumers/access/scope.h"

#include <utility>

#include "projections/client_card/queries.h"
#include "projections/directory/queries.h"

namespace ledger {

namespace {

constexpr std::string_view kEveryDepartment = "*";

}  // namespace

Scope::Scope(const Principal* principal, const ViewSnapshot& snapshot, Date today)
    : principal_(principal), snapshot_(&snapshot), today_(today) {
  everything_ = principal == nullptr || has_role(Role::kAuditor) || has_role(Role::kAdmin);
}

bool Scope::has_role(Role role) const { return principal_ != nullptr && principal_->role == role; }

Result<Scope> Scope::of(const Principal* principal, const ViewSnapshot& snapshot, Date today,
                        const BusinessZone& zone) {
  Scope scope(principal, snapshot, today);
  if (scope.everything_) return scope;
  LEDGER_TRY(scope.responsibility_,
             Responsibility::read(snapshot, today, today, std::nullopt, zone));
  scope.nothing_ =
      scope.has_role(Role::kSource) || (scope.has_role(Role::kManager) && !principal->manager_id);
  const ManagerHired* employed = nullptr;
  if (!scope.nothing_ && principal->manager_id) {
    LEDGER_TRY(employed,
               scope.responsibility_->employed_last(*principal->manager_id, today, today));
    scope.nothing_ = employed == nullptr;
  }
  if (scope.nothing_ || !scope.has_role(Role::kHead)) return scope;
  scope.departments_ = {principal->departments.begin(), principal->departments.end()};
  scope.every_department_ = scope.departments_.erase(std::string(kEveryDepartment)) > 0;
  if (scope.departments_.empty() && employed != nullptr && employed->department) {
    scope.departments_.insert(*employed->department);
  }
  return scope;
}

bool Scope::sees_nobodys() const { return everything_ || (!nothing_ && has_role(Role::kHead)); }

std::optional<ManagerId> Scope::only_manager() const {
  return has_role(Role::kManager) ? principal_->manager_id : std::nullopt;
}

Result<bool> Scope::sees_manager(const ManagerId& manager) const {
  if (everything_) return true;
  if (nothing_) return false;
  if (principal_->manager_id == manager || every_department_) return true;
  if (!has_role(Role::kHead)) return false;
  LEDGER_TRY(const auto hired, directory::manager(*snapshot_, manager));
  return hired && hired->department && departments_.contains(*hired->department);
}

Result<bool> Scope::sees_client(std::string_view client) {
  if (whole_house()) return true;
  if (nothing_) return false;
  if (const auto known = clients_.find(client); known != clients_.end()) return known->second;
  LEDGER_TRY(const bool sees, sees_answering(client));
  clients_.emplace(client, sees);
  return sees;
}

Result<bool> Scope::sees_answering(std::string_view client) {
  LEDGER_TRY(const auto card, client_card::card(*snapshot_, client, {today_, std::nullopt}));
  if (!card) return false;
  LEDGER_TRY(const auto answering, responsibility_->of_client(*card, today_, std::nullopt));
  if (!answering.owner && !answering.manager) return has_role(Role::kHead);
  for (const auto& who : {answering.owner, answering.manager}) {
    if (!who) continue;
    LEDGER_TRY(const bool sees, sees_manager(*who));
    if (sees) return true;
  }
  return false;
}

}  // namespace ledger
