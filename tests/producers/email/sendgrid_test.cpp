// Goal: SendGrid's words become the ledger's, one bad event holds up no other, and only what the
// key's owner signed comes in. Method: arrays made up from SendGrid's field list.
#include "producers/email/sendgrid/mapping.h"

#include "tests/producers/email/pushed.h"
#include "tests/producers/email/signed_samples.h"
#include "tests/support/catch.h"

using namespace ledger;
using pushed::fact;
using pushed::post;
using pushed::refusal;
using pushed::with;

namespace {

const std::string kBounce = R"({"email":"buyer@firm.example","timestamp":1795593600,
  "event":"bounce","sg_event_id":"YjE","smtp-id":"<a1@gurt.example>","category":["offer"],
  "sg_message_id":"14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0","type":"bounce",
  "reason":"550 5.1.1 no such user","status":"5.1.1","contract":"7"})";

Mapped map(const std::string& body) { return sendgrid::map_delivery(post(body), {}); }
std::string event(const std::string& word) {
  return with(kBounce, "\"bounce\"", "\"" + word + "\"");
}

}  // namespace

TEST_CASE("sendgrid: a hard bounce") {
  const auto mapped = map("[" + kBounce + "]");
  REQUIRE(mapped.events.size() == 1);
  const auto bounce = fact(mapped);
  CHECK(bounce.submission.id == "YjE|bounce");
  CHECK(bounce.submission.source == "sendgrid");
  CHECK(format_timestamp(bounce.submission.time) == "2026-11-25T08:00:00Z");
  CHECK(bounce.data.message_id == "<a1@gurt.example>");
  CHECK(bounce.data.recipient.text() == "buyer@firm.example");
  CHECK(bounce.data.status == DeliveryStatus::kBouncedHard);
  CHECK(bounce.data.reason == "550 5.1.1 no such user");
}

TEST_CASE("sendgrid: its words") {
  const auto status = [](const std::string& body) { return fact(map(body)).data.status; };
  CHECK(status(event("delivered")) == DeliveryStatus::kDelivered);
  CHECK(status(event("deferred")) == DeliveryStatus::kDelayed);
  CHECK(status(event("dropped")) == DeliveryStatus::kBouncedHard);
  CHECK(status(event("spamreport")) == DeliveryStatus::kComplained);
  CHECK(status(with(kBounce, R"("type":"bounce")", R"("type":"blocked")")) ==
        DeliveryStatus::kBouncedSoft);
  CHECK(status(with(kBounce, R"("5.1.1",)", R"("4.2.2",)")) == DeliveryStatus::kBouncedSoft);
  CHECK(fact(map(event("dropped"))).data.reason == "not sent: 550 5.1.1 no such user");
  for (const char* word : {"processed", "open", "click", "group_resubscribe"}) {
    INFO(word);
    CHECK_FALSE(pushed::skipped(map(event(word))).empty());
  }
  for (const char* word : {"unsubscribe", "group_unsubscribe", "teleported"}) {
    INFO(word);
    const auto error = refusal(map(event(word)));
    CHECK(error.code == ErrorCode::kInvalidField);
    CHECK(error.field == "0.event");
  }
}

TEST_CASE("sendgrid: without smtp-id and sg_event_id") {
  const auto no_smtp_id = with(kBounce, "\"smtp-id\"", "\"smtp\"");
  CHECK(fact(map(no_smtp_id)).data.message_id == "14c5d75ce93.dfd.64b469");
  const auto received = with(no_smtp_id, "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
                             "Oc9Vts_KRcK.recvd-7bd94-qt86v-1-698B-D.0");
  CHECK(fact(map(received)).data.message_id == "Oc9Vts_KRcK");
  const auto no_event_id = with(received, "\"sg_event_id\"", "\"sg_event\"");
  CHECK(fact(map(no_event_id)).submission.id ==
        "Oc9Vts_KRcK.recvd-7bd94-qt86v-1-698B-D.0|bounce|1795593600|buyer@firm.example");
  CHECK(refusal(map(with(no_smtp_id, "\"sg_message_id\"", "\"sg\""))).field == "0.sg_message_id");
}

