// Goal: what SES tells of each recipient becomes a fact, whichever of its two formats it comes in,
// and nobody is said to have complained who may not have. Method: envelopes made up from SES's
// field lists.
#include "producers/email/ses/mapping.h"

#include "platform/json_writer.h"
#include "tests/producers/email/pushed.h"
#include "tests/support/catch.h"

using namespace ledger;
using pushed::fact;
using pushed::refusal;
using pushed::with;

namespace {

const std::string kMail = R"("mail":{"timestamp":"2026-11-25T08:00:00.000Z","messageId":"0102-1",
  "source":"olena@gurt.example","destination":["buyer@firm.example","boss@firm.example"],
  "headers":[{"name":"X-A","value":""},{"name":"Message-ID","value":"<a1@gurt.example>"}],
  "commonHeaders":{"from":["Олена <olena@gurt.example>"],"subject":"Пропозиція"},
  "tags":{"ses:configuration-set":["mail"],"kind":["offer"]}})";
const std::string kBounce = R"({"notificationType":"Bounce",)" + kMail +
                            R"(,"bounce":{"bounceType":"Permanent","bounceSubType":"General",
  "timestamp":"2026-11-25T08:00:05.000Z","feedbackId":"f1","bouncedRecipients":[
  {"emailAddress":"boss@firm.example","status":"5.1.1","diagnosticCode":"smtp; 550 no user"}]}})";
const std::string kComplaint = R"({"eventType":"Complaint",)" + kMail +
                               R"(,"complaint":{"timestamp":"2026-11-25T09:00:00Z",
  "complaintFeedbackType":"abuse","complainedRecipients":[{"emailAddress":"boss@firm.example"}]}})";

Mapped map(const std::string& message, const std::string& region = "eu-central-1") {
  JsonWriter json;
  json.begin_object();
  json.member("Type", "Notification");
  json.member("TopicArn", "arn:aws:sns:" + region + ":123456789012:mail");
  json.member("Message", message);
  json.end_object();
  return ses::map_delivery(pushed::post(std::string(json.text())), {.offer_category = "offer"});
}

}  // namespace

TEST_CASE("ses: a bounce of one of two recipients") {
  const auto mapped = map(kBounce);
  CHECK(mapped.events.size() == 1);
  const auto bounce = fact(mapped);
  CHECK(bounce.submission.id == "0102-1|boss@firm.example|Bounce.Permanent");
  CHECK(bounce.submission.source == "ses");
  CHECK(format_timestamp(bounce.submission.time) == "2026-11-25T08:00:05Z");
  CHECK(bounce.data.message_id == "<a1@gurt.example>");
  CHECK(bounce.data.recipient.text() == "boss@firm.example");
  CHECK(bounce.data.status == DeliveryStatus::kBouncedHard);
  CHECK(bounce.data.reason == "Permanent: General: 5.1.1: smtp; 550 no user");
  // The event of a configuration set is the same fact.
  const auto event = fact(map(with(kBounce, "notificationType", "eventType")));
  CHECK(event.submission.id == bounce.submission.id);
  CHECK(event.data == bounce.data);
  const auto transient = fact(map(with(kBounce, "\"Permanent\"", "\"Transient\"")));
  CHECK(transient.data.status == DeliveryStatus::kBouncedSoft);
  CHECK(transient.submission.id != bounce.submission.id);
}

TEST_CASE("ses: deliveries and delays, one fact a recipient") {
  const auto delivered =
      map(R"({"eventType":"Delivery",)" + kMail +
          R"(,"delivery":{"timestamp":"2026-11-25T08:00:02.5Z","smtpResponse":"250 ok",
             "recipients":["buyer@firm.example","boss@firm.example","nobody"]}})");
  REQUIRE(delivered.events.size() == 2);
  CHECK(fact(delivered, 1).submission.id == "0102-1|boss@firm.example|Delivery");
  CHECK(fact(delivered).data.status == DeliveryStatus::kDelivered);
  CHECK(fact(delivered).data.reason == "250 ok");
  REQUIRE(delivered.refused.size() == 1);
  CHECK(delivered.refused[0].error.field == "delivery.recipients.2");
  const auto delayed =
      fact(map(R"({"eventType":"DeliveryDelay",)" + kMail +
               R"(,"deliveryDelay":{"timestamp":"2026-11-25T08:30:00Z","delayType":"MailboxFull",
             "delayedRecipients":[{"emailAddress":"buyer@firm.example","status":"4.2.2"}]}})"));
  CHECK(delayed.data.status == DeliveryStatus::kDelayed);
  CHECK(delayed.data.reason == "MailboxFull: 4.2.2");
}

