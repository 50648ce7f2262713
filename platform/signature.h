#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

// Signatures by which a sender proves that a delivery is his: he keeps the private key, we know the
// public one.
namespace ledger {

enum class SignatureHash { kSha1, kSha256 };  // SHA-1 only because a sender still signs so

// A key for checking: RSA (PKCS #1 v1.5) of at least kRsaBitsMin, or elliptic on P-256 (ECDSA, the
// signature in DER). A value; any thread. A default one verifies nothing.
class PublicKey {
 public:
  static constexpr int kRsaBitsMin = 2048;

  PublicKey() = default;
  // A SubjectPublicKeyInfo: PEM, or its base64 alone, as consoles show it on one line. Spaces and
  // line ends are passed over. kInvalidField for anything else.
  [[nodiscard]] static Result<PublicKey> parse(std::string_view text);
  // Whether the owner of the key signed `first` followed by `second`.
  [[nodiscard]] bool verifies(SignatureHash hash, std::string_view signature,
                              std::string_view first, std::string_view second = {}) const;
  [[nodiscard]] bool is_p256() const;

 private:
  friend struct Certificate;
  explicit PublicKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  [[nodiscard]] static Result<PublicKey> checked(std::shared_ptr<evp_pkey_st> key);

  std::shared_ptr<evp_pkey_st> key_;
};

// An X.509 certificate as a statement "this key is that name's, from then until then". Who signed
// it is not looked at: it is worth what the way is worth on which it came.
struct Certificate {
  PublicKey key;
  std::vector<std::string> names;  // DNS names, and its common name; lower case
  Timestamp from;
  Timestamp until;

  // One in PEM (the first, if there are several); kInvalidField.
  [[nodiscard]] static Result<Certificate> parse(std::string_view pem);
  [[nodiscard]] bool is_valid_at(Timestamp now) const { return from <= now && now <= until; }
  // Letter by letter: a wildcard stands for itself alone.
  [[nodiscard]] bool is_of(std::string_view lower_case_name) const;
};

}  // namespace ledger
