// Goal: 250 only for what the ledger or its quarantine has acknowledged; all else is left to the
// mail system. Method: a scripted ledger behind a real HTTP server.
#include "consumers/ledger-mail/delivery.h"

#include "platform/sha256.h"
#include "tests/consumers/ledger-mail/scripted_ledger.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;
using gateway::Delivery;
using gateway::ScriptedLedger;

namespace {

const Timestamp kNow = parse_timestamp("2026-11-26T10:00:00Z").value();

struct Beside {
  Beside() {
    options.data = directory.path();
    options.mail.own_domains = {"firm.ua"};
    std::filesystem::create_directory(directory / "refused");
  }
  lmtp::Reply deliver(const std::string& letter, const std::string& url = {}) {
    Delivery delivery(http::Client::to(url.empty() ? ledger.url() : url).value(),
                      {options, mapping, counters, clock});
    return delivery.deliver(letter);
  }
  ScriptedLedger ledger;
  ledger::testing::TemporaryDirectory directory;
  gateway::GatewayOptions options;
  gateway::Turnstile mapping{gateway::kMappedBytesMax};
  gateway::Counters counters;
  FixedClock clock{kNow};
};

std::string letter(const std::string& to, const std::string& body = "x",
                   const std::string& date = "Thu, 26 Nov 2026 09:00:00 +0000") {
  return "From: o@firm.ua\r\nTo: " + to + "\r\nDate: " + date +
         "\r\nMessage-ID: <1@firm.ua>\r\nSubject: x\r\n\r\n" + body + "\r\n";
}

}  // namespace

TEST_CASE("gateway: a letter is 250 when the ledger has all of it, new or known") {
  Beside beside;
  CHECK(beside.deliver(letter("a@one.ua, b@two.ua")) == lmtp::Reply{250, "2.0.0", "recorded"});
  CHECK(beside.ledger.recorded ==
        std::vector<std::string>{"<1@firm.ua>|one.ua", "<1@firm.ua>|two.ua"});
  CHECK(beside.counters.events == 2);
  beside.ledger.verdicts["one.ua"].known = true;
  CHECK(beside.deliver(letter("a@one.ua")).text == "recorded before");
  CHECK(beside.counters.recorded == 1);
  CHECK(beside.counters.known == 1);
}

TEST_CASE("gateway: while the ledger is away a letter stays with the mail system") {
  Beside beside;
  for (const int status : {429, 500, 503, 504, 403, 404}) {
    beside.ledger.status = status;
    const auto reply = beside.deliver(letter("a@one.ua"));
    CHECK(reply.code == 451);
    CHECK(reply.status == "4.3.0");
  }
  CHECK(beside.deliver(letter("a@one.ua"), "http://127.0.0.1:1").code == 451);
  CHECK(beside.counters.deferred == 7);
  CHECK(beside.counters.server_away);
  CHECK(beside.ledger.quarantined.empty());
  beside.ledger.status = 0;
  CHECK(beside.deliver(letter("a@one.ua")).code == 250);
  CHECK_FALSE(beside.counters.server_away);
}

TEST_CASE("gateway: of what is refused the others go their way, and the letter is kept") {
  Beside beside;
  beside.ledger.verdicts["two.ua"] = {422, "unknown-field", "data.x"};
  const std::string text = letter("a@one.ua, b@two.ua, c@three.ua");
  CHECK(beside.deliver(text).code == 250);
  CHECK(beside.ledger.recorded.size() == 2);
  REQUIRE(beside.ledger.quarantined.size() == 1);
  const auto& kept = beside.ledger.quarantined.front();
  CHECK(kept.captures == std::vector<std::string>{"mail"});
  CHECK(kept.body == text);
  CHECK(kept.parameter("error") == "unknown-field");
  CHECK(kept.parameter("field") == "data.x");
  CHECK(kept.parameter("detail") == "no");
  CHECK(kept.parameter("query") ==
        "source=mail&own_domains=firm.ua&received_at=2026-11-26T10%3A00%3A00Z");
  CHECK_FALSE(kept.parameter("bytes"));
  CHECK(beside.counters.quarantined == 1);
  beside.ledger.verdicts["two.ua"] = {409, "conflict", "id"};
  CHECK(beside.deliver(text).code == 250);
  CHECK(beside.ledger.quarantined.back().parameter("error") == "conflict");
}

TEST_CASE("gateway: a letter that nothing can be made of is kept, too") {
  Beside beside;
  CHECK(beside.deliver("").code == 250);
  CHECK(beside.deliver("no letter").code == 250);
  CHECK(beside.deliver(letter("nobody")).code == 250);
  CHECK(beside.ledger.quarantined.size() == 3);
  CHECK(beside.deliver(letter("colleague@firm.ua")).text.starts_with("left out: "));
  CHECK(beside.counters.skipped == 1);
}

TEST_CASE("gateway: without an acknowledgement of the quarantine there is none of ours") {
  Beside beside;
  for (const int status : {404, 422, 503}) {
    beside.ledger.quarantine_status = status;
    CHECK(beside.deliver(letter("nobody")).code == 451);
  }
  beside.ledger.quarantine_status = 404;
  CHECK(beside.deliver(letter("nobody")).text.find("--mail") != std::string::npos);
  CHECK(beside.counters.quarantined == 0);
}

TEST_CASE("gateway: of a letter longer than the quarantine the whole lies in DATA/refused") {
  Beside beside;
  const std::string text = letter("nobody", std::string(600'000, 'x'));
  CHECK(beside.deliver(text).code == 250);
  const auto& kept = beside.ledger.quarantined.front();
  CHECK(kept.body == text.substr(0, 512 * 1024));
  CHECK(kept.parameter("bytes") == std::to_string(text.size()));
  const std::string digest(kept.parameter("sha256").value());
  CHECK(digest == to_hex(sha256(text)));
  CHECK(beside.directory.read("refused/" + digest + ".eml") == text);
  std::filesystem::remove_all(beside.directory / "refused");
  CHECK(beside.deliver(text).code == 451);
}

TEST_CASE("gateway: a clock ahead of the ledger's is a matter of waiting") {
  Beside beside;
  beside.ledger.verdicts["one.ua"] = {422, "out-of-range", "time"};
  CHECK(beside.deliver(letter("a@one.ua")).code == 451);
  CHECK(beside.ledger.quarantined.empty());
  // Another field of it is not.
  beside.ledger.verdicts["one.ua"].field = "data.time";
  CHECK(beside.deliver(letter("a@one.ua")).code == 250);
  CHECK(beside.ledger.quarantined.size() == 1);
}
