#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace ledger {

using Sha256 = std::array<unsigned char, 32>;

// SHA-256 of `first` followed by `second`. Any thread. The algorithm is fetched once: OpenSSL's
// implicit fetch on every call costs as much as hashing a small input.
[[nodiscard]] Sha256 sha256(std::string_view first, std::string_view second = {});

// Lower-case hex of any bytes.
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string to_hex(const Sha256& digest);
// False, and `digest` as it was, for what to_hex did not write.
[[nodiscard]] bool from_hex(std::string_view hex, Sha256& digest);

}  // namespace ledger
