#pragma once

#include <map>
#include <string>

#include "platform/assert.h"
#include "producers/mapping.h"
#include "tests/fuzz/accepted.h"

namespace ledger::fuzz {

// Of whatever a bank's file holds: the door's codec takes each event, each id is told once, a
// refusal says why, and the same bytes say the same again.
template <class Map>
void check_bank_file(JsonCodec& codec, Map map) {
  const Mapped once = map();
  std::map<std::string, int> ids;
  for (const auto* events : {&once.events, &once.provisional}) {
    for (const auto& event : *events) {
      check_accepted(codec, event);
      LEDGER_ASSERT(++ids[event.id] == 1, "an id is told once");
    }
  }
  for (const auto& refused : once.refused) check_refused(refused.error);
  const Mapped twice = map();
  LEDGER_ASSERT(twice.events.size() == once.events.size(), "the same bytes say the same");
  for (std::size_t i = 0; i < once.events.size(); ++i) {
    LEDGER_ASSERT(encode_submission(twice.events[i]) == encode_submission(once.events[i]),
                  "the same bytes say the same");
  }
}

}  // namespace ledger::fuzz
