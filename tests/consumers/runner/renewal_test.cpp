// Goal: a view that cannot be read is made anew by itself, ends as if it had never been harmed, and
// nobody reads half of it meanwhile. Method: the house in memory, with rows of its views spoilt.
#include "consumers/runner/projector.h"

#include "consumers/runner/parking.h"
#include "tests/consumers/runner/harm.h"
#include "tests/support/passing_store.h"

using namespace ledger;
using namespace ledger::testing;

TEST_CASE("projector: a view that cannot be read is made anew, and the others answer meanwhile",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  CHECK(house.post(meeting("b", "c-1")).status == 201);
  const auto before = all_rows(*house.views->current());
  const auto position = house.views->current()->position();
  spoil(house, "client_card");
  const auto refused = house.get("/v1/clients/c-1");
  CHECK(refused.status == 503);
  CHECK(refused.body.find("is made anew from the log, ask again") != std::string::npos);
  CHECK(house.get("/v1/sources").status == 200);
  settle_renewals(house);
  CHECK(meetings(house, "c-1") == 2);
  CHECK(all_rows(*house.views->current()) == before);
  CHECK(house.views->current()->position() == position);
  CHECK(house.views->renewals().times(family_named("client_card")) == 1);
  CHECK(house.projector->counters().duplicates == 0);
}

TEST_CASE(
    "projector: while the index is made anew the door takes nothing, and knows all afterwards",
    "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  spoil(house, "seen");
  CHECK(house.post(taken_back("a")).status == 503);
  settle_renewals(house);
  CHECK(house.post(taken_back("a")).status == 201);
  CHECK(meetings(house, "c-1") == 0);
  CHECK(house.post(meeting("a", "c-1")).body.find("\"duplicate\":true") != std::string::npos);
  CHECK(house.post(meeting("b", "c-1")).status == 201);
  CHECK(meetings(house, "c-1") == 1);
}

TEST_CASE(
    "projector: what was parked stays so in a view that is made anew, and what was before it "
    "does not",
    "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  house.log.inject(0, bad_void("c-1"));
  house.settle();
  CHECK(house.post(meeting("b", "c-1")).status == 201);
  const auto before = all_rows(*house.views->current());
  for (const auto* view : {"client_card", "parked"}) {
    spoil(house, view);
    const bool by_card = std::string_view(view) == "client_card";
    CHECK(house.get(by_card ? "/v1/clients/c-1" : "/v1/parked").status == 503);
    settle_renewals(house);
    CHECK(meetings(house, "c-1") == 1);
    CHECK(all_rows(*house.views->current()) == before);
    CHECK(house.projector->counters().parked == 2);
  }
}

TEST_CASE("projector: what it cannot fold into is made anew before the next event",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  spoil(house, "activity");
  ViewProgress progress(Frontier::start(1));
  const auto again = Projector::open(house.log, *house.views, progress).value();  // holds no rows
  (void)house.log.append({{"c-1", house.log.read({0, 0}).value()}},
                         [](std::size_t, const Result<Position>&) {});
  house.log.inject(0, bad_void("c-9"));
  for (int i = 0; i < 10; ++i) REQUIRE(again->step(std::chrono::milliseconds(0)));
  CHECK(progress.covers(house.log.end().value()));
  CHECK(house.views->renewals().aside().empty());
}

TEST_CASE("projector: what is read once more for one view says nothing new to the index",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  CHECK(house.post(meeting("b", "c-1")).status == 201);
  CHECK(house.post(taken_back("a")).status == 201);
  house.log.inject(0, house.log.read({0, 0}).value());  // written twice
  house.settle();
  const auto before = all_rows(*house.views->current());
  const auto written = house.projector->counters().rows_written;
  spoil(house, "client_card");
  CHECK(house.get("/v1/clients/c-1").status == 503);
  settle_renewals(house);
  CHECK(all_rows(*house.views->current()) == before);
  int cards = 0;
  REQUIRE(
      house.views->current()->scan(family_named("client_card"), "", "",
                                   [&](std::string_view, std::string_view) { return ++cards; }));
  CHECK(house.projector->counters().rows_written - written == static_cast<std::size_t>(cards));
  CHECK(house.projector->counters().duplicates == 1);
}

