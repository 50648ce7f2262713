// Goal: what went into the quarantine comes out byte for byte, and what was released is known as
// such by whoever reads the log anew.
#include "producers/quarantine/quarantine.h"

#include "platform/sha256.h"
#include "tests/support/catch.h"
#include "tests/support/memory_log.h"

using namespace ledger;

namespace {

QuarantinedInput input(std::string sender, std::string body) {
  return {std::move(sender),
          parse_timestamp("2026-11-25T08:00:00Z").value(),
          "POST",
          "uuid=1&x=%41",
          "application/json",
          std::move(body),
          "missing-field",
          "callDetails.startTime",
          "is required"};
}

Position kept(Quarantine& quarantine, const QuarantinedInput& what) {
  std::optional<Position> position;
  quarantine.keep(what, [&](Result<Position> at) { position = at.value(); });
  REQUIRE(position);
  return *position;
}

}  // namespace

TEST_CASE("any bytes come out as they went in") {
  ledger::testing::MemoryLog log(1);
  Quarantine quarantine(log, log);
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  for (const auto& body : {std::string("a=\"б\"\r\n\t"), every_byte, std::string(),
                           every_byte + "x", every_byte + "xy"}) {
    const auto at = kept(quarantine, input("binotel", body));
    const auto entry = quarantine.find(at);
    REQUIRE(entry);
    CHECK(entry->input.body == body);
    CHECK(entry->input.query == "uuid=1&x=%41");
    CHECK(entry->input.field == "callDetails.startTime");
    CHECK(entry->input.detail == "is required");
    CHECK_FALSE(entry->released);
  }
}

TEST_CASE("a list has pages, senders, and leaves out what was released") {
  ledger::testing::MemoryLog log(1);
  Quarantine quarantine(log, log);
  const auto first = kept(quarantine, input("binotel", "1"));
  const auto second = kept(quarantine, input("zadarma", "2"));
  const auto third = kept(quarantine, input("binotel", "3"));
  const auto now = parse_timestamp("2026-11-25T09:00:00Z").value();
  REQUIRE(quarantine.release(first, now, {}));
  Quarantine again(log, log);  // as after a restart
  for (Quarantine* one : {&quarantine, &again}) {
    const auto all = one->list({});
    REQUIRE(all);
    REQUIRE(all->size() == 2);
    CHECK(all->front().position == second);
    CHECK(one->list({.sender = "binotel"})->size() == 1);
    CHECK(one->list({.sender = "binotel", .released_too = true})->front().released == now);
    CHECK(one->list({.after = second})->front().position == third);
    CHECK(one->list({.limit = 1})->size() == 1);
    CHECK(one->counts()->waiting == 2);
    CHECK(one->counts()->released == 1);
    CHECK(one->find({0, 99}).error().code == ErrorCode::kNotFound);
  }
}

TEST_CASE("a log that is away takes nothing and says so") {
  ledger::testing::MemoryLog log(1);
  Quarantine quarantine(log, log);
  log.away = true;
  std::optional<Error> error;
  quarantine.keep(input("binotel", "1"), [&](Result<Position> at) { error = at.error(); });
  REQUIRE(error);
  CHECK(error->code == ErrorCode::kUnavailable);
}

TEST_CASE("what is dismissed waits no longer, and says why") {
  ledger::testing::MemoryLog log(1);
  Quarantine quarantine(log, log);
  const auto at = kept(quarantine, input("binotel", "1"));
  REQUIRE(quarantine.counts());
  REQUIRE(quarantine.release(at, parse_timestamp("2026-11-25T09:00:00Z").value(), "a test call"));
  CHECK(quarantine.list({})->empty());
  CHECK(quarantine.find(at)->dismissed == "a test call");
  CHECK(quarantine.waiting_when_last_seen() == 0);
}

