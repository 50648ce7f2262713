#pragma once

#include <memory>
#include <string_view>

#include "platform/result.h"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace ledger {

// How a token is signed (RFC 7518, RFC 8037). Nothing symmetric, and not "none": whoever checks a
// token could make one.
enum class JwsAlgorithm { kEs256, kRs256, kEdDsa };
// "ES256", "RS256", "EdDSA".
[[nodiscard]] std::string_view name_of(JwsAlgorithm algorithm);

// An issuer's public key with the one algorithm for which it serves: a token cannot choose another.
// A value; any thread. A default one verifies nothing.
class JwsKey {
 public:
  JwsKey() = default;
  // From the members of a JWK, decoded: big-endian numbers. kInvalidField: no point of the curve, a
  // modulus under PublicKey::kRsaBitsMin bits, a key of another length.
  [[nodiscard]] static Result<JwsKey> p256(std::string_view x, std::string_view y);
  [[nodiscard]] static Result<JwsKey> rsa(std::string_view modulus, std::string_view exponent);
  [[nodiscard]] static Result<JwsKey> ed25519(std::string_view x);

  [[nodiscard]] JwsAlgorithm algorithm() const { return algorithm_; }
  // Whether its owner signed the text; the signature as JWS writes it (ES256: r and s, 64 bytes).
  [[nodiscard]] bool verifies(std::string_view text, std::string_view signature) const;

 private:
  JwsKey(JwsAlgorithm algorithm, std::shared_ptr<evp_pkey_st> key)
      : algorithm_(algorithm), key_(std::move(key)) {}
  JwsAlgorithm algorithm_ = JwsAlgorithm::kEs256;
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace ledger
