#pragma once

#include <cstddef>
#include <string>

namespace ledger {

// Bytes that nobody can foretell, for keys and tokens (OpenSSL's generator). Any thread.
[[nodiscard]] std::string random_bytes(std::size_t count);

}  // namespace ledger
