#include "producers/email/ses/sns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "platform/logging.h"

namespace ledger::ses {

namespace {

using webhook::Fields;

// The fourth part of "arn:aws:sns:eu-central-1:123456789012:mail"; empty where it is none.
std::string_view region_of(std::string_view topic_arn) {
  for (int i = 0; i < 3; ++i) {
    const std::size_t colon = topic_arn.find(':');
    if (colon == std::string_view::npos) return {};
    topic_arn.remove_prefix(colon + 1);
  }
  const std::string_view region = topic_arn.substr(0, topic_arn.find(':'));
  const bool plain = std::all_of(region.begin(), region.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  return plain ? region : std::string_view();
}

std::string host_of(std::string_view region) {
  return fmt::format("sns.{}.amazonaws.com{}", region, region.starts_with("cn-") ? ".cn" : "");
}

// "sns.eu-central-1.amazonaws.com" of an address that passed is_of_sns().
std::string host_in(std::string_view url) {
  url.remove_prefix(std::string_view("https://").size());
  return std::string(url.substr(0, url.find('/')));
}

Status check(const Certificate& certificate, const std::string& host, Timestamp now) {
  const std::string_view of_all =
      host.ends_with(".cn") ? "sns.amazonaws.com.cn" : "sns.amazonaws.com";
  if (!certificate.is_of(of_all) && !certificate.is_of(host)) {
    return fail(ErrorCode::kInvalidField, "the certificate is none of SNS", "SigningCertURL");
  }
  if (!certificate.is_valid_at(now)) {
    return fail(ErrorCode::kInvalidField, "the certificate is not valid at this time",
                "SigningCertURL");
  }
  return {};
}

void warn(const std::string& url, const Error& error) {
  log::warning("a signing certificate of SNS cannot be used",
               {{"url", url}, {"error", error.message}});
}

}  // namespace

std::string signed_text(const Fields& envelope) {
  static constexpr std::array<std::string_view, 6> kOfNotification{
      "Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"};
  static constexpr std::array<std::string_view, 7> kOfSubscription{
      "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"};
  const bool notification = envelope.find("Type") == "Notification";
  const std::span<const std::string_view> names =
      notification ? std::span<const std::string_view>(kOfNotification)
                   : std::span<const std::string_view>(kOfSubscription);
  std::string text;
  for (const std::string_view name : names) {
    if (const auto value = envelope.find(name)) text += fmt::format("{}\n{}\n", name, *value);
  }
  return text;
}

bool is_of_sns(std::string_view url, std::string_view topic_arn) {
  const std::string_view region = region_of(topic_arn);
  const bool printable =
      std::all_of(url.begin(), url.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '\\'; });
  return !region.empty() && printable && url.starts_with("https://" + host_of(region) + "/");
}

bool is_certificate_of_sns(std::string_view url, std::string_view topic_arn) {
  if (!is_of_sns(url, topic_arn)) return false;
  constexpr std::string_view kBegin = "/SimpleNotificationService-";
  constexpr std::string_view kEnd = ".pem";
  std::string_view path = url.substr(url.find('/', std::string_view("https://").size()));
  if (!path.starts_with(kBegin) || !path.ends_with(kEnd)) return false;
  path = path.substr(kBegin.size(), path.size() - kBegin.size() - kEnd.size());
  return !path.empty() && path.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

SigningCertificates::SigningCertificates(Fetch fetch, std::optional<Certificate> pinned)
    : fetch_(std::move(fetch)), pinned_(std::move(pinned)) {}

Result<PublicKey> SigningCertificates::key(const std::string& url, Timestamp now) {
  std::unique_lock lock(mutex_);
  if (pinned_) {
    auto usable = check(*pinned_, host_in(url), now);
    // Once: deliveries come all the time.
    if (!usable && !std::exchange(pinned_told_, true)) warn(url, usable.error());
    if (!usable) return tl::unexpected(std::move(usable).error());
    return pinned_->key;
  }
  if (const auto known = kept_.find(url); known != kept_.end()) {
    if (known->second.is_valid_at(now)) return known->second.key;
    kept_.erase(known);
  }
  LEDGER_CHECK(may_fetch(now));
  fetching_ = true;
  lock.unlock();
  auto certificate = fetched(url, now);
  lock.lock();
  fetching_ = false;
  if (!certificate) {
    warn(url, certificate.error());
    return tl::unexpected(std::move(certificate).error());
  }
  if (kept_.size() == kKeptMax) kept_.erase(kept_.begin());
  return kept_.emplace(url, *std::move(certificate)).first->second.key;
}

Status SigningCertificates::may_fetch(Timestamp now) {
  std::erase_if(fetches_, [&](Timestamp at) { return now - at > std::chrono::minutes(1); });
  if (fetching_ || fetches_.size() == kFetchesMax) {
    return fail(ErrorCode::kUnavailable,
                fetching_ ? "another signing certificate is being fetched"
                          : "too many signing certificates were asked for",
                "SigningCertURL");
  }
  fetches_.push_back(now);
  return {};
}

Result<Certificate> SigningCertificates::fetched(const std::string& url, Timestamp now) const {
  LEDGER_TRY(const std::string pem, fetch_(url));
  auto certificate = Certificate::parse(pem);
  if (!certificate) {
    return fail(ErrorCode::kInvalidField, certificate.error().message, "SigningCertURL");
  }
  LEDGER_CHECK(check(*certificate, host_in(url), now));
  return certificate;
}

}  // namespace ledger::ses
