#pragma once

#include <string>
#include <string_view>

namespace ledger {

// RFC 2104, the raw bytes. SHA-1 only because senders sign so: as a MAC it stands.
[[nodiscard]] std::string hmac_sha1(std::string_view key, std::string_view text);
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view text);

// In a time that says nothing about where two secrets differ; their lengths are no secret.
[[nodiscard]] bool equal_secrets(std::string_view one, std::string_view other);

}  // namespace ledger
