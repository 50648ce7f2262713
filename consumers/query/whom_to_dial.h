#pragma once

#include <optional>
#include <string>

#include "consumers/query/context.h"

namespace ledger {

// The number at which to reach a client, and whose it is: of the person who was talked to last by
// telephone, else of the first person on the card who may be called, else of the client.
struct Callee {
  std::string number;
  std::string name;        // empty: the number is the client's, or nobody is known to have it
  std::string person_id;   // likewise
  bool spoken_to = false;  // by that number the last talk was
};
// nullopt: no number is known at which anybody may be called. The cost is that of the card and of
// the newest calls, once: it is kept between questions (projections/store/kept.h).
[[nodiscard]] Result<std::optional<Callee>> whom_to_dial(const Query& query,
                                                         const std::string& client);

// "phone": {number, name, person_id, spoken_to}; masked, so that it cannot be dialled, for who
// neither owns the client nor stands in: a list is no look at a card (schemas/decisions/0025).
void write_phone(JsonWriter& json, const Callee& callee, bool masked);

}  // namespace ledger