TEST_CASE("sendgrid: one bad event holds up no other") {
  const std::string nameless = "{\"" + std::string(300, 'x') + "\":1,\"event\":\"delivered\"}";
  const auto mapped = map("[" + kBounce + ",7," + with(kBounce, "1795593600", "\"soon\"") + "," +
                          nameless + "," + event("delivered") + "," + event("open") + "]");
  REQUIRE(mapped.events.size() == 2);
  CHECK(fact(mapped, 1).submission.id == "YjE|delivered");
  CHECK(mapped.skipped.size() == 1);
  REQUIRE(mapped.refused.size() == 3);
  CHECK(mapped.refused[0].error.field == "1");
  CHECK(mapped.refused[0].error.code == ErrorCode::kMalformed);
  CHECK(mapped.refused[1].error.field == "2.timestamp");
  CHECK(mapped.refused[2].error.code == ErrorCode::kTooLarge);
  CHECK(mapped.refused[2].error.field.starts_with("3."));
}

TEST_CASE("sendgrid: what is wrong is named") {
  const auto error = [](const std::string& from, const std::string& to) {
    return refusal(map(with(kBounce, from, to)));
  };
  CHECK(error("\"event\"", "\"evt\"").code == ErrorCode::kMissingField);
  CHECK(error("buyer@firm.example", "buyer").field == "0.email");
  CHECK(error("1795593600", "17955936000").code == ErrorCode::kOutOfRange);
  CHECK(error("1795593600", "-5").code == ErrorCode::kInvalidField);
  CHECK(error("1795593600", "1e400").code == ErrorCode::kMalformed);
  CHECK(refusal(map("[{\"event\":")).code == ErrorCode::kMalformed);
  CHECK(map("[]").refused.empty());
  std::string many = "[";
  for (int i = 0; i < 10'001; ++i) many += "7,";
  many.back() = ']';
  CHECK(refusal(map(many)).code == ErrorCode::kTooLarge);
}

namespace {

http::Request signed_request() {
  auto request = post(samples::kSendgridBody);
  request.headers = {{"x-twilio-email-event-webhook-signature", samples::kSendgridSignature},
                     {"x-twilio-email-event-webhook-timestamp", "1795593605"}};
  return request;
}

}  // namespace

TEST_CASE("sendgrid: a signature over timestamp and raw body") {
  const sendgrid::Settings settings{.key = PublicKey::parse(samples::kSendgridKey).value()};
  CHECK_FALSE(sendgrid::forged(signed_request(), settings));
  auto changed = signed_request();
  changed.body.pop_back();  // the line end is signed too
  CHECK(sendgrid::forged(changed, settings));
  auto later = signed_request();
  later.headers[1].second = "1795593606";
  CHECK(sendgrid::forged(later, settings));
  for (const std::size_t missing : {0U, 1U}) {
    auto bare = signed_request();
    bare.headers.erase(bare.headers.begin() + static_cast<std::ptrdiff_t>(missing));
    CHECK(sendgrid::forged(bare, settings));
  }
  auto no_base64 = signed_request();
  no_base64.headers[0].second = "!";
  CHECK(sendgrid::forged(no_base64, settings));
  CHECK(sendgrid::forged(signed_request(), {}));
}

TEST_CASE("sendgrid: a signature is too old only where the house says so") {
  sendgrid::Settings settings{.key = PublicKey::parse(samples::kSendgridKey).value()};
  settings.now = [] { return parse_timestamp("2026-11-27T08:00:05Z").value(); };
  CHECK_FALSE(sendgrid::forged(signed_request(), settings));
  settings.age_max = std::chrono::hours(48);
  CHECK_FALSE(sendgrid::forged(signed_request(), settings));
  settings.now = [] { return parse_timestamp("2026-11-27T08:00:06Z").value(); };
  CHECK(sendgrid::forged(signed_request(), settings) == "it was signed more than 48 hours ago");
}
