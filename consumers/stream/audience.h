#pragma once

#include <map>
#include <memory>
#include <string>

#include "consumers/access/scope.h"
#include "consumers/stream/heard_event.h"

namespace ledger::stream {

// Who may hear of an event, by one state of the views: made anew for each, so that who got or lost
// a client hears by what is true now. What is asked often is remembered. One thread.
class Audience {
 public:
  Audience(std::shared_ptr<const ViewSnapshot> views, Date today, const BusinessZone& zone)
      : views_(std::move(views)), today_(today), zone_(&zone) {}

  enum class Hears { kNothing, kNotOfWhom, kAll };

  // A manager: of his own clients, and of himself; what he did for another's client he hears of
  // without the client, as his figures show it. A head: of his departments'. What is nobody's is
  // for heads. Null, auditor and admin hear of everything, and they alone of looks and of who may
  // what: who is watched is not told. A source hears of nothing.
  [[nodiscard]] Result<Hears> hears(const std::shared_ptr<const Principal>& principal,
                                    const HeardEvent& event);

 private:
  struct Ear {
    std::shared_ptr<const Principal> principal;  // the scope looks at it
    Scope scope;
    std::map<ManagerId, bool> managers;
    std::map<ClientId, bool> clients;
  };
  [[nodiscard]] static Result<bool> sees_manager(Ear& ear, const ManagerId& manager);
  [[nodiscard]] static Result<bool> sees_client(Ear& ear, const ClientId& client);
  [[nodiscard]] Result<Ear*> ear_of(const std::shared_ptr<const Principal>& principal);

  std::shared_ptr<const ViewSnapshot> views_;
  Date today_;
  const BusinessZone* zone_;
  std::map<const Principal*, Ear> ears_;
};

}  // namespace ledger::stream
