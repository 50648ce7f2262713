// Goal: Postmark's records become facts, and letters that it brings are read as any other, without
// its own address and without taking a client's letter for the house's. Method: records made up
// from its field lists.
#include "producers/email/postmark/mapping.h"

#include "events/types/offer_response.h"
#include "events/types/talk.h"
#include "platform/base64.h"
#include "platform/sha256.h"
#include "tests/producers/email/pushed.h"
#include "tests/support/catch.h"

using namespace ledger;
using pushed::fact;
using pushed::post;
using pushed::refusal;
using pushed::skipped;
using pushed::with;

namespace {

const std::string kBounce = R"({"RecordType":"Bounce","ID":42,"Type":"HardBounce","TypeCode":1,
  "Name":"Hard bounce","Tag":"offer","MessageID":"883953f4-6105-42a2","Metadata":{"a":"b"},
  "Description":"unknown user","Details":"550 no such user","Email":"buyer@firm.example",
  "From":"olena@gurt.example","BouncedAt":"2026-11-25T04:00:10.2735393-04:00","Subject":"x"})";
const std::string kDelivery = R"({"RecordType":"Delivery","MessageID":"883953f4-6105-42a2",
  "Recipient":"buyer@firm.example","DeliveredAt":"2026-11-25T08:00:00Z","Details":"250 ok",
  "Metadata":{"message-id":"a1@gurt.example"}})";
const std::string kInbound = R"({"FromName":"Олена","MessageStream":"inbound",
  "From":"olena@gurt.example","FromFull":{"Email":"olena@gurt.example","Name":"Олена"},
  "To":"buyer@firm.example","ToFull":[{"Email":"buyer@firm.example","Name":"Buyer, \"the\""},
    {"Email":"boss@firm.example","Name":""}],
  "CcFull":[{"Email":"colleague@gurt.example"}],
  "BccFull":[{"Email":"451d9b70@inbound.postmarkapp.com","Name":""}],
  "OriginalRecipient":"451d9b70@inbound.postmarkapp.com","Subject":"Пропозиція №7",
  "MessageID":"22c74902-a0c1-4511","Date":"Wed, 25 Nov 2026 10:15:00 +02:00",
  "TextBody":"Добрий день","Headers":[{"Name":"X-Spam-Status","Value":"No"},
    {"Name":"X-Spam-Tests","Value":"DKIM_SIGNED,SPF_PASS"},
    {"Name":"Received-SPF","Value":"Pass (sender SPF authorized) identity=mailfrom; client-ip=192.0.2.7; helo=mx.gurt.example; envelope-from=olena@gurt.example; receiver=451d9b70@inbound.postmarkapp.com"},
    {"Name":"Message-ID","Value":"<a1@gurt.example>"},{"Name":"In-Reply-To","Value":""},
    {"Name":"bad name","Value":"x"},{"Name":"Content-Type","Value":"text/html"},
    {"Name":"Bcc","Value":"hidden@other.example"}],
  "Attachments":[{"Name":"Ціни.pdf","Content":"UERG","ContentType":"application/pdf; x=y",
    "ContentLength":3}]})";

const postmark::Settings kSettings{.own_domains = {"gurt.example"}};

Mapped map(const std::string& body) { return postmark::map_delivery(post(body), kSettings); }
std::string bounce(const std::string& type) { return with(kBounce, "HardBounce", type); }

}  // namespace

TEST_CASE("postmark: a hard bounce") {
  const auto hard = fact(map(kBounce));
  CHECK(hard.submission.id == "42|HardBounce");
  CHECK(hard.submission.source == "postmark");
  CHECK(format_timestamp(hard.submission.time) == "2026-11-25T08:00:10.273539Z");
  CHECK(hard.data.message_id == "<883953f4-6105-42a2@mtasv.net>");
  CHECK(hard.data.recipient.text() == "buyer@firm.example");
  CHECK(hard.data.status == DeliveryStatus::kBouncedHard);
  CHECK(hard.data.reason == "Hard bounce: 550 no such user");
}

TEST_CASE("postmark: a delivery, with the house's own message id") {
  const auto delivered = fact(map(kDelivery));
  CHECK(delivered.submission.id == "883953f4-6105-42a2|Delivery|buyer@firm.example");
  CHECK(delivered.data.message_id == "<a1@gurt.example>");
  CHECK(delivered.data.status == DeliveryStatus::kDelivered);
  CHECK(delivered.data.reason == "250 ok");
}

TEST_CASE("postmark: types of a bounce") {
  const auto status = [](const std::string& type) { return fact(map(bounce(type))).data.status; };
  CHECK(status("BadEmailAddress") == DeliveryStatus::kBouncedHard);
  CHECK(status("SoftBounce") == DeliveryStatus::kBouncedSoft);
  CHECK(status("Blocked") == DeliveryStatus::kBouncedSoft);
  CHECK(status("Transient") == DeliveryStatus::kDelayed);
  CHECK(status("SpamNotification") == DeliveryStatus::kComplained);
  const auto complaint = with(bounce("SpamComplaint"), "\"Bounce\"", "\"SpamComplaint\"");
  CHECK(fact(map(complaint)).data.status == DeliveryStatus::kComplained);
  CHECK_FALSE(skipped(map(bounce("AutoResponder"))).empty());
  for (const char* type : {"Unsubscribe", "ManualSuppression", "Unknown", "teleported"}) {
    INFO(type);
    CHECK(refusal(map(bounce(type))).field == "Type");
  }
}

