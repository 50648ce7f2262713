// Goal: what a connector could not record comes into the quarantine as it says, and a letter comes
// out of it by the settings of its gateway. Method: the real door and quarantine over logs of
// vectors.
#include "consumers/runner/projector.h"
#include "events/json_codec.h"
#include "platform/http/form.h"
#include "platform/sha256.h"
#include "producers/email/gateway.h"
#include "producers/webhook/quarantine_api.h"
#include "tests/producers/email/letter.h"
#include "tests/support/catch.h"
#include "tests/support/memory_log.h"

using namespace ledger;
using ledger::letter::Letter;

namespace {

const Timestamp kNow = parse_timestamp("2026-11-25T08:00:00Z").value();

class House {
 public:
  House()
      : views_(memory_view_store(1)),
        progress_(Frontier::start(1)),
        projector_(Projector::open(log, *views_, progress_).value()),
        door_({log, log, *views_, progress_, clock_, BusinessZone::named("Europe/Kyiv").value()},
              Frontier::start(1)),
        restating_({door_, log, *views_, progress_}),
        quarantine(kept, kept),
        ingest_({door_, restating_, quarantine, clock_}, {mail::gateway_webhook(), hook()}) {
    log.appended = [this] {
      while (!progress_.covers(log.end().value())) {
        if (!projector_->step(std::chrono::milliseconds(0))) return;
      }
    };
    add_quarantine_api(router_, quarantine, ingest_, clock_);
  }
  http::Response post(const std::string& sender, const std::string& query, std::string body = "x") {
    http::Request request;
    request.method = "POST";
    request.segments = {"v1", "quarantine", sender};
    request.query = http::parse_form(query).value();
    request.headers = {{"content-type", "message/rfc822"}};
    request.body = std::move(body);
    return router_.call(std::move(request));
  }
  Quarantine::Entry only() {
    const auto all = quarantine.list({}).value();
    REQUIRE(all.size() == 1);
    return quarantine.find(all.front().position).value();
  }
  Result<WebhookIngest::Replayed> replay() { return ingest_.replay(only().position); }

  ledger::testing::MemoryLog log{1};
  ledger::testing::MemoryLog kept{1};

 private:
  static Webhook hook() {
    Webhook open;
    open.name = "open";
    open.map = [](const http::Request&) { return Mapped(); };
    return open;
  }
  FixedClock clock_{kNow};
  std::unique_ptr<ViewStore> views_;
  ViewProgress progress_;
  std::unique_ptr<Projector> projector_;
  AppendDoor door_;
  Restating restating_;

 public:
  Quarantine quarantine;

 private:
  WebhookIngest ingest_;
  http::Router router_;
};

const std::string kWhy = "error=conflict&detail=other%20body";

}  // namespace

TEST_CASE("quarantine: a connector brings what it could not record, with its reason") {
  House house;
  const auto answer = house.post(
      "mail", kWhy + "&field=id&query=" + http::url_encode("source=mail&a=b c"), "any\xff");
  CHECK(answer.status == 201);
  CHECK(answer.body == R"({"kept":true})");
  const auto entry = house.only();
  CHECK(entry.input.sender == "mail");
  CHECK(entry.input.received == kNow);
  CHECK(entry.input.error == "conflict");
  CHECK(entry.input.field == "id");
  CHECK(entry.input.detail == "other body");
  CHECK(entry.input.query == "source=mail&a=b c");
  CHECK(entry.input.content_type == "message/rfc822");
  CHECK(entry.input.body == "any\xff");
  CHECK(entry.body_bytes == 4);
  // Once, however often it is brought.
  CHECK(house
            .post("mail", kWhy + "&field=id&query=" + http::url_encode("source=mail&a=b c"),
                  "any\xff")
            .status == 201);
  CHECK(house.quarantine.counts()->waiting == 1);
}

TEST_CASE("quarantine: what a connector says wrongly is refused by name") {
  House house;
  const auto field = [&](const std::string& query, std::string body = "x") {
    const auto answer = house.post("mail", query, std::move(body));
    CHECK(answer.status == 422);
    const std::size_t at = answer.body.find(R"("field":")") + 9;
    return answer.body.substr(at, answer.body.find('"', at) - at);
  };
  CHECK(field("detail=x") == "error");
  CHECK(field("error=Con%20flict&detail=x") == "error");
  CHECK(field("error=conflict") == "detail");
  CHECK(field(kWhy + "&sender=x") == "sender");
  const std::string digest = "&sha256=" + std::string(64, 'a');
  CHECK(field(kWhy + "&bytes=10") == "sha256");
  CHECK(field(kWhy + digest) == "bytes");
  CHECK(field(kWhy + digest + "&bytes=1x") == "bytes");
  CHECK(field(kWhy + digest + "&bytes=1") == "bytes");
  CHECK(field(kWhy + digest + "g&bytes=10") == "sha256");
  CHECK(house.post("mail", kWhy + digest + "&bytes=2").status == 201);
  CHECK(house.post("nobody", kWhy).status == 404);
  CHECK(house.post("open", kWhy).status == 404);  // it pushes over HTTP by itself
  CHECK(house.post("mail", kWhy, std::string(Quarantine::kBodyBytesMax + 1, 'x')).status == 413);
  CHECK(house.quarantine.counts()->waiting == 1);
  house.kept.away = true;
  CHECK(house.post("mail", kWhy, "y").status == 503);
}

TEST_CASE("quarantine: of a long letter the beginning is kept, with what the whole was") {
  House house;
  const std::string whole(Quarantine::kBodyBytesMax + 1000, 'x');
  const std::string of = fmt::format("&bytes={}&sha256={}", whole.size(), to_hex(sha256(whole)));
  for (int i = 0; i < 2; ++i) {
    const auto answer = house.post("mail", kWhy + of, whole.substr(0, Quarantine::kBodyBytesMax));
    CHECK(answer.status == 201);
  }
  const auto entry = house.only();
  CHECK(entry.body_bytes == whole.size());
  CHECK(entry.body_sha256 == to_hex(sha256(whole)));
  CHECK(entry.input.body.size() == Quarantine::kBodyBytesMax);
  CHECK(house.replay().error().code == ErrorCode::kTooLarge);
}

TEST_CASE("quarantine: a letter is mapped anew by the settings of its gateway") {
  House house;
  mail::Settings settings;
  settings.source = "mail/2";
  settings.own_domains = {"colleagues.example"};
  settings.received_at = parse_timestamp("2026-11-20T08:00:00Z").value();
  const std::string bytes =
      Letter().set("To", "buyer@firm.example, boss@colleagues.example").bytes();
  CHECK(house.post("mail", kWhy + "&query=" + http::url_encode(mail::to_query(settings)), bytes)
            .status == 201);
  const auto replayed = house.replay();
  REQUIRE(replayed);
  REQUIRE(replayed->events.size() == 1);
  CHECK(replayed->events.front().as == ReplayedAs::kRecorded);
  const auto line = JsonCodec().decode_line(house.log.read({0, 0}).value()).value();
  CHECK(line.source == "mail/2");
  CHECK(line.time == *settings.received_at);
  CHECK(house.quarantine.counts()->waiting == 0);
}

TEST_CASE("quarantine: a letter that still cannot be mapped waits on") {
  House house;
  CHECK(house.post("mail", kWhy, Letter().set("To", "nobody").bytes()).status == 201);
  CHECK(house.replay().error().field == "recipients");
  CHECK(house.quarantine.counts()->waiting == 1);
}
