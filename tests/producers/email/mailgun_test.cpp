// Goal: Mailgun's words become the ledger's, a signature that somebody has seen is no key to the
// ledger, and Mailgun learns when to stop. Method: deliveries made up from its field lists.
#include "producers/email/mailgun/mapping.h"

#include "platform/hmac.h"
#include "platform/sha256.h"
#include "producers/email/mailgun/signature.h"
#include "tests/producers/email/pushed.h"
#include "tests/support/catch.h"

using namespace ledger;
using pushed::fact;
using pushed::post;
using pushed::refusal;
using pushed::with;

namespace {

const std::string kTime = "1795593605";

std::string digest(const std::string& token, const std::string& time = kTime) {
  return to_hex(hmac_sha256("signing-key", time + token));
}

const std::string kEvent =
    R"({"signature":{"timestamp":"1795593605","token":"t1","signature":")" + digest("t1") +
    R"("},"event-data":{"event":"failed","id":"G9Bn","timestamp":1795593600.908181,
  "recipient":"buyer@firm.example","severity":"permanent","reason":"bounce","tags":["offer"],
  "message":{"headers":{"message-id":"a1@gurt.example","from":"Олена <olena@gurt.example>",
             "to":"buyer@firm.example, boss@firm.example","subject":"Пропозиція"}},
  "delivery-status":{"code":550,"message":"no such\r\n user","description":null}}})";
const std::string kLegacy =
    "event=bounced&recipient=buyer%40firm.example&Message-Id=%3Ca1%40gurt.example%3E&code=550"
    "&error=no+such+user&timestamp=1795593600&token=t2&signature=" +
    digest("t2", "1795593600");

Mapped map(const std::string& body) {
  return mailgun::map_delivery(post(body), {.offer_category = "offer"});
}
std::string event(const std::string& word) { return with(kEvent, "failed", word); }

}  // namespace

TEST_CASE("mailgun: a permanent failure") {
  const auto failed = fact(map(kEvent));
  CHECK(failed.submission.id == "G9Bn|2026-11-25");
  CHECK(failed.submission.source == "mailgun");
  CHECK(format_timestamp(failed.submission.time) == "2026-11-25T08:00:00.908181Z");
  CHECK(failed.data.message_id == "<a1@gurt.example>");
  CHECK(failed.data.recipient.text() == "buyer@firm.example");
  CHECK(failed.data.status == DeliveryStatus::kBouncedHard);
  CHECK(failed.data.reason == "bounce: 550: no such   user");
}

TEST_CASE("mailgun: its words") {
  const auto status = [](const std::string& body) { return fact(map(body)).data.status; };
  CHECK(status(with(kEvent, "permanent", "temporary")) == DeliveryStatus::kDelayed);
  CHECK(status(event("delivered")) == DeliveryStatus::kDelivered);
  CHECK(status(event("complained")) == DeliveryStatus::kComplained);
  CHECK(fact(map(event("rejected"))).data.reason->starts_with("not sent"));
  CHECK(fact(map(with(event("delivered"),
                      R"({"code":550,"message":"no such\r\n user","description":null})", "null")))
            .data.reason == "bounce");
  for (const char* word : {"opened", "clicked", "stored"}) {
    INFO(word);
    CHECK_FALSE(pushed::skipped(map(event(word))).empty());
  }
  CHECK(refusal(map(event("unsubscribed"))).field == "event-data.event");
  CHECK(refusal(map(event("teleported"))).field == "event-data.event");
  CHECK(refusal(map(with(kEvent, "permanent", "so-so"))).field == "event-data.severity");
  CHECK(refusal(map(with(kEvent, "\"severity\"", "\"sev\""))).code == ErrorCode::kMissingField);
}

TEST_CASE("mailgun: a rejected letter names its recipient in its headers alone") {
  const auto one = with(with(event("rejected"), R"("recipient":"buyer@firm.example",)", ""),
                        "buyer@firm.example, boss@firm.example", "boss@firm.example");
  CHECK(fact(map(one)).data.recipient.text() == "boss@firm.example");
  const auto two = with(event("rejected"), R"("recipient":"buyer@firm.example",)", "");
  CHECK(refusal(map(two)).field == "event-data.message.headers.to");
}

