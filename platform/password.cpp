#include "platform/password.h"

#include <argon2.h>
#include <fmt/format.h>

#include "platform/random.h"

namespace ledger {

Result<std::string> hash_password(std::string_view password) {
  const std::string salt = random_bytes(kPasswordSaltBytes);
  std::string encoded(argon2_encodedlen(kPasswordPasses, kPasswordMemoryKib, kPasswordLanes,
                                        static_cast<std::uint32_t>(kPasswordSaltBytes),
                                        static_cast<std::uint32_t>(kPasswordHashBytes), Argon2_id),
                      '\0');
  const int code = argon2id_hash_encoded(kPasswordPasses, kPasswordMemoryKib, kPasswordLanes,
                                         password.data(), password.size(), salt.data(), salt.size(),
                                         kPasswordHashBytes, encoded.data(), encoded.size());
  if (code != ARGON2_OK) {
    return fail(ErrorCode::kUnavailable,
                fmt::format("a password cannot be hashed now: {}", argon2_error_message(code)));
  }
  encoded.resize(encoded.find('\0'));  // the length counted its closing zero
  return encoded;
}

bool is_password(std::string_view hash, std::string_view password) {
  return argon2id_verify(std::string(hash).c_str(), password.data(), password.size()) == ARGON2_OK;
}

}  // namespace ledger
