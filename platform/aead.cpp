#include "platform/aead.h"

#include <openssl/evp.h>

#include <array>
#include <climits>
#include <cstring>
#include <memory>
#include <tuple>

#include "platform/assert.h"
#include "platform/random.h"

namespace ledger {

namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// OpenSSL counts by int.
bool fits(std::string_view text) { return text.size() <= INT_MAX; }

const EVP_CIPHER* aes_256_gcm() {
  static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> cipher(
      EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr), &EVP_CIPHER_free);
  LEDGER_ASSERT(cipher != nullptr, "OpenSSL knows AES-256-GCM");
  return cipher.get();
}

// New for each text: one that is kept would keep a key that is to be destroyed.
using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
Context new_context() {
  Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  LEDGER_ASSERT(context != nullptr, "memory for a cipher");
  return context;
}

// `out` null: the text is associated data. OpenSSL takes no text at all for the end of it.
bool update(EVP_CIPHER_CTX* context, unsigned char* out, std::string_view text) {
  int done = 0;
  return text.empty() ||
         EVP_CipherUpdate(context, out, &done, bytes_of(text), static_cast<int>(text.size())) == 1;
}

}  // namespace

AeadKey random_aead_key() {
  const std::string bytes = random_bytes(std::tuple_size_v<AeadKey>);
  AeadKey key{};
  std::memcpy(key.data(), bytes.data(), key.size());
  return key;
}

std::string aead_seal(const AeadKey& key, std::string_view text, std::string_view associated) {
  LEDGER_ASSERT(fits(text) && fits(associated), "texts are far shorter than 2 GiB");
  std::string sealed = random_bytes(kNonceBytes);
  sealed.resize(kNonceBytes + text.size() + kTagBytes);
  unsigned char* const nonce = bytes_of(sealed);
  unsigned char* const tag = nonce + kNonceBytes + text.size();
  const Context context = new_context();
  int none = 0;
  const bool done =
      EVP_EncryptInit_ex2(context.get(), aes_256_gcm(), key.data(), nonce, nullptr) == 1 &&
      update(context.get(), nullptr, associated) &&
      update(context.get(), nonce + kNonceBytes, text) &&
      EVP_EncryptFinal_ex(context.get(), tag, &none) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagBytes, tag) == 1;
  LEDGER_ASSERT(done, "sealing bytes in memory cannot fail");
  return sealed;
}

std::optional<std::string> aead_open(const AeadKey& key, std::string_view sealed,
                                     std::string_view associated) {
  if (sealed.size() < kNonceBytes + kTagBytes || !fits(sealed) || !fits(associated)) {
    return std::nullopt;
  }
  const std::string_view nonce = sealed.substr(0, kNonceBytes);
  const std::string_view body = sealed.substr(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
  std::string tag(sealed.substr(sealed.size() - kTagBytes));
  std::string text(body.size(), '\0');
  const Context context = new_context();
  const bool begun =
      EVP_DecryptInit_ex2(context.get(), aes_256_gcm(), key.data(), bytes_of(nonce), nullptr) ==
          1 &&
      update(context.get(), nullptr, associated) && update(context.get(), bytes_of(text), body) &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTagBytes, tag.data()) == 1;
  LEDGER_ASSERT(begun, "deciphering bytes in memory cannot fail");
  std::array<unsigned char, kTagBytes> rest{};
  int none = 0;
  if (EVP_DecryptFinal_ex(context.get(), rest.data(), &none) != 1) return std::nullopt;
  return text;
}

}  // namespace ledger
