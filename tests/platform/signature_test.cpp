// Goal: a signature counts only if the key's owner made it over exactly these bytes, and a key that
// is too weak or of another kind is refused by name. Method: keys and signatures made by another
// program, once; the private keys were thrown away.
#include "platform/signature.h"

#include "platform/base64.h"
#include "tests/support/catch.h"

using namespace ledger;

namespace {

constexpr const char* kCurvePem = R"(-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEb6orDdw9PqjlDxZhQrW4FJraGxmi
ITXTEMPjbopMSRix6ZIsOp3fpGvDSfJhF8TTawvSTzbYE2pM2Q0o3DTZyA==
-----END PUBLIC KEY-----
)";
constexpr const char* kCurveSignature =
    "MEQCIDepLnFOZfoJzGZKyh70eaZMKAlKry7dfFCxDDcZrLLhAiAIZOXu9upGiF6JV1a8WrZWx3DoQTceqcVpBAxl5eQrtA"
    "==";
constexpr const char* kRsa =
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtHSQsnu8WtXePHNS+"
    "95MQEOt1eVhjb9dU85IkIUE99pnckRSTXNT9pg5c2smNNMMd+"
    "1wws5ClEX3VInG6hPpVsSQ6js6saSxoWd19xffyadcBdF3TM5OHJQiaSMguqZO6PKSg6JqtD/"
    "P86IVWA7jAmNWmc3+RxSGrkSqoeeYuM1kdunOFJ+JfHUmebJMMro2yNQZve66Y1lH1C+NpTnTagdf8/"
    "A7fyc1IgW1U2K1aJQLy6NP17Xsj0MgL9D3b49f5quITZZBzTPuPQ/bd2WnmFJcdYN7WuV2dHrur3KNKFYlQYNIzhh/"
    "LbYyfnjrae35zymkfiO2V/Xze28Zc+ip4wIDAQAB";
constexpr const char* kRsaSha1 =
    "rHfAeFaRn6Khc3Pa3W0MP3IIR9mlmlVl/1XpJE0Fa9W6s/5inAuqJ2ZQ80j3hW6e/"
    "h1GJUtIiGSbjCFGYpt7sFB8maCs+"
    "8eYwrDUtiugLWLXJuL0L8ThwpiCmEGLxZ7T9xTRn01GIbZuVP8L5aj5NRtHIbVJLjhuIqlJn+r0C/"
    "rAS8FiqH+LgNPgCU1E+BcLh1I6b3m4GRdj+Jn8PzQt4JD12IUA2NxDbl1ljDu0HVVokNkcrZ8auuv9schBSOWIx4b0h08/"
    "wJ9kDHxW4QbUJerXfkc/Hkd8BN+CZH7XQcF8+bNgTFYe9TP8Zp/GELSsQq6L3Djbclb7/ftLWDjFIg==";
constexpr const char* kRsaSha256 =
    "CwQ3IIuU0Q2cMghE8bRvERST6QVsJNJEQ6VkuNILLQfTdb8H1WZ3OE9vhm6lY604jnpAzd4++FwdJBWMDQ1VX1h++"
    "nZG6AI50SpskmxM2htbFVxxGEwvngWO6hF2JJ2L3/+cfMBNr1oi0D6cmRp+IhKRIoVO/"
    "vgsHK4gmJ1xIUDQJV9Ds7cAD8ZXoVJit7nxPKy5dqf8Fjymx0kSTsXtDKDiY+"
    "hu2RMEzyo3BBLlSU2Yyo2ksOZOc3qh0an8s2TwFdNonTk7dQxEwbFf5kL+64L6nESqZLcbkfZ0Rlee33gHtJNjIDSCdf/"
    "Ix3GiVPpO5Dq1gAewOrPGPfdRzPKEqQ==";
constexpr const char* kShortRsa =
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDFYqKe3LYZGlm4/"
    "rDPofX3q+yGi1OwJWax9GN1pjHIstW9Ud+o6N2NQoK7Y7UtboDd6eQw0RL3cxZR8fh+mjs4kaO/rFsbSpmWHIwZK5gTch/"
    "GVyL92jFa4k2cALXQS+KDlGfH0PRJ7jhI/uNfMS1Tj6EM6V2TujevnS60KKOahQIDAQAB";
constexpr const char* kOtherCurve =
    "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEmElDzvp3KMUtqbyvHR/kSrO8CIzCjebolJyMBbmLCDjyBaYn77jsejwU7MS0/"
    "UJxf4rQeAY9a5RoImzcQZZefVCDUyGPikFeA9fgvaIE7i8PzkrMKtxUufb47/3J87cm";
