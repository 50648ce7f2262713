// Goal: what the connector knows outlives it, or it says that it does not.
#include "consumers/ledger-bank/state.h"

#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;
using namespace ledger::pull;

namespace {

const Timestamp kNoon = parse_timestamp("2026-11-24T10:00:00Z").value();

}  // namespace

TEST_CASE("bank state: what was saved is what is loaded", "[consumers][bank]") {
  testing::TemporaryDirectory folder;
  State state;
  state.set_through("UA1", kNoon);
  state.set_through("UA2", kNoon);
  state.set_through("UA1", kNoon + std::chrono::hours(1));
  CHECK_FALSE(state.has_refused("a"));
  state.note_refused("a");
  HookState hooks{kNoon, {{"acc", "item", kNoon, kNoon, true, false}}};
  {
    const auto opened = StateFolder::open(folder / "state");
    REQUIRE(opened);
    CHECK(opened->load()->places.empty());
    CHECK_FALSE(opened->load_hooks()->hooked_at);
    REQUIRE(opened->save(state));
    REQUIRE(opened->save_hooks(hooks));
    CHECK_FALSE(StateFolder::open(folder / "state"));  // one folder has one connector
  }
  const auto opened = StateFolder::open(folder / "state");
  auto again = opened->load().value();
  CHECK(again.through("UA1") == kNoon + std::chrono::hours(1));
  CHECK(again.through("UA2") == kNoon);
  CHECK_FALSE(again.through("UA3"));
  CHECK(again.has_refused("a"));
  const auto heard = opened->load_hooks().value();
  CHECK(heard.hooked_at == kNoon);
  REQUIRE(heard.heard.size() == 1);
  CHECK(heard.heard[0].item == "item");
  CHECK(heard.heard[0].confirmed);
}

TEST_CASE("bank state: other bytes are no state", "[consumers][bank]") {
  testing::TemporaryDirectory folder;
  folder.append("position", "x");
  const auto loaded = StateFolder::open(folder.path())->load();
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == ErrorCode::kCorrupt);
}

TEST_CASE("bank state: of refusals the newest are known", "[consumers][bank]") {
  State state;
  for (std::size_t i = 0; i <= State::kRefusedMax; ++i) {
    state.note_refused(std::to_string(i));
  }
  CHECK(state.refused.size() == State::kRefusedMax);
  CHECK(state.has_refused(std::to_string(State::kRefusedMax)));
  CHECK_FALSE(state.has_refused("0"));
}

TEST_CASE("bank state: a refusal is a line of JSON behind half a line", "[consumers][bank]") {
  testing::TemporaryDirectory folder;
  folder.append("refused.ndjson", "{\"half");
  const auto opened = StateFolder::open(folder.path());
  REQUIRE(opened->keep_refused({"row 1", "raw \"\xff", {ErrorCode::kInvalidField, "why", "SUM"}},
                               kNoon));
  CHECK(folder.read("refused.ndjson") ==
        "{\"half\n{\"at\":\"2026-11-24T10:00:00Z\",\"where\":\"row 1\",\"error\":\"invalid-field\","
        "\"field\":\"SUM\",\"reason\":\"why\",\"raw\":\"raw \\\"\xef\xbf\xbd\"}\n");
}
