#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/result.h"

// Passwords of people, who choose them badly: only a hash that costs time and memory keeps a stolen
// table from being guessed. Keys that we make are random and need none of this (SHA-256).
namespace ledger {

// Argon2id as OWASP's cheat sheet for password storage has it: 19 MiB, two passes, one lane; some
// 40 ms of a core. Stored beside each hash, so that older hashes stay good when these grow.
inline constexpr std::uint32_t kPasswordMemoryKib = 19 * 1024;
inline constexpr std::uint32_t kPasswordPasses = 2;
inline constexpr std::uint32_t kPasswordLanes = 1;
inline constexpr std::size_t kPasswordSaltBytes = 16;
inline constexpr std::size_t kPasswordHashBytes = 32;

// "$argon2id$v=19$m=…,t=…,p=…$salt$hash", with a new salt at each call. kUnavailable: no memory.
// Slow by design: never on an io thread. Any other thread.
[[nodiscard]] Result<std::string> hash_password(std::string_view password);
// Whether `hash` is of that password; compared in constant time. False for what is no hash of ours.
[[nodiscard]] bool is_password(std::string_view hash, std::string_view password);

}  // namespace ledger
