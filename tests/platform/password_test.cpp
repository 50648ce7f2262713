// Goal: a password is known by its hash alone, and by nothing near it.
#include "platform/password.h"

#include "platform/base64.h"
#include "platform/random.h"
#include "tests/support/catch.h"

using namespace ledger;

TEST_CASE("password: its hash knows it, says its own cost, and is another each time",
          "[platform]") {
  const std::string hash = hash_password("дуже довгий пароль").value();
  CHECK(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(is_password(hash, "дуже довгий пароль"));
  CHECK_FALSE(is_password(hash, "дуже довгий пароль "));
  CHECK_FALSE(is_password(hash, ""));
  CHECK(hash_password("дуже довгий пароль").value() != hash);
}

TEST_CASE("password: what is no hash is nobody's", "[platform]") {
  CHECK_FALSE(is_password("", "x"));
  CHECK_FALSE(is_password("$argon2id$v=19$m=19456,t=2,p=1$", "x"));
  CHECK_FALSE(is_password("plain text", "plain text"));
  CHECK_FALSE(is_password("$2y$10$abcdefghijklmnopqrstuu", "x"));
}

TEST_CASE("base64url: without padding, and one spelling for the same bytes", "[platform]") {
  CHECK(base64url_encode("\xfb\xff") == "-_8");
  CHECK(base64url_decode("-_8") == "\xfb\xff");
  CHECK(base64url_decode("") == "");
  for (const char* bad : {"-_8=", "-_9", "+/8", "a", "a b", "====", "YQ=="}) {
    INFO(bad);
    CHECK_FALSE(base64url_decode(bad));
  }
  for (std::size_t size = 0; size < 40; ++size) {
    const std::string bytes = random_bytes(size);
    CHECK(bytes.size() == size);
    CHECK(base64url_decode(base64url_encode(bytes)) == bytes);
  }
  CHECK(random_bytes(32) != random_bytes(32));
}
