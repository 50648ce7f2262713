// Goal: what senders encode and sign is read as the RFCs have it, by their own vectors.
#include "platform/base64.h"
#include "platform/hmac.h"
#include "platform/sha256.h"
#include "tests/support/catch.h"

using namespace ledger;

TEST_CASE("base64: the vectors of RFC 4648 10, both ways") {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    CHECK(base64_encode(bytes) == text);
    CHECK(base64_decode(text) == std::string(bytes));
  }
}

TEST_CASE("base64: what is none is not decoded") {
  for (const auto* wrong : {"Z", "Zg", "Zg=", "Z===", "Zg==Zg==", "Zm 9", "Zm9*", "=", "===="}) {
    INFO(wrong);
    CHECK_FALSE(base64_decode(wrong));
  }
}

TEST_CASE("hmac: the vectors of RFC 2202 and RFC 4231") {
  const std::string key(20, '\x0b');
  CHECK(to_hex(hmac_sha1(key, "Hi There")) == "b617318655057264e28bc0b6fb378c8ef146be00");
  CHECK(to_hex(hmac_sha256(key, "Hi There")) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(to_hex(hmac_sha1("Jefe", "what do ya want for nothing?")) ==
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

TEST_CASE("secrets are equal only as a whole") {
  CHECK(equal_secrets("s3cret", "s3cret"));
  CHECK_FALSE(equal_secrets("s3cret", "s3cre"));
  CHECK_FALSE(equal_secrets("s3cret", "S3cret"));
  CHECK_FALSE(equal_secrets("", "s"));
}
