#include "consumers/stream/audience.h"

#include <utility>

namespace ledger::stream {

namespace {

bool hears_all(const Principal* principal) {
  return principal == nullptr || principal->role == Role::kAuditor ||
         principal->role == Role::kAdmin;
}

}  // namespace

Result<Audience::Ear*> Audience::ear_of(const std::shared_ptr<const Principal>& principal) {
  if (const auto known = ears_.find(principal.get()); known != ears_.end()) return &known->second;
  LEDGER_TRY(auto scope, Scope::of(principal.get(), *views_, today_, *zone_));
  const auto [added, fresh] =
      ears_.emplace(principal.get(), Ear{principal, std::move(scope), {}, {}});
  return &added->second;
}

Result<bool> Audience::sees_manager(Ear& ear, const ManagerId& manager) {
  const auto [known, fresh] = ear.managers.emplace(manager, false);
  if (fresh) {
    LEDGER_TRY(known->second, ear.scope.sees_manager(manager));
  }
  return known->second;
}

Result<bool> Audience::sees_client(Ear& ear, const ClientId& client) {
  const auto [known, fresh] = ear.clients.emplace(client, false);
  if (fresh) {
    LEDGER_TRY(known->second, ear.scope.sees_client(client.text()));
  }
  return known->second;
}

Result<Audience::Hears> Audience::hears(const std::shared_ptr<const Principal>& principal,
                                        const HeardEvent& event) {
  if (hears_all(principal.get())) return Hears::kAll;
  if (principal->role == Role::kSource || event.of_access) return Hears::kNothing;
  LEDGER_TRY(Ear * ear, ear_of(principal));
  if (event.client) {
    LEDGER_TRY(const bool sees, sees_client(*ear, *event.client));
    if (sees) return Hears::kAll;
  }
  if (event.manager) {
    LEDGER_TRY(const bool sees, sees_manager(*ear, *event.manager));
    if (!sees) return Hears::kNothing;
    return event.client ? Hears::kNotOfWhom : Hears::kAll;
  }
  return !event.client && principal->role == Role::kHead ? Hears::kAll : Hears::kNothing;
}

}  // namespace ledger::stream
