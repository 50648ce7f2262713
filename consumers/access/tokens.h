#pragma once

#include <optional>
#include <string>
#include <string_view>

// Secrets that we make: 256 random bits, so that a plain digest of them can be kept.
namespace ledger::access {

// "sal_<id>_<secret>": the id finds the row and may be shown, the prefix lets scanners of
// repositories find a key that was left somewhere.
struct ApiKey {
  std::string id;      // 16 hex digits
  std::string secret;  // 43 letters of base64url

  [[nodiscard]] std::string text() const { return "sal_" + id + "_" + secret; }
};
[[nodiscard]] ApiKey new_api_key();
// nullopt: not written like a key of ours.
[[nodiscard]] std::optional<ApiKey> parse_api_key(std::string_view text);

// Of a session or a link.
[[nodiscard]] std::string new_token();
// What is kept of a secret: hex of its SHA-256.
[[nodiscard]] std::string digest_of(std::string_view secret);
// The token that a page sends with each write beside its cookie: it follows from the cookie, which
// the page itself cannot read, and so needs no place of its own.
[[nodiscard]] std::string csrf_token_of(std::string_view session_token);

}  // namespace ledger::access