TEST_CASE("postmark: other records") {
  CHECK_FALSE(skipped(map(R"({"RecordType":"Open"})")).empty());
  const std::string stopped =
      R"({"RecordType":"SubscriptionChange","SuppressSending":true,
          "SuppressionReason":"ManualSuppression","Recipient":"buyer@firm.example"})";
  CHECK(refusal(map(stopped)).field == "SuppressionReason");
  CHECK_FALSE(skipped(map(with(stopped, "ManualSuppression", "HardBounce"))).empty());
  CHECK_FALSE(skipped(map(with(stopped, "true", "false"))).empty());
  CHECK(refusal(map(R"({"RecordType":"Dream"})")).field == "RecordType");
  CHECK(refusal(map("{}")).field == "RecordType");
  CHECK(refusal(map("x=y")).code == ErrorCode::kMalformed);
  CHECK(refusal(map(with(kBounce, "\"ID\"", "\"Id\""))).field == "ID");
  CHECK(refusal(map(with(kBounce, "buyer@firm", "buyer"))).field == "Email");
  CHECK(refusal(map(with(kBounce, "2026-11-25T04", "soon"))).field == "BouncedAt");
}

TEST_CASE("postmark: an offer that a manager copied to the ledger") {
  const auto mapped = map(kInbound);
  const auto offer = pushed::offer(mapped);
  CHECK(mapped.events.front().id == "<a1@gurt.example>|firm.example");
  CHECK(mapped.events.front().source == "mail");
  CHECK(format_timestamp(mapped.events.front().time) == "2026-11-25T08:15:00Z");
  CHECK(offer.sender.text() == "olena@gurt.example");
  REQUIRE(offer.recipients.size() == 2);
  CHECK(offer.recipients[1].text() == "boss@firm.example");
  CHECK(offer.subject == "Пропозиція №7");
  REQUIRE(offer.attachments.size() == 1);
  CHECK(offer.attachments[0].name == "Ціни.pdf");
  CHECK(offer.attachments[0].media_type == "application/pdf");
  CHECK(offer.attachments[0].size_bytes == 3);
  CHECK(offer.attachments[0].sha256 == to_hex(sha256("PDF")));
}

TEST_CASE("postmark: the letter as it came is read where it is there") {
  const std::string raw =
      "From: olena@gurt.example\\r\\nTo: chief@firm.example, 451d9b70@inbound.postmarkapp.com\\r\\n"
      "Date: Wed, 25 Nov 2026 10:15:00 +0200\\r\\nMessage-ID: <b2@gurt.example>\\r\\n\\r\\nx";
  const auto offer = pushed::offer(
      map(with(kInbound, R"("MessageStream":"inbound")", R"("RawEmail":")" + raw + "\"")));
  CHECK(offer.message_id == "<b2@gurt.example>");
  REQUIRE(offer.recipients.size() == 1);
  CHECK(offer.recipients[0].text() == "chief@firm.example");
}

TEST_CASE("postmark: whom its checks confirm") {
  using Text = std::optional<std::string>;
  const auto failure = [](const std::string& body) {
    return pushed::offer(map(body)).authentication_failure;
  };
  const auto spf = [](const std::string& result) {
    return with(kInbound, "Pass (sender SPF authorized)", result);
  };
  const auto signed_by = [](const std::string& body) {
    return with(body, "DKIM_SIGNED,SPF_PASS", "DKIM_SIGNED, DKIM_VALID, DKIM_VALID_AU");
  };
  CHECK(failure(kInbound) == Text());
  CHECK(failure(with(kInbound, "envelope-from=olena@gurt", "envelope-from=bounce@mail.gurt")) ==
        Text());
  CHECK(failure(with(kInbound, "envelope-from=olena@gurt", "envelope-from=x@evil")) ==
        "spf=pass for another; dkim=none");
  CHECK(failure(spf("Fail (not authorized)")) == "spf=fail; dkim=none");
  CHECK(failure(spf("None")) == "spf=none; dkim=none");
  CHECK(failure(signed_by(spf("SoftFail"))) == Text());
  CHECK(failure(signed_by(spf("Fail"))) == "spf=fail");
  CHECK(failure(with(kInbound, "DKIM_SIGNED,SPF_PASS", "NODKIM_VALID_AU")) == Text());
  const auto silent = with(with(kInbound, "Received-SPF", "X-SPF"), "X-Spam-Tests", "X-Tests");
  CHECK(failure(silent) == "no verdict");
  // What a forger wrote beside Postmark's own does not outweigh it.
  const std::string forged = R"({"Name":"received-spf","Value":"Pass envelope-from=a@gurt.example"},
    {"Name":"X-Spam-Tests","Value":"DKIM_VALID_AU"},
    {"Name":"Authentication-Results","Value":"mx.gurt.example; dmarc=pass"},)";
  const std::string begin = R"("Headers":[)";
  CHECK(failure(with(spf("Fail"), begin, begin + forged)) ==
        "spf=pass for another; spf=fail; dkim=none");
  CHECK(
      failure(with(
          silent, begin,
          begin + R"({"Name":"Authentication-Results","Value":"mx.gurt.example; dmarc=pass"},)")) ==
      "no verdict");
  auto believing = kSettings;
  believing.everybody_believed = true;
  CHECK(
      pushed::offer(postmark::map_delivery(post(spf("Fail")), believing)).authentication_failure ==
      Text());
}

