// Goal: a token counts only if its issuer signed exactly it, for us, for now, with the algorithm of
// its key. Method: keys made here, tokens signed here, and every part of a good one spoilt.
#include "consumers/access/jwt.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <fmt/format.h>

#include "consumers/access/key_set.h"
#include "platform/base64.h"
#include "platform/hmac.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::access;
using namespace std::chrono_literals;

namespace {

const Timestamp kNow = parse_timestamp("2026-11-26T08:00:00Z").value();
const std::int64_t kSeconds = kNow.time_since_epoch() / 1s;
const TokenRules kRules{"https://sso.house.example", "ledger"};

using KeyOwner = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

KeyOwner made(EVP_PKEY* key) { return {key, &EVP_PKEY_free}; }
KeyOwner curve_key() { return made(EVP_EC_gen("P-256")); }
KeyOwner rsa_key() { return made(EVP_RSA_gen(2048)); }
KeyOwner edwards_key() { return made(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")); }

std::string number(const KeyOwner& key, const char* name, int bytes = 0) {
  BIGNUM* value = nullptr;
  REQUIRE(EVP_PKEY_get_bn_param(key.get(), name, &value) == 1);
  std::string out(static_cast<std::size_t>(bytes > 0 ? bytes : BN_num_bytes(value)), '\0');
  BN_bn2binpad(value, reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size()));
  BN_free(value);
  return base64url_encode(out);
}

std::string jwk(const KeyOwner& key, const std::string& kid, const std::string& more = "") {
  const std::string head = fmt::format(R"({{"kid":"{}"{},)", kid, more);
  switch (EVP_PKEY_get_base_id(key.get())) {
    case EVP_PKEY_EC:
      return head + fmt::format(R"("kty":"EC","crv":"P-256","x":"{}","y":"{}"}})",
                                number(key, OSSL_PKEY_PARAM_EC_PUB_X, 32),
                                number(key, OSSL_PKEY_PARAM_EC_PUB_Y, 32));
    case EVP_PKEY_RSA:
      return head + fmt::format(R"("kty":"RSA","n":"{}","e":"{}"}})",
                                number(key, OSSL_PKEY_PARAM_RSA_N),
                                number(key, OSSL_PKEY_PARAM_RSA_E));
    default: {
      std::string raw(32, '\0');
      std::size_t size = raw.size();
      EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(raw.data()), &size);
      return head + fmt::format(R"("kty":"OKP","crv":"Ed25519","x":"{}"}})", base64url_encode(raw));
    }
  }
}

KeySet set_of(const std::string& keys) {
  return KeySet::parse(R"({"keys":[)" + keys + "]}").value();
}

std::string signature(const KeyOwner& key, const std::string& text) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  const int kind = EVP_PKEY_get_base_id(key.get());
  EVP_DigestSignInit(context.get(), nullptr, kind == EVP_PKEY_ED25519 ? nullptr : EVP_sha256(),
                     nullptr, key.get());
  std::string out(1024, '\0');
  std::size_t size = out.size();
  REQUIRE(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size,
                         reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1);
  out.resize(size);
  if (kind != EVP_PKEY_EC) return out;
  const auto* at = reinterpret_cast<const unsigned char*>(out.data());
  ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(out.size()));
  std::string raw(64, '\0');
  BN_bn2binpad(ECDSA_SIG_get0_r(pair), reinterpret_cast<unsigned char*>(raw.data()), 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair), reinterpret_cast<unsigned char*>(raw.data()) + 32, 32);
  ECDSA_SIG_free(pair);
  return raw;
}

std::string claims(const std::string& more = "") {
  return fmt::format(
      R"({{"iss":"https://sso.house.example","aud":"ledger","sub":"olena","exp":{}{}}})",
      kSeconds + 300, more);
}