TEST_CASE("projector: a view that is behind the others is read once it stands with them",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  const auto before = all_rows(*house.views->current());
  REQUIRE(house.views->empty(family_named("client_card")));  // as a new version of it would be
  house.projector = Projector::open(house.log, *house.views, *house.progress).value();
  CHECK(house.progress->covers(house.log.end().value()));
  const auto answer = house.get("/v1/clients/c-1");
  CHECK(answer.status == 503);
  CHECK(answer.body.find("since it is new, or of a new version") != std::string::npos);
  CHECK(house.get("/v1/sources").status == 200);
  settle_renewals(house);
  CHECK(all_rows(*house.views->current()) == before);
  CHECK(meetings(house, "c-1") == 1);
}

TEST_CASE("projector: what is unreadable again and again is not made anew for ever",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  for (int i = 0; i < 3; ++i) {
    spoil(house, "client_card");
    CHECK(house.get("/v1/clients/c-1").status == 503);
    settle_renewals(house);
  }
  spoil(house, "client_card");
  CHECK(house.get("/v1/clients/c-1").status == 503);
  const auto given_up = house.projector->step(std::chrono::milliseconds(0));
  REQUIRE_FALSE(given_up);
  CHECK(given_up.error().code == ErrorCode::kCorrupt);
  CHECK(given_up.error().message.find("client_card") != std::string::npos);
  CHECK(house.get("/v1/clients/c-1").status == 503);
}

TEST_CASE("projector: what cannot be read while it is made anew is made anew once more",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  CHECK(house.post(meeting("b", "c-1")).status == 201);
  const auto before = all_rows(*house.views->current());
  const auto card = family_named("client_card");
  REQUIRE(house.views->empty(card));  // half made when the process ended, with a bad row
  auto changes = house.views->begin();
  changes->put(card, "nc-1", "x");
  REQUIRE(house.views->commit(std::move(changes), house.views->current()->position()));
  house.projector = Projector::open(house.log, *house.views, *house.progress).value();
  settle_renewals(house);
  CHECK(all_rows(*house.views->current()) == before);
  CHECK(house.views->renewals().times(card) == 2);
}

namespace {

// A store under which the folds of one view choke on one client, as those of a new version could.
class ChokingStore final : public PassingStore {
 public:
  explicit ChokingStore(std::shared_ptr<const bool> chokes) : chokes_(std::move(chokes)) {}

  std::shared_ptr<const ViewSnapshot> unguarded() const override {
    return std::make_shared<Snapshot>(PassingStore::unguarded(), *chokes_);
  }

 private:
  class Snapshot final : public PassingSnapshot {
   public:
    Snapshot(std::shared_ptr<const ViewSnapshot> of, bool chokes)
        : PassingSnapshot(std::move(of)), chokes_(chokes) {}
    Result<std::optional<std::string>> get(std::string_view family,
                                           std::string_view key) const override {
      const bool is_its = family == family_named("client_card") && key == "nc-1";
      if (chokes_ && is_its) throw std::runtime_error("a fold chokes");
      return PassingSnapshot::get(family, key);
    }

   private:
    bool chokes_;
  };

  std::shared_ptr<const bool> chokes_;
};

}  // namespace