TEST_CASE("mailgun: what it took with the tag of offers is an offer, one a recipient") {
  const auto mapped = map(event("accepted"));
  const auto offer = pushed::offer(mapped);
  CHECK(mapped.events.front().id == "<a1@gurt.example>|buyer@firm.example");
  CHECK(format_timestamp(mapped.events.front().time) == "2026-11-25T08:00:00Z");
  CHECK(offer.message_id == "<a1@gurt.example>");
  CHECK(offer.sender.text() == "olena@gurt.example");
  REQUIRE(offer.recipients.size() == 1);
  CHECK(offer.recipients.front().text() == "buyer@firm.example");
  CHECK(offer.subject == "Пропозиція");
  CHECK(offer.offer_headers == std::vector<std::string>{"X-Offer: offer"});  // the tag marks it
  // Never of another letter, nor without a sender.
  CHECK_FALSE(pushed::skipped(map(with(event("accepted"), R"(["offer"])", R"(["news"])"))).empty());
  CHECK_FALSE(
      pushed::skipped(mailgun::map_delivery(post(event("accepted")), mailgun::Settings())).empty());
  CHECK(refusal(map(with(event("accepted"), R"("from")", R"("form")"))).field ==
        "event-data.message.headers.from");
  CHECK_FALSE(pushed::skipped(map(with(event("accepted"), R"("recipient":"buyer@firm.example")",
                                       R"("recipient":"boss@gurt.example")")))
                  .empty());
}

TEST_CASE("mailgun: the legacy form") {
  const auto bounced = fact(map(kLegacy));
  CHECK(bounced.submission.id == "t2");
  CHECK(bounced.data.message_id == "<a1@gurt.example>");
  CHECK(bounced.data.status == DeliveryStatus::kBouncedHard);
  CHECK(bounced.data.reason == "550: no such user");
  CHECK(fact(map(with(kLegacy, "bounced", "dropped"))).data.reason ==
        "not sent: 550: no such user");
  CHECK(fact(map(with(kLegacy, "bounced", "complained"))).data.status ==
        DeliveryStatus::kComplained);
  CHECK_FALSE(pushed::skipped(map(with(kLegacy, "bounced", "opened"))).empty());
  CHECK(refusal(map(with(kLegacy, "bounced", "unsubscribed"))).field == "event");
  CHECK(refusal(map(with(kLegacy, "Message-Id", "Message"))).field == "Message-Id");
  // A variable of the letter named like a field: the signature's is the last, others' the first.
  const auto mixed = "token=mine&" + kLegacy + "&recipient=somebody%40else.example";
  CHECK(fact(map(mixed)).submission.id == "t2");
  CHECK(fact(map(mixed)).data.recipient.text() == "buyer@firm.example");
}

namespace {

class Hook {
 public:
  explicit Hook(const char* now = "2026-11-25T09:00:00Z")
      : webhook_(mailgun::webhook({.signing_key = "signing-key",
                                   .now = [now] { return parse_timestamp(now).value(); }})) {}
  // 200: taken.
  int send(const std::string& body) {
    const auto refusal = webhook_.refuse(post(body));
    return refusal ? refusal->status : 200;
  }

 private:
  Webhook webhook_;
};

}  // namespace

TEST_CASE("mailgun: 403 for a wrong signature") {
  Hook hook;
  CHECK(hook.send(kEvent) == 200);
  CHECK(hook.send(kLegacy) == 200);
  CHECK(hook.send(with(kEvent, "\"t1\"", "\"t3\"")) == 403);
  CHECK(hook.send(with(kEvent, "1795593605", "1795593606")) == 403);
  CHECK(hook.send(with(kEvent, "\"signature\":{", "\"sig\":{")) == 403);
  CHECK(hook.send(with(kLegacy, "token=t2", "token=t4")) == 403);
  CHECK(hook.send("") == 403);
  CHECK(hook.send("{\"signature\":") == 403);
  const Webhook keyless = mailgun::webhook({.now = [] { return Timestamp(); }});
  CHECK(keyless.refuse(post(with(kEvent, digest("t1"), to_hex(hmac_sha256("", kTime + "t1")))))
            ->status == 403);
}

TEST_CASE("mailgun: 406 for an old signature, and for one that came with another event") {
  CHECK(Hook("2026-11-26T08:00:05Z").send(kEvent) == 200);
  CHECK(Hook("2026-11-26T08:00:06Z").send(kEvent) == 406);
  Hook hook;
  CHECK(hook.send(kEvent) == 200);
  CHECK(hook.send(kEvent) == 200);
  CHECK(hook.send(with(kEvent, "buyer@firm.example", "rival@firm.example")) == 406);
  CHECK(hook.send(with(kEvent, "G9Bn", "G9Bo")) == 406);
  CHECK(hook.send(kEvent) == 200);
}

TEST_CASE("mailgun: tokens are forgotten in their order") {
  mailgun::Tokens tokens;
  for (std::size_t i = 0; i <= mailgun::Tokens::kTokensMax; ++i) {
    REQUIRE(tokens.takes(std::to_string(i), "event"));
  }
  CHECK_FALSE(tokens.takes("1", "other"));
  CHECK(tokens.takes("0", "other"));
}