std::string unsigned_text(const std::string& header, const std::string& body) {
  return base64url_encode(header) + "." + base64url_encode(body);
}
std::string token(const KeyOwner& key, const std::string& algorithm, const std::string& body,
                  const std::string& kid = "k1") {
  const std::string text =
      unsigned_text(fmt::format(R"({{"alg":"{}","kid":"{}"}})", algorithm, kid), body);
  return text + "." + base64url_encode(signature(key, text));
}

// As the ledger reads it: who, or what is wrong.
std::string outcome(const KeySet& keys, const std::string& text, Timestamp now = kNow,
                    const TokenRules& rules = kRules) {
  const auto taken = take_apart(text);
  if (!taken) return "malformed";
  const auto* key = keys.find(taken->kid);
  if (key == nullptr) return "unknown key";
  if (const auto good = check_signature(*taken, *key); !good) {
    return good.error().field.empty() ? "forged" : good.error().field;
  }
  const auto who = subject_of(*taken, rules, now);
  return who ? "is " + *who : who.error().field;
}

}  // namespace

TEST_CASE("jwt: a good token of each algorithm says who it is", "[access][jwt]") {
  const auto curve = curve_key();
  const auto rsa = rsa_key();
  const auto edwards = edwards_key();
  const auto keys = set_of(jwk(curve, "c") + "," + jwk(rsa, "r") + "," + jwk(edwards, "e"));
  REQUIRE(keys.size() == 3);
  CHECK(outcome(keys, token(curve, "ES256", claims(), "c")) == "is olena");
  CHECK(outcome(keys, token(rsa, "RS256", claims(), "r")) == "is olena");
  CHECK(outcome(keys, token(edwards, "EdDSA", claims(), "e")) == "is olena");
}

TEST_CASE("jwt: the algorithm is the key's: none, HS256 and confusion are refused",
          "[access][jwt]") {
  const auto rsa = rsa_key();
  const auto curve = curve_key();
  const auto keys = set_of(jwk(rsa, "k1") + "," + jwk(curve, "c"));
  for (const char* algorithm : {"none", "None", "HS256", "PS256", "RS512", "ES256", "rs256", ""}) {
    INFO(algorithm);
    CHECK(outcome(keys, token(rsa, algorithm, claims())) == "alg");
  }
  // The classic one: the public key, known to all, taken for a shared secret.
  const std::string text = unsigned_text(R"({"alg":"HS256","kid":"k1"})", claims());
  CHECK(outcome(keys, text + "." +
                          base64url_encode(
                              hmac_sha256(number(rsa, OSSL_PKEY_PARAM_RSA_N), text))) == "alg");
  CHECK(outcome(keys, unsigned_text(R"({"alg":"none","kid":"k1"})", claims()) + ".") == "alg");
  CHECK(outcome(keys, unsigned_text(R"({"kid":"k1"})", claims()) + ".") == "alg");
  // Signed by one key, named by the other's kid.
  CHECK(outcome(keys, token(curve, "ES256", claims(), "k1")) == "alg");
  CHECK(outcome(keys, token(rsa, "ES256", claims(), "c")) == "forged");
}

TEST_CASE("jwt: whatever is changed in a signed token is noticed", "[access][jwt]") {
  const auto curve = curve_key();
  const auto keys = set_of(jwk(curve, "k1"));
  const std::string good = token(curve, "ES256", claims());
  REQUIRE(outcome(keys, good) == "is olena");
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string spoilt = good;
    spoilt[i] = spoilt[i] == 'A' ? 'B' : 'A';
    INFO(i);
    CHECK_FALSE(outcome(keys, spoilt).starts_with("is "));
  }
  const std::string other = unsigned_text(R"({"alg":"ES256","kid":"k1"})",
                                          R"({"iss":"https://sso.house.example","sub":"admin"})");
  CHECK(outcome(keys, other + good.substr(good.rfind('.'))) == "forged");
  CHECK(outcome(keys, good.substr(0, good.rfind('.') + 1)) == "forged");
  CHECK(outcome(keys, token(curve_key(), "ES256", claims())) == "forged");
}