TEST_CASE("what waits already is kept once, and again when it waits no more") {
  ledger::testing::MemoryLog log(1);
  Quarantine quarantine(log, log);
  const std::string much(Quarantine::kBodyBytesMax + 1, 'x');
  REQUIRE(quarantine.keep(input("binotel", "1")));
  REQUIRE(quarantine.keep(input("binotel", much)));
  Quarantine again(log, log);  // as after a restart
  for (Quarantine* one : {&quarantine, &again}) {
    REQUIRE(one->keep(input("binotel", "1")));
    REQUIRE(one->keep(input("binotel", much)));
    CHECK(one->counts()->waiting == 2);
  }
  auto other = input("binotel", "1");
  other.error = "conflict";
  REQUIRE(quarantine.keep(other));
  other.query = "uuid=2";
  REQUIRE(quarantine.keep(other));
  REQUIRE(quarantine.keep(input("zadarma", "1")));
  REQUIRE(quarantine.keep(input("binotel", "2")));
  CHECK(quarantine.counts()->waiting == 6);
  const auto first = quarantine.list({})->front().position;
  REQUIRE(quarantine.release(first, parse_timestamp("2026-11-25T09:00:00Z").value(), "a test"));
  REQUIRE(quarantine.keep(input("binotel", "1")));
  CHECK(quarantine.counts()->waiting == 6);
  CHECK(quarantine.counts()->released == 1);
}

TEST_CASE("of a long body its beginning is kept, with what the whole was") {
  ledger::testing::MemoryLog log(1);
  Quarantine quarantine(log, log);
  const std::string body(Quarantine::kBodyBytesMax + 1, 'x');
  const auto entry = quarantine.find(kept(quarantine, input("inbox", body)));
  REQUIRE(entry);
  CHECK(entry->input.body.size() == Quarantine::kBodyBytesMax);
  CHECK(entry->body_bytes == body.size());
  // A text of quotes would be twice as long in JSON: it stands there in base64.
  const std::string quotes(Quarantine::kBodyBytesMax, '"');
  const auto second = kept(quarantine, input("inbox", quotes));
  CHECK(log.read(second)->size() < 800 * 1024);
  CHECK(quarantine.find(second)->input.body == quotes);
}

TEST_CASE("a line that somebody else wrote is passed over") {
  ledger::testing::MemoryLog log(1);
  Quarantine quarantine(log, log);
  log.inject(0, "no JSON");
  log.inject(0, R"({"specversion":"1.0"})");
  log.inject(0, R"({"released":"0:77","at":"2026-11-25T09:00:00Z"})");
  const auto at = kept(quarantine, input("binotel", "1"));
  CHECK(quarantine.list({})->size() == 1);
  CHECK(quarantine.counts()->waiting == 1);
  CHECK(quarantine.find(at));
}

TEST_CASE("whatever comes in, its line is one that Kafka takes") {
  ledger::testing::MemoryLog log(1);
  log.line_bytes_max = Quarantine::kLineBytesMax;
  Quarantine quarantine(log, log);
  for (const char byte : {'a', '"', '\n', '\x01', '\xff'}) {
    const std::string much(2 * Quarantine::kBodyBytesMax, byte);
    QuarantinedInput all = input("binotel", much);
    all.query = all.content_type = all.field = all.detail = std::string(600'000, '\x01');
    const auto entry = quarantine.find(kept(quarantine, all));
    REQUIRE(entry);
    CHECK(entry->input.body == much.substr(0, Quarantine::kBodyBytesMax));
    CHECK(entry->body_bytes == much.size());
    CHECK(entry->body_sha256 == to_hex(sha256(much)));
  }
}

TEST_CASE("where the log takes only short lines, a beginning is kept and what was cut is said") {
  ledger::testing::MemoryLog log(1);
  Quarantine quarantine(log, log);
  const std::string much(100'000, 'x');
  struct Limit {
    std::size_t line;
    std::size_t kept;
  };
  for (const auto& [line, bytes] :
       {Limit{64'000, Quarantine::kBodyBytesAtLeast}, Limit{2'000, 0}}) {
    log.line_bytes_max = line;
    QuarantinedInput one = input("binotel", much);
    one.query = std::to_string(line);  // each a delivery of its own
    REQUIRE(quarantine.keep(one));
    const auto entries = quarantine.list({});
    const auto entry = quarantine.find(entries->back().position);
    CHECK(entry->input.body.size() == bytes);
    CHECK(entry->body_bytes == much.size());
    CHECK(entry->body_sha256 == to_hex(sha256(much)));
  }
  log.line_bytes_max = 10;
  CHECK(quarantine.keep(input("zadarma", much)).error().code == ErrorCode::kTooLarge);
}
