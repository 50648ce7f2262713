// Goal: what the connector knows outlives it, or it says that it does not.
#include "consumers/ledger-telephony/state.h"

#include <sys/resource.h>

#include <csignal>

#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;
using namespace ledger::edge;

namespace {

const Timestamp kNoon = parse_timestamp("2026-11-24T10:00:00Z").value();

}  // namespace

TEST_CASE("edge state: what was saved is what is loaded", "[consumers][edge]") {
  testing::TemporaryDirectory folder;
  State state;
  state.cdr_file = "Master.csv";
  state.file = {42, 1'000'000'000'000, std::string("\"\0x", 3)};
  state.spool = {43, 7, "a"};
  asterisk::Leg leg;
  leg.call_key = "1764000000.1";
  leg.started_at = leg.answered_at = leg.ended_at = kNoon;
  leg.outcome = CallOutcome::kBusy;
  state.calls.push_back({{leg, leg}, kNoon});
  {
    const auto opened = StateFolder::open(folder / "state");
    REQUIRE(opened.has_value());
    CHECK(opened->load().value().file == FilePlace{});
    REQUIRE(opened->save(state).has_value());
    REQUIRE(opened->save(state).has_value());
  }
  const auto again = StateFolder::open(folder / "state").value().load().value();
  CHECK(again.cdr_file == "Master.csv");
  CHECK(again.file == state.file);
  CHECK(again.spool == state.spool);
  REQUIRE(again.calls.size() == 1);
  REQUIRE(again.calls[0].legs.size() == 2);
  CHECK(again.calls[0].legs[1].outcome == CallOutcome::kBusy);
  CHECK(again.calls[0].last_seen == kNoon);
}

TEST_CASE("edge state: other bytes are no state, and one folder has one connector",
          "[consumers][edge]") {
  testing::TemporaryDirectory folder;
  const auto opened = StateFolder::open(folder.path());
  REQUIRE(opened.has_value());
  const auto second = StateFolder::open(folder.path());
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().code == ErrorCode::kMisconfigured);
  folder.append("position", "\x01nonsense");
  const auto loaded = opened->load();
  REQUIRE_FALSE(loaded.has_value());
  CHECK(loaded.error().code == ErrorCode::kCorrupt);
  folder.append("file", "");
  CHECK(StateFolder::open(folder / "file").error().code == ErrorCode::kMisconfigured);
}

TEST_CASE("edge state: a refused record keeps its bytes and its reason", "[consumers][edge]") {
  testing::TemporaryDirectory folder;
  const auto opened = StateFolder::open(folder.path());
  const Error error{ErrorCode::kInvalidField, "is no number", "billsec"};
  REQUIRE(opened->keep_refused({"Master.csv at byte 0", "a \"b\"", error}, kNoon).has_value());
  REQUIRE(opened->keep_refused({"Master.csv at byte 9", "\xc0", error}, kNoon).has_value());
  CHECK(folder.read("refused.ndjson") ==
        R"({"at":"2026-11-24T10:00:00Z","where":"Master.csv at byte 0","error":"invalid-field",)"
        R"("field":"billsec","reason":"is no number","raw":"a \"b\""})"
        "\n"
        R"({"at":"2026-11-24T10:00:00Z","where":"Master.csv at byte 9","error":"invalid-field",)"
        R"("field":"billsec","reason":"is no number","raw_hex":"c0"})"
        "\n");
}

TEST_CASE("edge state: half a line of a full disk does not spoil the next", "[consumers][edge]") {
  testing::TemporaryDirectory folder;
  const auto opened = StateFolder::open(folder.path());
  REQUIRE(opened.has_value());
  const Error error{ErrorCode::kInvalidField, "is no number", "billsec"};
  folder.append("refused.ndjson", "{\"at\":\"20");
  REQUIRE(opened->keep_refused({"a", "b", error}, kNoon).has_value());
  const std::string half = folder.read("refused.ndjson");
  CHECK(half.starts_with("{\"at\":\"20\n{\"at\":\"2026-"));

  // Files may grow by 20 bytes more: the rest of a line is taken back.
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{half.size() + 20, before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_FSIZE, &tight) == 0);
  const auto kept = opened->keep_refused({"c", "d", error}, kNoon);
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, handler);
  REQUIRE_FALSE(kept.has_value());
  CHECK(kept.error().code == ErrorCode::kUnavailable);
  CHECK(folder.read("refused.ndjson") == half);
}
