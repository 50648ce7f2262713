// Whose an envelope is, and the one question that SNS asks.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "platform/base64.h"
#include "platform/logging.h"
#include "producers/email/ses/mapping.h"

namespace ledger::ses {

namespace {

using webhook::Fields;

constexpr const char* kForged = "this is no envelope that SNS has signed for a topic of ses-topic";

// By the time that SNS signs with the rest.
std::optional<http::Response> refuse_old(const Fields& envelope, const Settings& settings) {
  if (!settings.age_max) return std::nullopt;
  const auto at = parse_timestamp(envelope.find("Timestamp").value_or(""));
  if (at && settings.now() - *at <= *settings.age_max) return std::nullopt;
  return http::forbidden(
      fmt::format("it was signed more than {} hours ago", settings.age_max->count()));
}

std::optional<http::Response> refuse(const http::Request& request, const Settings& settings,
                                     SigningCertificates& certificates) {
  const auto envelope = Fields::of_json(request.body);
  if (!envelope) return http::forbidden(kForged);
  const std::string topic(envelope->find("TopicArn").value_or(""));
  const std::string url(envelope->find("SigningCertURL").value_or(""));
  const auto version = envelope->find("SignatureVersion");
  const auto signature = base64_decode(envelope->find("Signature").value_or(""));
  const bool known =
      std::find(settings.topics.begin(), settings.topics.end(), topic) != settings.topics.end();
  // Nothing is fetched for a topic of somebody else.
  if (!known || !signature || (version != "1" && version != "2") ||
      !is_certificate_of_sns(url, topic)) {
    return http::forbidden(kForged);
  }
  const auto key = certificates.key(url, settings.now());
  if (!key) {
    return http::problem({ErrorCode::kUnavailable, key.error().message, "SigningCertURL"});
  }
  const SignatureHash hash = version == "1" ? SignatureHash::kSha1 : SignatureHash::kSha256;
  if (!key->verifies(hash, *signature, signed_text(*envelope))) return http::forbidden(kForged);
  return refuse_old(*envelope, settings);
}

// Of an envelope that passed refuse().
std::optional<http::Response> confirm(const http::Request& request, const Settings& settings) {
  const auto envelope = Fields::of_json(request.body);
  if (!envelope || envelope->find("Type") != "SubscriptionConfirmation") return std::nullopt;
  const std::string topic(envelope->find("TopicArn").value_or(""));
  const std::string url(envelope->find("SubscribeURL").value_or(""));
  if (!is_of_sns(url, topic)) return http::forbidden("SubscribeURL is no address of SNS");
  if (settings.certificate) {
    log::warning("open this address to confirm the subscription", {{"topic", topic}, {"url", url}});
    return http::Response{};
  }
  const auto answer = settings.fetch(url);
  if (!answer) {
    log::warning("the subscription of a topic cannot be confirmed",
                 {{"topic", topic}, {"error", answer.error().message}});
    return http::problem({ErrorCode::kUnavailable, answer.error().message, "SubscribeURL"});
  }
  log::info("the subscription of a topic is confirmed", {{"topic", topic}});
  return http::Response{};
}

}  // namespace

Webhook webhook(Settings settings) {
  Webhook webhook;
  webhook.name = "ses";
  webhook.run_on = http::RunOn::kWorker;  // a certificate is fetched
  const auto certificates =
      std::make_shared<SigningCertificates>(settings.fetch, settings.certificate);
  webhook.refuse = [settings, certificates](const http::Request& request) {
    return refuse(request, settings, *certificates);
  };
  webhook.answer = [settings](const http::Request& request) { return confirm(request, settings); };
  webhook.map = [settings = std::move(settings)](const http::Request& request) {
    return map_delivery(request, settings);
  };
  return webhook;
}

}  // namespace ledger::ses
