#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

// AES-256-GCM (NIST SP 800-38D): nobody without the key can read it, or change it unnoticed.
using AeadKey = std::array<unsigned char, 32>;

[[nodiscard]] AeadKey random_aead_key();
// Nonce (12 random bytes), ciphertext, tag (16). At most 2^32 texts by one key (8.3). Any thread.
[[nodiscard]] std::string aead_seal(const AeadKey& key, std::string_view text,
                                    std::string_view associated);
// nullopt: another key, other associated data, or no bytes of aead_seal. Any thread.
[[nodiscard]] std::optional<std::string> aead_open(const AeadKey& key, std::string_view sealed,
                                                   std::string_view associated);

}  // namespace ledger
