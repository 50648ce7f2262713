// Goal: a sender reads 2xx only for what is durable, comes again for what is not, and nothing that
// it pushed is lost. Method: the real door and quarantine over logs of vectors.
#include "producers/webhook/webhook.h"

#include "events/json_codec.h"
#include "tests/producers/webhook/hooks.h"
#include "tests/support/catch.h"

using namespace ledger;
using testing::Hooks;

TEST_CASE("a delivery is answered with the sender's own word once the log has it") {
  Hooks hooks;
  const auto answer = hooks.plain("id=1");
  CHECK(answer.status == 200);
  CHECK(answer.body == R"({"status":"success"})");
  CHECK(hooks.recorded() == 1);
  CHECK(hooks.plain("id=1").body == answer.body);
  CHECK(hooks.recorded() == 1);
  CHECK(hooks.ingest().counters().taken == 2);
}

TEST_CASE("a wrong secret or signature keeps nothing") {
  Hooks hooks;
  CHECK(hooks.plain("id=1", "guess").status == 403);
  http::Request request;
  request.method = "POST";
  request.segments = {"v1", "hooks", "asking"};
  request.body = "id=1";
  CHECK(hooks.send(request).status == 403);
  CHECK(hooks.recorded() == 0);
  CHECK(hooks.quarantine.counts()->waiting == 0);
  CHECK(hooks.ingest().counters().forged == 2);
  request.headers = {{"signature", "right"}};
  CHECK(hooks.send(request).status == 200);
  CHECK(hooks.recorded() == 1);
}

TEST_CASE("a question is answered and a fact of no interest is taken") {
  Hooks hooks;
  http::Request request;
  request.method = "GET";
  request.segments = {"v1", "hooks", "asking"};
  request.query = {{"echo", "x1"}};
  request.headers = {{"signature", "right"}};
  const auto answer = hooks.send(std::move(request));
  CHECK(answer.body == "x1");
  CHECK(hooks.plain("id=skip").status == 200);
  CHECK(hooks.recorded() == 0);
  CHECK(hooks.ingest().counters().skipped == 1);
}

TEST_CASE("what no retry can cure lies in the quarantine, and the sender may forget it") {
  Hooks hooks;
  CHECK(hooks.plain("nothing=1").status == 200);
  const auto entries = hooks.quarantine.list({});
  REQUIRE(entries);
  REQUIRE(entries->size() == 1);
  CHECK(entries->front().input.sender == "plain");
  CHECK(entries->front().input.field == "id");
  CHECK(entries->front().input.error == "missing-field");
  CHECK(hooks.quarantine.find(entries->front().position)->input.body == "nothing=1");
  CHECK(hooks.ingest().replay(entries->front().position).error().code == ErrorCode::kMissingField);
}

TEST_CASE("what the door refuses is kept too, and recorded by a replay once its cause is gone") {
  Hooks hooks;
  CHECK(hooks.plain("id=1&time=2026-11-25T09:00:00Z").status == 200);  // an hour ahead
  CHECK(hooks.recorded() == 0);
  const auto entries = hooks.quarantine.list({});
  REQUIRE(entries->size() == 1);
  const auto position = entries->front().position;
  CHECK_FALSE(hooks.ingest().replay(position));
  hooks.now("2026-11-25T09:00:00Z");
  const auto replayed = hooks.ingest().replay(position);
  REQUIRE(replayed);
  REQUIRE(replayed->events.size() == 1);
  CHECK(replayed->events.front().as == ReplayedAs::kRecorded);
  CHECK_FALSE(replayed->left);
  CHECK(hooks.recorded() == 1);
  CHECK(hooks.quarantine.list({})->empty());
  CHECK(hooks.ingest().replay({0, 99}).error().code == ErrorCode::kNotFound);
}

