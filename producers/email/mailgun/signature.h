#pragma once

#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/clock.h"
#include "producers/webhook/fields.h"

namespace ledger::mailgun {

// A delivery's fields under the names of the present format ("signature.token",
// "event-data.event"), or as they are of the legacy form. In that form Mailgun mixes in variables
// of the letter: of a name given several times the signature's is the last, any other's the first.
[[nodiscard]] Result<webhook::Fields> fields_of(const http::Request& request);
[[nodiscard]] bool is_legacy(const webhook::Fields& fields);

struct Signature {
  std::string timestamp;
  std::string token;
  std::string digest;  // hex
};
[[nodiscard]] Result<Signature> signature_of(const webhook::Fields& fields);

// Whether it is HMAC-SHA256 of timestamp and token under the signing key. The delivery itself is
// not signed: a signature that somebody has seen fits whatever he writes. Hence the two rules
// below.
[[nodiscard]] bool fits(const Signature& signature, std::string_view signing_key);
// Whether it was made longer ago than that, or at no time that can be read.
[[nodiscard]] bool is_older(const Signature& signature, Timestamp now, std::chrono::hours age_max);

// SHA-256 of all that a delivery says but its signature, in whatever order it says it.
[[nodiscard]] std::string digest_of(const webhook::Fields& fields);

// Which event each of the last kTokensMax tokens came with. Any thread; forgotten with the process.
class Tokens {
 public:
  static constexpr std::size_t kTokensMax = 20'000;

  // false: the token came with another event before. The same event again is a repetition.
  [[nodiscard]] bool takes(const std::string& token, const std::string& digest);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::string> digests_;
  std::deque<std::string> order_;
};

}  // namespace ledger::mailgun
