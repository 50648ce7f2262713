// Goal: only what SNS signed for our topic comes in, and nobody makes the server fetch from
// elsewhere, or often. Method: envelopes signed by another program with a certificate of its own;
// the fetch is a function that counts.
#include "producers/email/ses/sns.h"

#include <map>

#include "producers/email/ses/mapping.h"
#include "tests/producers/email/pushed.h"
#include "tests/producers/email/signed_samples.h"
#include "tests/support/catch.h"

using namespace ledger;
using pushed::post;
using pushed::with;

namespace {

const std::string kTopic = "arn:aws:sns:eu-central-1:123456789012:mail";
const std::string kCertificateUrl =
    "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123abcd.pem";

// SNS as the network shows it.
struct Network {
  std::map<std::string, Result<std::string>> pages = {{kCertificateUrl, samples::kSnsCertificate}};
  std::vector<std::string> asked = {};
  std::string now = "2026-11-24T08:00:05Z";

  ses::Settings settings() {
    ses::Settings settings{.topics = {"arn:aws:sns:us-east-1:1:x", kTopic}};
    settings.fetch = [this](const std::string& url) -> Result<std::string> {
      asked.push_back(url);
      const auto page = pages.find(url);
      if (page == pages.end()) return fail(ErrorCode::kUnavailable, "no such page");
      return page->second;
    };
    settings.now = [this] { return parse_timestamp(now).value(); };
    return settings;
  }
};

// 200: it would be mapped, or was answered.
int send(const Webhook& webhook, const std::string& body) {
  const auto request = post(body);
  if (const auto refusal = webhook.refuse(request)) return refusal->status;
  const auto answer = webhook.answer(request);
  return answer ? answer->status : 200;
}

}  // namespace

TEST_CASE("sns: both versions of the signature, the certificate fetched once") {
  Network network;
  const Webhook webhook = ses::webhook(network.settings());
  CHECK(send(webhook, samples::kDelivery1) == 200);
  CHECK(send(webhook, samples::kDelivery2) == 200);
  CHECK(network.asked == std::vector{kCertificateUrl});
  const auto mapped = webhook.map(post(samples::kDelivery2));
  CHECK(pushed::fact(mapped).submission.id == "0102-1|buyer@firm.example|Delivery");
}

TEST_CASE("sns: 403 for what is not signed so, and nothing is fetched for others' topics") {
  Network network;
  const Webhook webhook = ses::webhook(network.settings());
  CHECK(send(webhook, with(samples::kDelivery2, "buyer@firm", "rival@firm")) == 403);
  CHECK(send(webhook, with(samples::kDelivery2, "Amazon SES Email", "Amazon SES Mail")) == 403);
  CHECK(send(webhook, with(samples::kDelivery2, "22b80b92", "22b80b93")) == 403);
  CHECK(send(webhook, with(samples::kDelivery1, "\"SignatureVersion\": \"1\"",
                           "\"SignatureVersion\": \"2\"")) == 403);
  network.asked.clear();
  CHECK(send(webhook, with(samples::kDelivery1, "\"SignatureVersion\": \"1\"",
                           "\"SignatureVersion\": \"3\"")) == 403);
  CHECK(send(webhook, with(samples::kDelivery1, "123456789012:mail", "123456789012:male")) == 403);
  CHECK(send(webhook, with(samples::kDelivery1, "\"Signature\"", "\"Sign\"")) == 403);
  CHECK(send(webhook, "{}") == 403);
  CHECK(send(webhook, "x") == 403);
  const std::string url = "sns.eu-central-1.amazonaws.com/Simple";
  for (const char* other :
       {"sns.us-east-1.amazonaws.com/Simple", "sns.eu-central-1.amazonaws.com.evil.example/Simple",
        "sns.eu-central-1.amazonaws.com:8443/Simple", "user@sns.eu-central-1.amazonaws.com/Simple",
        "sns.eu-central-1.amazonaws.com/x/Simple", "10.0.0.1/Simple", "localhost/Simple"}) {
    INFO(other);
    CHECK(send(webhook, with(samples::kDelivery1, url, other)) == 403);
  }
  CHECK(network.asked.empty());
}

TEST_CASE("sns: whose addresses are its own") {
  const std::string host = "https://sns.eu-central-1.amazonaws.com";
  CHECK(ses::is_of_sns(host + "/?Action=ConfirmSubscription&Token=1", kTopic));
  CHECK(ses::is_certificate_of_sns(host + "/SimpleNotificationService-0f.pem", kTopic));
  const std::string china = "arn:aws-cn:sns:cn-north-1:1:x";
  CHECK(ses::is_of_sns("https://sns.cn-north-1.amazonaws.com.cn/", china));
  CHECK_FALSE(ses::is_of_sns("https://sns.cn-north-1.amazonaws.com/", china));
  for (const std::string& url : {std::string("http://sns.eu-central-1.amazonaws.com/"), host,
                                 host + ".evil.example/", host + "@evil.example/", host + ":443/",
                                 host + "/a b", host + "/a\nb", host + "/\\evil", std::string()}) {
    INFO(url);
    CHECK_FALSE(ses::is_of_sns(url, kTopic));
  }
  for (const char* topic : {"", "arn", "arn:aws:sns::1:x", "arn:aws:sns:evil.example/:1:x"}) {
    INFO(topic);
    CHECK_FALSE(ses::is_of_sns("https://sns.evil.example/.amazonaws.com/", topic));
    CHECK_FALSE(ses::is_of_sns("https://sns..amazonaws.com/", topic));
  }
  for (const char* path :
       {"/SimpleNotificationService-.pem", "/SimpleNotificationService-0f.pem?x",
        "/SimpleNotificationService-0F.pem", "/x.pem", "/SimpleNotificationService-../a.pem"}) {
    INFO(path);
    CHECK_FALSE(ses::is_certificate_of_sns(host + path, kTopic));
  }
}