TEST_CASE("ses: complaints") {
  CHECK(fact(map(kComplaint)).data.status == DeliveryStatus::kComplained);
  const auto several =
      with(kComplaint, R"([{"emailAddress":"boss@firm.example"}])",
           R"([{"emailAddress":"boss@firm.example"},{"emailAddress":"b@firm.example"}])");
  const auto error = refusal(map(several));
  CHECK(error.field == "complaint.complainedRecipients");
  CHECK(error.message.find("does not say who") != std::string::npos);
  CHECK_FALSE(pushed::skipped(map(with(kComplaint, "\"abuse\"", "\"not-spam\""))).empty());
  const auto suppressed = fact(map(with(kComplaint, "\"complaintFeedbackType\":\"abuse\"",
                                        "\"complaintSubType\":\"OnAccountSuppressionList\"")));
  CHECK(suppressed.data.status == DeliveryStatus::kBouncedHard);
  CHECK(suppressed.data.reason == "OnAccountSuppressionList");
}

TEST_CASE("ses: what was never sent, and what is no fact") {
  const auto rejected =
      map(R"({"eventType":"Reject",)" + kMail + R"(,"reject":{"reason":"Bad content"}})");
  REQUIRE(rejected.events.size() == 2);
  CHECK(fact(rejected).data.status == DeliveryStatus::kBouncedHard);
  CHECK(fact(rejected).data.reason == "not sent: Bad content");
  CHECK(fact(map(R"({"eventType":"Rendering Failure",)" + kMail +
                 R"(,"failure":{"errorMessage":"no name"}})"))
            .data.reason == "not sent: no name");
  CHECK_FALSE(pushed::skipped(map(R"({"eventType":"Open"})")).empty());
  CHECK_FALSE(
      pushed::skipped(map("Successfully validated SNS topic for Amazon SES event publishing."))
          .empty());
  CHECK(refusal(map(R"({"eventType":"Subscription"})")).field == "eventType");
  CHECK(refusal(map(R"({"eventType":"Dream"})")).field == "eventType");
}

TEST_CASE("ses: whose letter it was") {
  const auto id_of = [](const std::string& from, const std::string& to, const char* region) {
    return fact(map(with(kBounce, from, to), region)).data.message_id;
  };
  const std::string own = R"("value":"<a1@gurt.example>")";
  CHECK(id_of(own, R"("value":"no-id")", "eu-central-1") == "<0102-1@eu-central-1.amazonses.com>");
  CHECK(id_of(own, R"("value":"no-id")", "us-east-1") == "<0102-1@email.amazonses.com>");
  const auto common = with(with(kBounce, own, R"("value":"")"), R"("subject")",
                           R"("messageId":"c3@gurt.example","subject")");
  CHECK(fact(map(common)).data.message_id == "<c3@gurt.example>");
}

TEST_CASE("ses: what it took with the tag of offers is an offer") {
  const std::string send = R"({"eventType":"Send",)" + kMail + R"(,"send":{}})";
  const auto mapped = map(send);
  const auto offer = pushed::offer(mapped);
  CHECK(mapped.events.front().id == "<a1@gurt.example>|firm.example");
  CHECK(mapped.events.front().source == "ses");
  CHECK(offer.sender.text() == "olena@gurt.example");
  CHECK(offer.recipients.size() == 2);
  CHECK(offer.subject == "Пропозиція");
  CHECK(offer.offer_headers == std::vector<std::string>{"X-Offer: offer"});  // the tag marks it
  CHECK_FALSE(pushed::skipped(map(with(send, "\"offer\"", "\"news\""))).empty());
  CHECK(refusal(map(with(send, "\"from\"", "\"form\""))).field == "from");
}

TEST_CASE("ses: what is wrong is named") {
  CHECK(refusal(map("{")).field == "Message");
  CHECK(refusal(map("{}")).field == "notificationType");
  CHECK(refusal(map(with(kBounce, "bouncedRecipients", "recipients"))).field ==
        "bounce.bouncedRecipients");
  CHECK(refusal(map(with(kBounce, R"("emailAddress":"boss@)", R"("emailAddress":"boss)"))).field ==
        "bounce.bouncedRecipients.0.emailAddress");
  CHECK(refusal(map(with(kBounce, "2026-11-25T08:00:05.000Z", "soon"))).field ==
        "bounce.timestamp");
  CHECK(refusal(map(with(kBounce, "\"messageId\"", "\"message\""))).field == "mail.messageId");
  const auto plain = [](const char* body) { return ses::map_delivery(pushed::post(body), {}); };
  CHECK(refusal(plain("x")).code == ErrorCode::kMalformed);
  CHECK(refusal(plain("{}")).field == "Type");
  CHECK(refusal(plain(R"({"Type":"Notification"})")).field == "Message");
  CHECK_FALSE(pushed::skipped(plain(R"({"Type":"UnsubscribeConfirmation"})")).empty());
}
