#pragma once

#include <string>
#include <utility>
#include <vector>

#include "events/event_data.h"

namespace ledger {

// Whom an event names: (member, id), in the order of its list. What the door stamps is left out.
struct NamedInEvent {
  using Member = std::pair<std::string, std::string>;
  std::vector<Member> clients;
  std::vector<Member> managers;
  std::vector<Member> deciders;  // texts that say who decided: "accepted_by"
};
[[nodiscard]] NamedInEvent named_in(const EventData& data);

}  // namespace ledger