TEST_CASE("a replay puts nothing stale over what was said after it") {
  using Ids = std::vector<std::string>;
  Hooks hooks;
  CHECK(hooks.plain("id=1").status == 200);
  // Of one delivery the first is known and the second is ahead of the clock.
  hooks.now("2026-11-25T08:01:00Z");
  CHECK(hooks.plain("id=1\nid=2&time=2026-11-25T09:00:00Z").status == 200);
  const auto position = hooks.quarantine.list({})->front().position;
  hooks.now("2026-11-25T08:02:00Z");
  CHECK(hooks.plain("id=1&duration=9").status == 200);
  CHECK(hooks.ids() == Ids{"1", "1~1"});
  const auto early = hooks.ingest().replay(position);
  REQUIRE(early);
  REQUIRE(early->left);
  CHECK(early->left->field == "time");
  REQUIRE(early->events.size() == 1);
  CHECK(early->events.front().as == ReplayedAs::kSuperseded);
  CHECK(early->events.front().receipt.id == "1~1");
  CHECK(hooks.ids() == Ids{"1", "1~1"});
  hooks.now("2026-11-25T09:00:00Z");
  const auto replayed = hooks.ingest().replay(position);
  REQUIRE(replayed);
  CHECK_FALSE(replayed->left);
  REQUIRE(replayed->events.size() == 2);
  CHECK(replayed->events.back().as == ReplayedAs::kRecorded);
  CHECK(hooks.ids() == Ids{"1", "1~1", "2"});
  CHECK(hooks.quarantine.list({})->empty());
}

TEST_CASE("a replay restates what was said last, if it could not be recorded when it came") {
  Hooks hooks;
  CHECK(hooks.plain("id=1").status == 200);
  hooks.now("2026-11-25T08:01:00Z");
  CHECK(hooks.plain("id=1&time=2026-11-25T09:00:00Z").status == 200);  // an hour ahead
  hooks.now("2026-11-25T09:00:00Z");
  const auto replayed = hooks.ingest().replay(hooks.quarantine.list({})->front().position);
  REQUIRE(replayed);
  REQUIRE(replayed->events.size() == 1);
  CHECK(replayed->events.front().as == ReplayedAs::kRestated);
  CHECK(hooks.ids().back() == "1~1");
}

TEST_CASE("of a sender that never restates another fact under a known id waits for a person") {
  Hooks hooks;
  const auto take = [&](std::string body) {
    http::Request request;
    request.method = "KAFKA";
    request.target = "/";
    request.body = std::move(body);
    return hooks.ingest().take("strict", std::move(request)).status;
  };
  CHECK(take("id=1") == 200);
  hooks.now("2026-11-25T08:01:00Z");
  CHECK(take("id=1&duration=9") == 200);
  const auto entries = hooks.quarantine.list({});
  REQUIRE(entries->size() == 1);
  CHECK(entries->front().input.error == "conflict");
  hooks.now("2026-11-25T08:02:00Z");
  CHECK(hooks.ingest().replay(entries->front().position).error().code == ErrorCode::kConflict);
  CHECK(hooks.recorded() == 1);
  CHECK(hooks.quarantine.list({})->size() == 1);
}

TEST_CASE("a text that our API would refuse does not reach the log by a webhook either") {
  Hooks hooks;
  CHECK(hooks.plain("id=a%07b").status == 200);
  CHECK(hooks.plain("id=" + std::string(300, 'x')).status == 200);
  CHECK(hooks.recorded() == 0);
  // Nor an id that is the ledger's own: of the second statement of the record "a".
  CHECK(hooks.plain("id=a~2").status == 200);
  CHECK(hooks.recorded() == 0);
  const auto entries = hooks.quarantine.list({});
  REQUIRE(entries->size() == 3);
  CHECK(entries->front().input.field == "id");
  CHECK(entries->back().input.field == "id");
}

