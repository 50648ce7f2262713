#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "events/envelope.h"
#include "events/types/client_merge.h"
#include "projections/store/view_store.h"

namespace ledger {

// What the events before it in its batch bring to clients, of which the views know nothing yet.
class EarlierInBatch {
 public:
  void include(const Submission& said, const std::optional<ClientId>& client);

  struct Brought {
    std::set<PersonId> persons;
    std::set<ContractId> contracts;
    std::set<std::pair<std::string, std::string>> events;  // source, id
  };
  [[nodiscard]] const Brought& to(const ClientId& client) const;

 private:
  std::map<ClientId, Brought> brought_;
};

// What a split may move (domain-semantics.md 4c): persons, contracts and events of the card that is
// split, by what the views and its batch
// know; kInvalidField, naming the member. Not to a card that was absorbed
// by another: kConflict.
[[nodiscard]] Status check_split(const ViewSnapshot& snapshot, const ClientSplit& split,
                                 const EarlierInBatch& earlier);

}  // namespace ledger