TEST_CASE("projector: an event that only the view that is made anew cannot fold is parked for all",
          "[consumers][runner]") {
  const auto chokes = std::make_shared<bool>(false);
  House house("2026-11-25T15:00:00Z", 1, std::make_unique<ChokingStore>(chokes));
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  CHECK(house.post(meeting("x", "c-2")).status == 201);
  CHECK(house.post(meeting("b", "c-1")).status == 201);
  const auto position = house.views->current()->position();
  *chokes = true;
  spoil(house, "client_card");
  CHECK(house.get("/v1/clients/c-1").status == 503);
  settle_renewals(house);
  CHECK(house.views->current()->position() == position);
  const auto rows = parked(*house.views->current(), "", 10)->rows;
  REQUIRE(rows.size() == 2);
  CHECK_FALSE(rows[0].waiting);
  CHECK(rows[0].reason == "a fold chokes");
  CHECK(rows[1].waiting);
  CHECK(meetings(house, "c-2") == 1);

  // No view holds what another lacks: they are as if all had choked on it from the first.
  House other("2026-11-25T15:00:00Z", 1, std::make_unique<ChokingStore>(chokes));
  for (std::int64_t i = 0; i < 3; ++i) other.log.inject(0, house.log.read({0, i}).value());
  other.settle();
  CHECK(all_rows(*house.views->current()) == all_rows(*other.views->current()));
}

TEST_CASE("projector: what was parked is tried again where all views begin anew",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  const auto before = all_rows(*house.views->current());
  auto changes = house.views->begin();
  ParkingLot lot;  // of an earlier build, which could not fold it
  lot.park({{0, 0}, "c-1", "choked", false});
  lot.collect(*changes);
  REQUIRE(house.views->commit(std::move(changes), Frontier::start(1)));
  for (const auto& family : projector_families()) {
    if (family != kParkedFamily) REQUIRE(house.views->empty(family));
  }
  house.projector = Projector::open(house.log, *house.views, *house.progress).value();
  house.settle();
  CHECK(meetings(house, "c-1") == 1);
  CHECK(parked(*house.views->current(), "", 10)->rows.empty());
  CHECK(all_rows(*house.views->current()) == before);
}

TEST_CASE("projector: every family that it writes has a shape", "[consumers][runner]") {
  const auto shapes = projector_shapes();
  for (const auto& family : projector_families()) CHECK(shapes.contains(family));
}

TEST_CASE("projector: where it is not known what was parked, all views are made anew",
          "[consumers][runner]") {
  House house("2026-11-25T15:00:00Z", 1);
  CHECK(house.post(meeting("a", "c-1")).status == 201);
  house.log.inject(0, bad_void("c-1"));
  house.settle();
  CHECK(house.post(meeting("b", "c-1")).status == 201);
  const auto before = all_rows(*house.views->current());
  const auto position = house.views->current()->position();
  REQUIRE(house.views->empty(kParkedFamily));  // as where another build wrote its rows
  house.projector = Projector::open(house.log, *house.views, *house.progress).value();
  CHECK(house.views->current()->position() == position);
  CHECK(house.get("/v1/clients/c-1").status == 503);
  settle_renewals(house);
  CHECK(all_rows(*house.views->current()) == before);
}

TEST_CASE("projector: while the index is made anew an event that came twice is not counted twice",
          "[consumers][runner]") {
  for (const std::int32_t first : {0, 1}) {
    House house("2026-11-25T15:00:00Z", 2);
    CHECK(house.post(meeting("a", "c-1")).status == 201);
    const auto at = house.log.end()->next[0] > 0 ? 0 : 1;
    const auto line = house.log.read({at, 0}).value();
    House twin("2026-11-25T15:00:00Z", 2);
    twin.log.inject(first, line);
    twin.settle();
    CHECK(meetings(twin, "c-1") == 1);
    spoil(twin, "seen");
    CHECK(twin.post(meeting("a", "c-1")).status == 503);  // has read the index
    twin.log.inject(1 - first, line);
    settle_renewals(twin);
    twin.settle();
    CHECK(meetings(twin, "c-1") == 1);
    CHECK(twin.projector->counters().duplicates == 1);
    CHECK(twin.projector->counters().events == 3);  // one of them twice, for the index
  }
}