TEST_CASE("a delivery that came another way than by HTTP is taken like the others") {
  Hooks hooks;
  const auto take = [&](std::string body) {
    http::Request request;
    request.method = "TCP";
    request.target = "/?cut=disconnect";
    request.body = std::move(body);
    return hooks.ingest().take("lines", std::move(request)).status;
  };
  CHECK(take("id=1") == 200);
  CHECK(take("id=1") == 200);
  CHECK(hooks.recorded() == 1);
  CHECK(take("id=skip") == 200);
  CHECK(take("nothing=1") == 200);
  const auto entries = hooks.quarantine.list({});
  REQUIRE(entries->size() == 1);
  CHECK(entries->front().input.sender == "lines");
  CHECK(entries->front().input.method == "TCP");
  CHECK(entries->front().input.query == "cut=disconnect");
  hooks.log.away = true;
  CHECK(take("id=2") == 503);
  http::Request request;
  request.method = "POST";
  request.segments = {"v1", "hooks", "lines"};
  CHECK(hooks.send(request).status == 404);
}

TEST_CASE("a record restated in every way ends as it was told last") {
  using Ids = std::vector<std::string>;
  Hooks hooks;
  CHECK(hooks.plain("id=1").status == 200);
  CHECK(hooks.plain("id=1&duration=5").status == 200);
  CHECK(hooks.ids() == Ids{"1", "1~1"});
  CHECK(hooks.plain("id=1&duration=5").status == 200);  // told twice
  CHECK(hooks.ids() == Ids{"1", "1~1"});
  CHECK(hooks.plain("id=1").status == 200);  // as at first
  CHECK(hooks.ids() == Ids{"1", "1~1", "1~2"});
  // Another day, another number: a correction moves neither.
  CHECK(hooks.plain("id=1&time=2026-11-24T08:00:00Z").status == 200);
  CHECK(hooks.plain("id=1&time=2026-11-24T08:00:00Z&phone=%2B380501112233").status == 200);
  CHECK(hooks.ids() == Ids{"1", "1~1", "1~2", "1~3~void", "1~3", "1~4~void", "1~4"});
  CHECK(hooks.plain("id=1").status == 200);
  CHECK(hooks.ids().back() == "1~5");
  CHECK(hooks.ingest().counters().corrected == 5);
  CHECK(hooks.quarantine.list({})->empty());
}

TEST_CASE("while log or quarantine are away the sender is asked to come again") {
  Hooks hooks;
  hooks.log.away = true;
  CHECK(hooks.plain("id=1").status == 503);
  hooks.log.away = false;
  hooks.kept.away = true;
  CHECK(hooks.plain("nothing=1").status == 503);
  CHECK(hooks.plain("id=1").status == 200);
  hooks.kept.away = false;
  CHECK(hooks.plain("nothing=1").status == 200);
  CHECK(hooks.ingest().counters().sent_back == 2);
}

TEST_CASE(
    "what the quarantine cannot hold whole is taken all the same, and never asked for again") {
  Hooks hooks;
  hooks.kept.line_bytes_max = 64'000;
  CHECK(hooks.plain("nothing=" + std::string(100'000, 'x')).status == 200);
  const auto entries = hooks.quarantine.list({});
  REQUIRE(entries->size() == 1);
  CHECK(entries->front().body_bytes == 100'008);
  CHECK_FALSE(entries->front().body_sha256.empty());
  CHECK(hooks.ingest().replay(entries->front().position).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("of a body over the limit the beginning is kept, and the sender may forget it") {
  Hooks hooks;
  CHECK(hooks.plain("id=" + std::string(Webhook().body_bytes_max - 3, 'x')).status == 200);
  CHECK(hooks.quarantine.list({})->front().input.detail.find("512") == std::string::npos);
  const auto much = "id=" + std::string(Webhook().body_bytes_max, 'x');
  CHECK(hooks.plain(much).status == 200);
  const auto entry = hooks.quarantine.list({})->back();
  CHECK(entry.input.error == "too-large");
  CHECK(entry.body_bytes == much.size());
  CHECK(hooks.ingest().counters().quarantined == 2);
}
