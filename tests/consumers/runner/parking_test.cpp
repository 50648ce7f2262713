// Goal: no view shows a key beyond the first of its events that could not be folded, in whatever
// order such events are met. Method: the parking lot alone.
#include "consumers/runner/parking.h"

#include "tests/support/catch.h"

using namespace ledger;

TEST_CASE("parking: an earlier event of the key that fails takes the place of the first") {
  using Place = ParkingLot::Place;
  ParkingLot lot;
  const auto store = memory_view_store(1);
  lot.park({{0, 10}, "c-1", "choked", false});
  lot.collect(*store->begin());
  lot.park({{0, 5}, "c-1", "choked", false});
  lot.park({{0, 3}, "c-1", "choked", false});
  CHECK(lot.place_of("c-1", {0, 7}) == Place::kBehind);
  CHECK(lot.place_of("c-1", {0, 3}) == Place::kItself);
  lot.discard();  // no commit took them
  CHECK(lot.place_of("c-1", {0, 7}) == Place::kNotHere);
  CHECK(lot.place_of("c-1", {0, 10}) == Place::kItself);
  lot.park({{0, 5}, "c-1", "choked", false});
  lot.collect(*store->begin());
  lot.discard();
  CHECK(lot.place_of("c-1", {0, 7}) == Place::kBehind);
  lot.park({{0, 12}, "c-1", "choked", false});
  CHECK(lot.place_of("c-1", {0, 5}) == Place::kItself);
}
