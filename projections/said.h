#pragma once

#include <string_view>

#include "events/fields.h"
#include "events/position.h"
#include "platform/clock.h"
#include "projections/known.h"

namespace ledger {

// A contribution to a row that is an event's data, as they came.
template <class E>
struct Said {
  Position position;
  Known known;
  E data;
  static void fields(auto&& field) {
    field("position", &Said::position);
    field("known", &Said::known);
    field("data", &Said::data);
  }
};

// The same with its place in time.
template <class E>
struct Told {
  Position position;
  Known known;
  Timestamp time;
  Date day;  // from which it is true: its own date where it has one, else the business day
  E data;
  static void fields(auto&& field) {
    field("position", &Told::position);
    field("known", &Told::known);
    field("time", &Told::time);
    field("day", &Told::day);
    field("data", &Told::data);
  }
};

// Whether a row whose members are all lists holds nothing.
template <class Row>
[[nodiscard]] bool all_empty(const Row& row) {
  bool nothing = true;
  Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    nothing = nothing && (row.*member).empty();
  });
  return nothing;
}

}  // namespace ledger