TEST_CASE("postmark: a client's answer is doubted only where something speaks against it") {
  const auto answer =
      with(with(kInbound, R"({"Email":"olena@gurt.example")", R"({"Email":"x@firm.example")"),
           R"("In-Reply-To","Value":"")", R"("In-Reply-To","Value":"<o@gurt>")");
  const auto failure = [](const std::string& body) {
    const auto mapped = map(body);
    REQUIRE(mapped.events.size() == 1);
    return mapped.events[0].data.get_if<OfferAnswered>()->authentication_failure;
  };
  CHECK(failure(with(answer, "Pass (sender", "None (sender")) == std::nullopt);
  CHECK(failure(with(answer, "Pass (sender", "Fail (sender")) == "spf=fail; dkim=none");
  CHECK(failure(with(with(answer, "Pass (sender", "Fail (sender"), "DKIM_SIGNED",
                     "DKIM_VALID_AU")) == std::nullopt);
}

TEST_CASE("postmark: a logo that the text shows is no attachment") {
  const std::string logo = R"("Attachments":[{"Name":"logo.png","Content":"UERG",
    "ContentType":"image/png","ContentID":"logo@gurt"},)";
  const auto with_logo = with(kInbound, R"("Attachments":[)", logo);
  CHECK(pushed::offer(map(with_logo)).attachments.size() == 2);
  const auto shown =
      with(with_logo, R"("TextBody":)", R"("HtmlBody":"<img src='cid:logo@gurt'>","TextBody":)");
  CHECK(pushed::offer(map(shown)).attachments.size() == 1);
}

TEST_CASE("postmark: what is no offer of the house") {
  // To nobody but the house and the ledger's address, here one of the house's own.
  const auto inside = with(with(kInbound, R"("Email":"buyer@firm)", R"("Email":"buyer@gurt)"),
                           "boss@firm", "boss@gurt");
  CHECK(map(inside).events.empty());
  CHECK(map(inside).refused.empty());
  const auto ours =
      with(with(with(kInbound, "buyer@firm.example", "offers@dropbox.example"),
                R"("Email":"buyer@firm.example")", R"("Email":"OFFERS@dropbox.example")"),
           R"("OriginalRecipient":"451d9b70@inbound.postmarkapp.com")",
           R"("OriginalRecipient":"offers@Dropbox.example")");
  const auto mapped = map(with(ours, "boss@firm.example", "boss@gurt.example"));
  CHECK(mapped.events.empty());
  CHECK(mapped.refused.empty());
  // From a client, with another of his people in copy: correspondence.
  const auto clients =
      map(with(kInbound, R"({"Email":"olena@gurt.example")", R"({"Email":"x@firm.example")"));
  REQUIRE(clients.events.size() == 1);
  CHECK(clients.events[0].data.get_if<LetterExchanged>() != nullptr);
  CHECK(clients.refused.empty());
}

TEST_CASE("postmark: a letter that cannot be read") {
  CHECK(refusal(postmark::map_delivery(post(kInbound), {})).message.find("mail-own-domains") !=
        std::string::npos);
  CHECK(refusal(map(with(kInbound, "UERG", "U!RG"))).field == "Attachments.0.Content");
  CHECK(refusal(map(with(kInbound, "\"Date\"", "\"Day\""))).field == "date");
  // No line of a header makes another.
  const auto injected = map(with(kInbound, "Пропозиція №7", "x\\r\\nBcc: spy@spy.example"));
  CHECK(pushed::offer(injected).subject == "x  Bcc: spy@spy.example");
}

TEST_CASE("postmark: with its credentials only") {
  auto settings = kSettings;
  settings.credentials = "pm:s3cret";
  const Webhook webhook = postmark::webhook(settings);
  auto request = post(kDelivery);
  CHECK(webhook.forged(request));
  request.headers = {{"authorization", "Basic " + base64_encode("pm:s3cret")}};
  CHECK_FALSE(webhook.forged(request));
  request.headers[0].second = "Basic " + base64_encode("pm:guess!");
  CHECK(webhook.forged(request));
  request.headers[0].second = "Bearer " + base64_encode("pm:s3cret");
  CHECK(webhook.forged(request));
}
