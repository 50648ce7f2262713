#pragma once

#include <string_view>

#include "events/fields.h"
#include "events/position.h"
#include "platform/clock.h"
#include "projections/known.h"

namespace ledger::client_card {

// An event's data as they came.
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

namespace detail {
template <class Row>
[[nodiscard]] bool all_empty(const Row& row) {
  bool nothing = true;
  Row::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    nothing = nothing && (row.*member).empty();
  });
  return nothing;
}
}  // namespace detail

}  // namespace ledger::client_card
