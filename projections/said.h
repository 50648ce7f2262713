#pragma once

#include "events/position.h"
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

}  // namespace ledger
