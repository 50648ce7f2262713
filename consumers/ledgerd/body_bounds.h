#pragma once

#include <cstddef>
#include <string_view>

#include "consumers/access/guard.h"
#include "platform/limits.h"

namespace ledger {

// What somebody may send before he has said who he is: a login, a password, a token.
inline constexpr std::size_t kOpenBodyBytesMax = 16 * 1024;

// What the body of a request to that route takes. Providers are let in by what their deliveries
// say, and deliver whole letters.
inline std::size_t body_bytes_max(std::string_view method, std::string_view pattern) {
  const bool provider = pattern.starts_with("/v1/hooks/");
  return !provider && access::is_for_anybody(method, pattern) ? kOpenBodyBytesMax
                                                              : limits::kHttpBodyBytesMax;
}

}  // namespace ledger
