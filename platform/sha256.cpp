#include "platform/sha256.h"

#include <openssl/evp.h>

#include <memory>

#include "platform/assert.h"

namespace ledger {

Sha256 sha256(std::string_view first, std::string_view second) {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
  // Bound to the algorithm once: from then on it is only begun anew.
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context = [] {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> made(EVP_MD_CTX_new(),
                                                                 &EVP_MD_CTX_free);
    LEDGER_ASSERT(EVP_DigestInit_ex2(made.get(), algorithm.get(), nullptr) == 1,
                  "OpenSSL knows SHA-256");
    return made;
  }();
  Sha256 digest{};
  const bool done = EVP_DigestInit_ex2(context.get(), nullptr, nullptr) == 1 &&
                    EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1 &&
                    EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1 &&
                    EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1;
  LEDGER_ASSERT(done, "SHA-256 of bytes in memory cannot fail");
  return digest;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const char c : bytes) {
    hex += kDigits[static_cast<unsigned char>(c) >> 4];
    hex += kDigits[static_cast<unsigned char>(c) & 0xf];
  }
  return hex;
}

std::string to_hex(const Sha256& digest) {
  return to_hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

bool from_hex(std::string_view hex, Sha256& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (hex.size() != 2 * digest.size()) return false;
  Sha256 read{};
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const std::size_t digit = kDigits.find(hex[i]);
    if (digit == std::string_view::npos) return false;
    read[i / 2] = static_cast<unsigned char>(read[i / 2] * 16 + digit);
  }
  digest = read;
  return true;
}

}  // namespace ledger
