#include "platform/jws_key.h"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <string>
#include <tuple>
#include <utility>

#include "platform/signature.h"

namespace ledger {

namespace {

template <class T, void (*Free)(T*)>
struct Freed {
  void operator()(T* object) const { Free(object); }
};
using Number = std::unique_ptr<BIGNUM, Freed<BIGNUM, BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM, OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX, EVP_MD_CTX_free>>;
using CurveSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG, ECDSA_SIG_free>>;

constexpr std::size_t kCoordinateBytes = 32;  // of P-256, and a key of Ed25519

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Number number_of(std::string_view big_endian) {
  return Number(BN_bin2bn(bytes_of(big_endian), static_cast<int>(big_endian.size()), nullptr));
}

std::shared_ptr<EVP_PKEY> key_of(const char* kind, OSSL_PARAM_BLD* builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* made = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  return {made, &EVP_PKEY_free};
}

// JWS writes two numbers of fixed length, OpenSSL reads DER.
std::string der_of(std::string_view signature) {
  if (signature.size() != 2 * kCoordinateBytes) return {};
  const CurveSignature pair(ECDSA_SIG_new());
  Number r = number_of(signature.substr(0, kCoordinateBytes));
  Number s = number_of(signature.substr(kCoordinateBytes));
  if (ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return {};
  std::ignore = r.release();  // the pair's from now on
  std::ignore = s.release();
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  if (size <= 0) return {};
  std::string text(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return text;
}

}  // namespace

std::string_view name_of(JwsAlgorithm algorithm) {
  switch (algorithm) {
    case JwsAlgorithm::kEs256:
      return "ES256";
    case JwsAlgorithm::kRs256:
      return "RS256";
    case JwsAlgorithm::kEdDsa:
      return "EdDSA";
  }
  return "";
}

Result<JwsKey> JwsKey::p256(std::string_view x, std::string_view y) {
  if (x.size() != kCoordinateBytes || y.size() != kCoordinateBytes) {
    return fail(ErrorCode::kInvalidField, "is no point of P-256");
  }
  std::string point = "\x04";  // uncompressed
  point.append(x).append(y);
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  auto key = key_of("EC", builder.get());
  if (!key) return fail(ErrorCode::kInvalidField, "is no point of P-256");
  return JwsKey(JwsAlgorithm::kEs256, std::move(key));
}

Result<JwsKey> JwsKey::rsa(std::string_view modulus, std::string_view exponent) {
  const Number n = number_of(modulus);
  const Number e = number_of(exponent);
  const Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  auto key = key_of("RSA", builder.get());
  if (!key || EVP_PKEY_get_bits(key.get()) < PublicKey::kRsaBitsMin) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("is no RSA key of at least {} bits", PublicKey::kRsaBitsMin));
  }
  return JwsKey(JwsAlgorithm::kRs256, std::move(key));
}

Result<JwsKey> JwsKey::ed25519(std::string_view x) {
  std::shared_ptr<EVP_PKEY> key;
  if (x.size() == kCoordinateBytes) {
    key = {EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(x), x.size()),
           &EVP_PKEY_free};
  }
  if (!key) return fail(ErrorCode::kInvalidField, "is no key of Ed25519");
  return JwsKey(JwsAlgorithm::kEdDsa, std::move(key));
}

bool JwsKey::verifies(std::string_view text, std::string_view signature) const {
  if (!key_) return false;
  const bool curve = algorithm_ == JwsAlgorithm::kEs256;
  const std::string der = curve ? der_of(signature) : std::string(signature);
  if (der.empty()) return false;
  const EVP_MD* digest = algorithm_ == JwsAlgorithm::kEdDsa ? nullptr : EVP_sha256();
  const Context context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes_of(der), der.size(), bytes_of(text), text.size()) ==
             1;
}

}  // namespace ledger
