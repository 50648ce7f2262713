#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "events/position.h"
#include "projections/directory/one_client.h"
#include "projections/store/view_store.h"

// Whose facts are, asked of many: by day and manager, say, and not client by client.
namespace ledger::directory {

// A fact as a split can name it: by its event, or by the contract that it is about.
struct Fact {
  std::string_view card;  // of which it was told
  Position position;
  std::string_view contract_id = {};  // empty: it is about none
};

// Keeps what it has read of a card. The snapshot must outlive it.
class Holders {
 public:
  Holders(const ViewSnapshot& snapshot, std::optional<Timestamp> known_at)
      : snapshot_(&snapshot), known_at_(known_at) {}

  // The surviving card of the client whose the fact is, by merges and splits.
  [[nodiscard]] Result<std::string> holder_of(const Fact& fact);
  // The client that a card answers for.
  [[nodiscard]] Result<const OneClient*> client_of(const std::string& card);

 private:
  const ViewSnapshot* snapshot_;
  std::optional<Timestamp> known_at_;
  std::map<std::string, OneClient> clients_;  // by card
};

}  // namespace ledger::directory
