#pragma once

#include <optional>

#include "events/fields.h"
#include "platform/clock.h"

namespace ledger {

// From when to when the ledger held a contribution for true: recorded by its event, taken back by a
// later one. A contribution that was taken back is kept, so that "what did we know on that day?"
// has an answer (domain-semantics.md 4b, as of).
struct Known {
  Timestamp recorded;
  std::optional<Timestamp> taken_back;

  static void fields(auto&& field) {
    field("recorded", &Known::recorded);
    field("taken_back", &Known::taken_back);
  }

  // Whether it was true at an instant by what was recorded before or at it; absent: by everything.
  [[nodiscard]] bool at(const std::optional<Timestamp>& instant) const {
    if (!instant) return !taken_back;
    return recorded <= *instant && (!taken_back || *taken_back > *instant);
  }
};

// The question behind every figure: on which business date, by which knowledge. `known_at` absent:
// by everything that is recorded. "As we knew it then" and "as we know it now" are two answers
// (domain-semantics.md 4b, as of).
struct AsOf {
  Date day;
  std::optional<Timestamp> known_at;

  [[nodiscard]] bool sees(const Known& known, Date on) const {
    return known.at(known_at) && on <= day;
  }
};

}  // namespace ledger
