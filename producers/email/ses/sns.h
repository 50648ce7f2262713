#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "platform/http/message.h"
#include "platform/signature.h"
#include "producers/webhook/fields.h"

// Amazon SNS, which brings what SES has to say: its envelope, and whether it is SNS's own.
namespace ledger::ses {

// What SNS signs (its signatures of version 1 and 2), in its order: name and value, each on a line.
[[nodiscard]] std::string signed_text(const webhook::Fields& envelope);

// Whether SNS itself lives at the address, in the region of the topic
// ("arn:aws:sns:eu-central-1:123456789012:mail"): https, the host sns.<region>.amazonaws.com (.cn
// in China) and nothing else before the path.
[[nodiscard]] bool is_of_sns(std::string_view url, std::string_view topic_arn);
// The same, and the path is that of a signing certificate.
[[nodiscard]] bool is_certificate_of_sns(std::string_view url, std::string_view topic_arn);

// Blocks; kUnavailable, kTimeout. http::fetch_public() but in tests.
using Fetch = std::function<Result<std::string>(const std::string& url)>;

// The certificates with which SNS signs. It names them by address; each is fetched once, and kept
// until it is no longer valid. No more than kFetchesMax a minute, since anybody may name an
// address. Whose they are is known by the host that they came from, whose own certificate is
// checked, and by their names: sns.amazonaws.com (.cn) or that of the host.
//
// Any thread. One fetches at a time: for another address it is kUnavailable meanwhile, so that no
// thread waits for another's network.
class SigningCertificates {
 public:
  static constexpr std::size_t kKeptMax = 16;
  static constexpr std::size_t kFetchesMax = 10;

  // `pinned`: this one is for all addresses, and nothing is fetched.
  SigningCertificates(Fetch fetch, std::optional<Certificate> pinned);
  // kUnavailable, kTimeout: it cannot be had now. kInvalidField: what is there is none of SNS, or
  // not valid at `now`. The address must have passed is_certificate_of_sns().
  [[nodiscard]] Result<PublicKey> key(const std::string& url, Timestamp now);

 private:
  [[nodiscard]] Status may_fetch(Timestamp now);
  [[nodiscard]] Result<Certificate> fetched(const std::string& url, Timestamp now) const;

  Fetch fetch_;
  std::optional<Certificate> pinned_;
  bool pinned_told_ = false;
  std::mutex mutex_;
  std::map<std::string, Certificate> kept_;
  std::vector<Timestamp> fetches_;  // of the last minute
  bool fetching_ = false;
};

}  // namespace ledger::ses
