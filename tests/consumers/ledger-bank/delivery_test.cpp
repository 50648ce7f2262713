// Goal: whatever the ledger says of an event, it is settled, kept for a person, or given again.
// Method: a ledger of one scripted answer on a free port.
#include "consumers/ledger-bank/delivery.h"

#include <fmt/format.h>

#include "events/types/amendment.h"
#include "events/types/payment.h"
#include "platform/http/server.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::pull;
using namespace std::chrono_literals;

namespace {

const Timestamp kNoon = parse_timestamp("2026-11-24T10:00:00Z").value();

Submission payment() {
  PaymentReceived paid;
  paid.bank_reference = "R1";
  paid.our_account = "UA1";
  paid.amount = {100, {}};
  paid.booked_on = parse_date("2026-11-24").value();
  return {"UA1|R1", "privatbank", kNoon, {}, EventData(std::move(paid))};
}

Submission retraction() {
  EventVoided voided;
  voided.target_source = "privatbank";
  voided.target_id = "UA1|R1";
  voided.reason = "the bank reversed it";
  return {"UA1|R1|taken back", "privatbank", kNoon, {}, EventData(std::move(voided))};
}

class ScriptedLedger {
 public:
  ScriptedLedger() {
    router_.add("POST", "/v1/events/restated", http::RunOn::kInline,
                [this](const http::Request&) { return answer_; });
    server_ = http::Server::start(http::Server::defaults("127.0.0.1:0"), router_).value();
  }
  // What becomes of one event of which the ledger says that.
  Status deliver(const Submission& event, int status, const std::string& item,
                 Timestamp now = kNoon) {
    answer_ = {status, "application/json", R"({"items":[)" + item + "]}"};
    auto client = http::Client::to(fmt::format("http://127.0.0.1:{}", server_->port())).value();
    Delivery delivery(std::move(client), counters, [this](const Submission&, const Error& error) {
      refused.push_back(error.field);
      return disk;
    });
    return delivery.deliver({event}, now);
  }

  Counters counters;
  std::vector<std::string> refused;
  Status disk;

 private:
  http::Router router_;
  std::unique_ptr<http::Server> server_;
  http::Response answer_;
};

constexpr const char* kAhead =
    R"({"status":422,"error":"out-of-range","field":"time","detail":"lies ahead"})";

}  // namespace

TEST_CASE("bank delivery: recorded, known, corrected, taken back", "[consumers][bank]") {
  ScriptedLedger ledger;
  CHECK(ledger.deliver(payment(), 201, R"({"status":201,"position":"0:1"})"));
  CHECK(ledger.deliver(payment(), 201, R"({"status":201,"position":"0:1","duplicate":true})"));
  CHECK(ledger.deliver(payment(), 201, R"({"status":201,"position":"0:2","restated":true})"));
  CHECK(ledger.deliver(retraction(), 201, R"({"status":201,"position":"0:3","restated":true})"));
  CHECK(ledger.counters.delivered == 1);
  CHECK(ledger.counters.known == 1);
  CHECK(ledger.counters.corrected == 1);
  CHECK(ledger.counters.taken_back == 1);
  CHECK(ledger.refused.empty());
}

TEST_CASE("bank delivery: reversed before it was ever told as posted", "[consumers][bank]") {
  constexpr const char* kNone =
      R"({"status":404,"error":"not-found","field":"data.target_id","detail":"no"})";
  ScriptedLedger ledger;
  CHECK(ledger.deliver(retraction(), 404, kNone));
  CHECK(ledger.refused.empty());
  CHECK(ledger.counters.left_out == 1);
  CHECK(ledger.deliver(payment(), 404, kNone));
  CHECK(ledger.refused == std::vector<std::string>{"data.target_id"});
}

TEST_CASE("bank delivery: what a person decided is kept for a person", "[consumers][bank]") {
  ScriptedLedger ledger;
  CHECK(ledger.deliver(payment(), 409,
                       R"({"status":409,"error":"conflict","field":"id","detail":"stands"})"));
  CHECK(ledger.refused == std::vector<std::string>{"id"});
}

TEST_CASE("bank delivery: a ledger whose clock is behind is given it again", "[consumers][bank]") {
  ScriptedLedger ledger;
  const auto later = ledger.deliver(payment(), 422, kAhead);
  REQUIRE_FALSE(later);
  CHECK(later.error().retriable());
  CHECK(ledger.refused.empty());
  // Of the future by our clock too: no retry of now cures it.
  CHECK(ledger.deliver(payment(), 422, kAhead, kNoon - 1h));
  CHECK(ledger.refused == std::vector<std::string>{"time"});
}

TEST_CASE("bank delivery: a ledger or a disk that is away loses nothing", "[consumers][bank]") {
  ScriptedLedger ledger;
  const auto away = ledger.deliver(payment(), 503, "");
  REQUIRE_FALSE(away);
  CHECK(away.error().retriable());
  ledger.disk = fail(ErrorCode::kUnavailable, "full");
  CHECK_FALSE(ledger.deliver(payment(), 422,
                             R"({"status":422,"error":"invalid-field","field":"x","detail":"y"})"));
}