TEST_CASE("jwt: issuer, audience, times and the claim", "[access][jwt]") {
  const auto key = edwards_key();
  const auto keys = set_of(jwk(key, "k1"));
  const auto with = [&](const std::string& body, Timestamp now = kNow) {
    return outcome(keys, token(key, "EdDSA", body), now);
  };
  const auto fixed = [](const char* iss, const char* aud, const std::string& rest) {
    return fmt::format(R"({{"iss":{},"aud":{},{}}})", iss, aud, rest);
  };
  const std::string alive = fmt::format(R"("sub":"olena","exp":{})", kSeconds + 300);
  const char* iss = R"("https://sso.house.example")";
  CHECK(with(fixed(iss, R"(["other","ledger"])", alive)) == "is olena");
  CHECK(with(fixed(R"("https://sso.house.example/")", R"("ledger")", alive)) == "iss");
  CHECK(with(fixed(iss, R"("ledger2")", alive)) == "aud");
  CHECK(with(fixed(iss, R"(["other"])", alive)) == "aud");
  CHECK(with(fixed(iss, "null", alive)) == "aud");
  CHECK(with(fixed(iss, R"("ledger")", R"("sub":"olena")")) == "exp");
  CHECK(with(fixed(iss, R"("ledger")", R"("sub":"olena","exp":"tomorrow")")) == "exp");
  CHECK(with(fixed(iss, R"("ledger")", R"("sub":"olena","exp":1e300)")) == "exp");
  CHECK(with(fixed(iss, R"("ledger")", fmt::format(R"("exp":{})", kSeconds + 300))) == "sub");
  CHECK(with(fixed(iss, R"("ledger")", fmt::format(R"("sub":7,"exp":{})", kSeconds + 300))) ==
        "sub");
  CHECK(with(claims(), kNow + 300s + 59s) == "is olena");
  CHECK(with(claims(), kNow + 300s + 60s) == "exp");
  CHECK(with(claims(fmt::format(R"(,"nbf":{})", kSeconds + 60))) == "is olena");
  CHECK(with(claims(fmt::format(R"(,"nbf":{})", kSeconds + 61))) == "nbf");
  CHECK(with(claims(fmt::format(R"(,"iat":{})", kSeconds + 61))) == "iat");
  CHECK(with(claims(R"(,"sub":"admin")")) == "");  // twice: which one would count?
}

TEST_CASE("jwt: an address counts once the issuer has verified it", "[access][jwt]") {
  const auto key = edwards_key();
  const auto keys = set_of(jwk(key, "k1"));
  TokenRules rules = kRules;
  rules.claim = "email";
  const auto with = [&](const std::string& more) {
    return outcome(keys, token(key, "EdDSA", claims(more)), kNow, rules);
  };
  CHECK(with(R"(,"email":"o@house.example","email_verified":true)") == "is o@house.example");
  CHECK(with(R"(,"email":"o@house.example","email_verified":false)") == "email_verified");
  CHECK(with(R"(,"email":"o@house.example","email_verified":"true")") == "email_verified");
  CHECK(with(R"(,"email":"o@house.example")") == "email_verified");
}

TEST_CASE("jwt: what is no token", "[access][jwt]") {
  const auto key = edwards_key();
  const auto keys = set_of(jwk(key, "k1"));
  const std::string good = token(key, "EdDSA", claims());
  const auto headed = [&](const std::string& header) {
    const std::string text = unsigned_text(header, claims());
    return outcome(keys, text + "." + base64url_encode(signature(key, text)));
  };
  for (const std::string& bad :
       {std::string(), std::string("."), std::string(".."), good + ".", good + "=", " " + good,
        std::string("e30.e30"), std::string(7000, 'a')}) {
    INFO(bad);
    CHECK_FALSE(outcome(keys, bad).starts_with("is "));
  }
  REQUIRE(headed(R"({"alg":"EdDSA","kid":"k1","typ":"at+jwt"})") == "is olena");
  CHECK(headed(R"({"alg":"EdDSA","kid":"k1","crit":["exp"]})") == "malformed");
  CHECK(headed(R"({"alg":"EdDSA","kid":"k1","b64":false})") == "malformed");
  CHECK(headed(R"({"alg":"EdDSA","kid":"k1","typ":"dpop+jwt"})") == "malformed");
  CHECK(headed(R"({"alg":"none","alg":"EdDSA","kid":"k1"})") == "malformed");
  CHECK(headed(R"({"alg":"EdDSA","kid":7})") == "malformed");
  CHECK(headed(R"(["EdDSA"])") == "malformed");
  CHECK(headed(R"({"alg":"EdDSA","kid":"k2"})") == "unknown key");
  // Its own key, or where to get one: never looked at.
  CHECK(headed(R"({"alg":"EdDSA","kid":"k2","jku":"https://evil.example/jwks"})") == "unknown key");
}

TEST_CASE("jwt: of a key set only what can check tokens is taken", "[access][jwt]") {
  const auto rsa = rsa_key();
  const auto curve = curve_key();
  CHECK_FALSE(KeySet::parse("{}"));
  CHECK_FALSE(KeySet::parse("[]"));
  CHECK_FALSE(KeySet::parse(R"({"keys":[]})"));
  CHECK_FALSE(KeySet::parse(R"({"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"h"}]})"));
  CHECK_FALSE(KeySet::parse(R"({"keys":[)" + jwk(rsa, "r", R"(,"use":"enc")") + "]}"));
  CHECK_FALSE(KeySet::parse(R"({"keys":[)" + jwk(rsa, "r", R"(,"alg":"PS256")") + "]}"));
  CHECK_FALSE(KeySet::parse(R"({"keys":[)" + jwk(made(EVP_RSA_gen(1024)), "r") + "]}"));
  CHECK_FALSE(KeySet::parse(R"({"keys":[{"kty":"EC","crv":"P-256","kid":"c",)"
                            R"("x":"AAAA","y":"AAAA"}]})"));
  const auto two = set_of(jwk(rsa, "r", R"(,"use":"sig","alg":"RS256")") + "," + jwk(curve, "c") +
                          R"(,{"kty":"oct","k":"c2VjcmV0","kid":"h"})");
  CHECK(two.size() == 2);
  CHECK(two.find("h") == nullptr);
  CHECK(two.find(std::nullopt) == nullptr);
  CHECK(set_of(jwk(curve, "c")).find(std::nullopt) != nullptr);
}

TEST_CASE("issuer: a new key is fetched when a token names it, and not too often",
          "[access][jwt]") {
  const auto first = edwards_key();
  const auto second = edwards_key();
  FixedClock clock(kNow);
  std::string published = R"({"keys":[)" + jwk(first, "k1") + "]}";
  int fetches = 0;
  bool away = false;
  IssuerKeys keys(
      [&]() -> Result<std::string> {
        ++fetches;
        if (away) return fail(ErrorCode::kUnavailable, "away");
        return published;
      },
      clock);
  CHECK(keys.find("k1").asked);  // nothing is known yet, and that uses up no fetch
  REQUIRE(keys.due());
  REQUIRE(keys.refresh());
  CHECK(keys.find("k1").key);
  CHECK_FALSE(keys.due());
  clock.set(kNow + 1s);
  published = R"({"keys":[)" + jwk(second, "k2") + "]}";
  CHECK(keys.find("k2").asked);
  CHECK(keys.due());
  REQUIRE(keys.refresh());
  CHECK(keys.find("k2").key);
  CHECK_FALSE(keys.find("k1").key);  // it went out of the set
  CHECK_FALSE(keys.find("k1").asked);
  CHECK_FALSE(keys.due());  // not within half a minute, whatever comes
  CHECK(fetches == 2);
  clock.set(kNow + 31s);
  away = true;
  CHECK(keys.find("k3").asked);
  CHECK_FALSE(keys.refresh());
  CHECK(keys.find("k2").key);  // the last set stays good
  CHECK_FALSE(keys.find("k3").asked);
  clock.set(kNow + 20min);
  CHECK(keys.due());  // by age
}