TEST_CASE("sns: 503 while the certificate cannot be had, or is another's") {
  Network network;
  const Webhook webhook = ses::webhook(network.settings());
  network.pages.at(kCertificateUrl) = fail(ErrorCode::kTimeout, "no answer in time");
  CHECK(send(webhook, samples::kDelivery1) == 503);
  for (const auto& other :
       {samples::kOthersCertificate, samples::kExpiredCertificate, std::string("<html>")}) {
    network.pages.at(kCertificateUrl) = other;
    CHECK(send(webhook, samples::kDelivery1) == 503);
  }
  network.pages.at(kCertificateUrl) = samples::kRegionalCertificate;
  CHECK(send(webhook, samples::kDelivery1) == 200);
  // Once it is no longer valid, it is asked for again.
  network.now = "2036-01-02T00:00:00Z";
  CHECK(send(webhook, samples::kDelivery1) == 503);
  CHECK(network.asked.size() == 6);
}

TEST_CASE("sns: what was signed too long ago is refused") {
  Network network;
  auto settings = network.settings();
  settings.age_max = std::chrono::hours(3);
  const Webhook webhook = ses::webhook(settings);
  CHECK(send(webhook, samples::kDelivery1) == 200);
  network.now = "2026-11-24T11:00:03Z";
  CHECK(send(webhook, samples::kDelivery1) == 200);
  network.now = "2026-11-24T11:00:04Z";
  CHECK(send(webhook, samples::kDelivery1) == 403);
  CHECK(send(webhook, samples::kDelivery2) == 403);
  CHECK(send(webhook, samples::kConfirmation) == 403);
}

TEST_CASE("sns: not more fetches a minute than a house needs") {
  Network network;
  network.pages.clear();
  const Webhook webhook = ses::webhook(network.settings());
  for (int i = 0; i < 30; ++i) {
    const auto name = std::to_string(1000 + i);
    CHECK(send(webhook, with(samples::kDelivery1, "0123abcd", name)) == 503);
  }
  CHECK(network.asked.size() == ses::SigningCertificates::kFetchesMax);
  network.now = "2026-11-24T08:01:06Z";
  network.pages.emplace(kCertificateUrl, samples::kSnsCertificate);
  CHECK(send(webhook, samples::kDelivery1) == 200);
}

TEST_CASE("sns: one fetch at a time, and nobody waits for it") {
  Network network;
  auto settings = network.settings();
  int inside = 0;
  const Webhook* same = nullptr;
  settings.fetch = [&](const std::string&) -> Result<std::string> {
    inside = send(*same, samples::kDelivery2);  // comes while the first one is being fetched
    return samples::kSnsCertificate;
  };
  const Webhook webhook = ses::webhook(settings);
  same = &webhook;
  CHECK(send(webhook, samples::kDelivery1) == 200);
  CHECK(inside == 503);
  CHECK(send(webhook, samples::kDelivery2) == 200);
}

TEST_CASE("sns: a subscription is confirmed at SNS alone") {
  Network network;
  const std::string subscribe =
      "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37";
  const Webhook webhook = ses::webhook(network.settings());
  CHECK(send(webhook, samples::kConfirmation) == 503);
  network.pages.emplace(subscribe, "<ok/>");
  CHECK(send(webhook, samples::kConfirmation) == 200);
  CHECK(network.asked.back() == subscribe);
  network.asked.clear();
  // Another token than was signed, and an address that was signed but is none of SNS.
  CHECK(send(webhook, with(samples::kConfirmation, "2336412f37", "2336412f38")) == 403);
  CHECK(send(webhook, samples::kConfirmationElsewhere) == 403);
  CHECK(network.asked.empty());
}

TEST_CASE("sns: with a pinned certificate nothing is fetched") {
  Network network;
  auto settings = network.settings();
  settings.certificate = Certificate::parse(samples::kSnsCertificate).value();
  const Webhook webhook = ses::webhook(settings);
  CHECK(send(webhook, samples::kDelivery2) == 200);
  CHECK(send(webhook, samples::kConfirmation) == 200);
  network.now = "2036-01-02T00:00:00Z";
  CHECK(send(webhook, samples::kDelivery2) == 503);
  CHECK(network.asked.empty());
}
