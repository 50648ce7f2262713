#include "consumers/access/tokens.h"

#include <algorithm>

#include "platform/base64.h"
#include "platform/hmac.h"
#include "platform/random.h"
#include "platform/sha256.h"

namespace ledger::access {

namespace {

constexpr std::string_view kPrefix = "sal_";
constexpr std::size_t kIdBytes = 8;
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kSecretLetters = 43;

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

ApiKey new_api_key() { return {to_hex(random_bytes(kIdBytes)), new_token()}; }

std::optional<ApiKey> parse_api_key(std::string_view text) {
  constexpr std::size_t kLetters = kPrefix.size() + 2 * kIdBytes + 1 + kSecretLetters;
  if (text.size() != kLetters || !text.starts_with(kPrefix)) return std::nullopt;
  text.remove_prefix(kPrefix.size());
  const std::string_view id = text.substr(0, 2 * kIdBytes);
  const std::string_view secret = text.substr(2 * kIdBytes + 1);
  const bool good = text[2 * kIdBytes] == '_' && std::all_of(id.begin(), id.end(), is_hex_digit) &&
                    base64url_decode(secret).has_value();
  if (!good) return std::nullopt;
  return ApiKey{std::string(id), std::string(secret)};
}

std::string new_token() { return base64url_encode(random_bytes(kSecretBytes)); }

std::string digest_of(std::string_view secret) { return to_hex(sha256(secret)); }

std::string csrf_token_of(std::string_view session_token) {
  return base64url_encode(hmac_sha256(session_token, "ledger: writes of a page"));
}

}  // namespace ledger::access
