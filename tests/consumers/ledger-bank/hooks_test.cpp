// Goal: a webhook's word is kept before it is answered, and what one of webhook and statement never
// tells is shown. Method: the listener on a free port, a clock that is set.
#include "consumers/ledger-bank/hooks.h"

#include <fmt/format.h>

#include "platform/http/client.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;
using namespace ledger::pull;
using namespace std::chrono_literals;

namespace {

const Timestamp kNoon = parse_timestamp("2026-11-24T10:00:00Z").value();
const std::string kSecret = "0123456789abcdef";

std::string delivery(const std::string& item, Timestamp time, const std::string& account = "acc") {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  return fmt::format(
      R"({{"type":"StatementItem","data":{{"account":"{}","statementItem":{{"id":"{}","time":{}}}}}}})",
      account, item, seconds);
}

class Listener {
 public:
  Listener() { start(); }
  void start() {
    hooks_.reset();
    hooks_ = Hooks::start({.listen = "127.0.0.1:0", .secret = kSecret}, folder_, clock, counters)
                 .value();
  }
  int call(const std::string& method, const std::string& body = {},
           const std::string& secret = kSecret) {
    auto client = http::Client::to(fmt::format("http://127.0.0.1:{}", hooks_->port())).value();
    const auto answer = client.send({.method = method,
                                     .path = "/hooks/monobank/" + secret,
                                     .content_type = "application/json",
                                     .body = body});
    REQUIRE(answer);
    return answer->status;
  }
  Hooks& hooks() { return *hooks_; }

  testing::TemporaryDirectory directory;
  FixedClock clock{kNoon};
  Counters counters;

 private:
  StateFolder folder_ = StateFolder::open(directory / "state").value();
  std::unique_ptr<Hooks> hooks_;
};

}  // namespace

TEST_CASE("bank hooks: the bank tries the address, and nobody else has it", "[consumers][bank]") {
  Listener listener;
  CHECK(listener.call("GET") == 200);
  CHECK(listener.call("GET", "", "another") == 403);
  CHECK(listener.call("POST", delivery("a", kNoon), "another") == 403);
  CHECK_FALSE(listener.hooks().is_hinted("acc", kNoon - 1h));
  CHECK(listener.counters.hooks_refused == 2);
}

TEST_CASE("bank hooks: a hint outlives the process until the statement tells it",
          "[consumers][bank]") {
  Listener listener;
  CHECK(listener.call("POST", delivery("a", kNoon)) == 200);
  listener.start();
  CHECK(listener.hooks().is_hinted("acc", kNoon - 1s));
  CHECK_FALSE(listener.hooks().is_hinted("other", kNoon - 1s));
  // It was asked for since, and not told yet: the next regular question tells it.
  CHECK_FALSE(listener.hooks().is_hinted("acc", kNoon));
  listener.hooks().confirm("acc", {{"a", kNoon}}, kNoon + 1s);
  CHECK_FALSE(listener.hooks().is_hinted("acc", kNoon - 1s));
  // On hold before, settled now: asked for again.
  listener.clock.set(kNoon + 1h);
  CHECK(listener.call("POST", delivery("a", kNoon)) == 200);
  CHECK(listener.hooks().is_hinted("acc", kNoon + 1s));
}

TEST_CASE("bank hooks: what cannot be read or is nothing of ours is taken and left",
          "[consumers][bank]") {
  Listener listener;
  CHECK(listener.call("POST", "{") == 200);
  CHECK(listener.call("POST", R"({"type":"Other"})") == 200);
  CHECK(listener.counters.hooks == 1);
  CHECK(listener.counters.hooks_refused == 1);
}

TEST_CASE("bank hooks: a full disk takes nothing", "[consumers][bank]") {
  Listener listener;
  std::filesystem::remove_all(listener.directory / "state");
  CHECK(listener.call("POST", delivery("a", kNoon)) == 503);
  CHECK_FALSE(listener.hooks().is_hinted("acc", kNoon - 1s));
}

TEST_CASE("bank hooks: what no statement has is shown, until one has it", "[consumers][bank]") {
  Listener listener;
  CHECK(listener.call("POST", delivery("a", kNoon)) == 200);
  listener.hooks().confirm("acc", {}, kNoon + 5min);  // the statement lags behind
  CHECK(listener.counters.hooks_unconfirmed == 0);
  listener.hooks().confirm("acc", {}, kNoon + 11min);
  CHECK(listener.counters.hooks_unconfirmed == 1);
  REQUIRE(listener.hooks().save(kNoon));
  listener.counters.hooks_unconfirmed = 0;
  listener.start();
  CHECK(listener.counters.hooks_unconfirmed == 1);
  listener.hooks().confirm("acc", {{"a", kNoon}}, kNoon + 12min);
  CHECK(listener.counters.hooks_unconfirmed == 0);
}

TEST_CASE("bank hooks: what the webhook should have told is missed", "[consumers][bank]") {
  Listener listener;
  const std::vector<monobank::Statement::Item> items{{"before", kNoon - 1h},
                                                     {"told", kNoon + 1min},
                                                     {"missed", kNoon + 2min},
                                                     {"fresh", kNoon + 59min}};
  CHECK(listener.call("POST", delivery("told", kNoon + 1min)) == 200);
  CHECK(listener.hooks().missed(items, kNoon + 1h) == 0);  // the bank has no address of ours
  listener.hooks().hooked(kNoon, /*anew=*/false);
  CHECK(listener.hooks().missed(items, kNoon + 1h) == 1);
  listener.hooks().hooked(kNoon + 1h, /*anew=*/false);
  CHECK(listener.hooks().missed(items, kNoon + 1h) == 1);
  listener.hooks().hooked(kNoon + 1h, /*anew=*/true);
  CHECK(listener.hooks().missed(items, kNoon + 1h) == 0);
}

TEST_CASE("bank hooks: old hints are forgotten", "[consumers][bank]") {
  Listener listener;
  CHECK(listener.call("POST", delivery("a", kNoon)) == 200);
  REQUIRE(listener.hooks().save(kNoon + 1s));
  CHECK_FALSE(listener.hooks().is_hinted("acc", kNoon - 1s));
}