constexpr const char* kCertificate = R"(-----BEGIN CERTIFICATE-----
MIIC4DCCAcigAwIBAgIBBzANBgkqhkiG9w0BAQsFADAcMRowGAYDVQQDDBFTTlMu
YW1hem9uYXdzLmNvbTAeFw0yNjAxMDEwMDAwMDBaFw0zNjAxMDEwMDAwMDBaMBwx
GjAYBgNVBAMMEVNOUy5hbWF6b25hd3MuY29tMIIBIjANBgkqhkiG9w0BAQEFAAOC
AQ8AMIIBCgKCAQEAtHSQsnu8WtXePHNS+95MQEOt1eVhjb9dU85IkIUE99pnckRS
TXNT9pg5c2smNNMMd+1wws5ClEX3VInG6hPpVsSQ6js6saSxoWd19xffyadcBdF3
TM5OHJQiaSMguqZO6PKSg6JqtD/P86IVWA7jAmNWmc3+RxSGrkSqoeeYuM1kdunO
FJ+JfHUmebJMMro2yNQZve66Y1lH1C+NpTnTagdf8/A7fyc1IgW1U2K1aJQLy6NP
17Xsj0MgL9D3b49f5quITZZBzTPuPQ/bd2WnmFJcdYN7WuV2dHrur3KNKFYlQYNI
zhh/LbYyfnjrae35zymkfiO2V/Xze28Zc+ip4wIDAQABoy0wKzApBgNVHREEIjAg
gh5zbnMuZXUtY2VudHJhbC0xLmFtYXpvbmF3cy5jb20wDQYJKoZIhvcNAQELBQAD
ggEBAJEl3kc8P6ByHb+Ij7cVvPd6ZMEo6MVruBMgrjlvrjRTDB2AzU9cJ9HE1/WR
/3ylc536mqaTqOZjb52bQc8gQMbynL+JKNoSotocTjobUxM7M6pffUHy5UWV8Nev
NZxu1RA7OD4BwYMAY192snIrL/f1qQA9BncKUYo+FPNYA3pPRUgGvMuzI+G2M1sN
ldIVJLWSnL6LJac/0yfTi6PMRgLUOR7h61UunRuyYOQSuGvEO1Dae6iNly0Cgn1y
KG+TWrLBtqvJkf8yY7azKRSqPtXWJIn88fA8eWZbPgVpFeCxRGzntKtqyzmgrS0y
hFI2EHDd5GiCjrD4rD9Nt0sEVs4=
-----END CERTIFICATE-----
)";

bool verifies(const PublicKey& key, SignatureHash hash, const char* signature,
              std::string_view first, std::string_view second = {}) {
  return key.verifies(hash, base64_decode(signature).value(), first, second);
}

}  // namespace

TEST_CASE("signature: ECDSA on P-256 over two pieces") {
  const auto key = PublicKey::parse(kCurvePem).value();
  CHECK(key.is_p256());
  CHECK(verifies(key, SignatureHash::kSha256, kCurveSignature, "first ", "second"));
  CHECK(verifies(key, SignatureHash::kSha256, kCurveSignature, "first second"));
  CHECK_FALSE(verifies(key, SignatureHash::kSha256, kCurveSignature, "first ", "secand"));
  CHECK_FALSE(verifies(key, SignatureHash::kSha1, kCurveSignature, "first second"));
  CHECK_FALSE(verifies(key, SignatureHash::kSha256, kRsaSha256, "first second"));
  CHECK_FALSE(key.verifies(SignatureHash::kSha256, "", "first second"));
}

TEST_CASE("signature: RSA by both hashes") {
  const auto key = PublicKey::parse(kRsa).value();
  CHECK_FALSE(key.is_p256());
  CHECK(verifies(key, SignatureHash::kSha1, kRsaSha1, "first second"));
  CHECK(verifies(key, SignatureHash::kSha256, kRsaSha256, "first ", "second"));
  CHECK_FALSE(verifies(key, SignatureHash::kSha256, kRsaSha1, "first second"));
  CHECK_FALSE(verifies(key, SignatureHash::kSha1, kRsaSha1, "first"));
}

TEST_CASE("signature: a key as consoles show it, broken into lines or not") {
  std::string broken(kRsa);
  for (std::size_t at = 64; at < broken.size(); at += 66) broken.insert(at, "\r\n");
  CHECK(verifies(PublicKey::parse(broken).value(), SignatureHash::kSha1, kRsaSha1, "first second"));
  for (const std::string wrong : {"", "key", "AAAA", "-----BEGIN PUBLIC KEY-----"}) {
    INFO(wrong);
    const auto key = PublicKey::parse(wrong);
    REQUIRE_FALSE(key);
    CHECK(key.error().code == ErrorCode::kInvalidField);
  }
  // Bytes behind the key are no part of it.
  CHECK_FALSE(PublicKey::parse(base64_encode(base64_decode(kRsa).value() + "x")));
  CHECK(PublicKey::parse(kShortRsa).error().message.find("2048") != std::string::npos);
  CHECK(PublicKey::parse(kOtherCurve).error().message.find("P-256") != std::string::npos);
}

TEST_CASE("signature: no key verifies nothing") {
  CHECK_FALSE(verifies(PublicKey(), SignatureHash::kSha256, kRsaSha256, "first second"));
  CHECK_FALSE(PublicKey().is_p256());
}

TEST_CASE("certificate: whose, and how long") {
  const auto certificate = Certificate::parse(kCertificate).value();
  CHECK(certificate.is_of("sns.amazonaws.com"));
  CHECK(certificate.is_of("sns.eu-central-1.amazonaws.com"));
  CHECK_FALSE(certificate.is_of("sns.us-east-1.amazonaws.com"));
  CHECK_FALSE(certificate.is_of("amazonaws.com"));
  const auto at = [](std::string_view text) { return parse_timestamp(text).value(); };
  CHECK(certificate.is_valid_at(at("2026-01-01T00:00:00Z")));
  CHECK(certificate.is_valid_at(at("2036-01-01T00:00:00Z")));
  CHECK_FALSE(certificate.is_valid_at(at("2025-12-31T23:59:59Z")));
  CHECK_FALSE(certificate.is_valid_at(at("2036-01-01T00:00:01Z")));
  CHECK(verifies(certificate.key, SignatureHash::kSha256, kRsaSha256, "first second"));
  CHECK(Certificate::parse("").error().code == ErrorCode::kInvalidField);
  CHECK(Certificate::parse(kCurvePem).error().code == ErrorCode::kInvalidField);
  CHECK_FALSE(Certificate::parse("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
}
