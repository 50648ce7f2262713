// Goal: what is sealed is read by nobody without the key, and nothing of it can be changed
// unnoticed. Method: a vector of the paper that NIST took GCM from, then each part of a sealed text
// changed.
#include "platform/aead.h"

#include <algorithm>

#include "tests/support/catch.h"

using namespace ledger;

namespace {

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

AeadKey key_from_hex(std::string_view hex) {
  const std::string bytes = from_hex(hex);
  AeadKey key{};
  REQUIRE(bytes.size() == key.size());
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

std::string with_bit_flipped(std::string text, std::size_t at) {
  text[at] = static_cast<char>(text[at] ^ 1);
  return text;
}

}  // namespace

TEST_CASE(
    "aead: the vectors of \"The Galois/Counter Mode of Operation\", test cases 13, 14 and 16") {
  const AeadKey zero{};
  CHECK(aead_open(zero, from_hex("000000000000000000000000530f8afbc74536b9a963b4f1c4cb738b"), "") ==
        std::string());
  CHECK(aead_open(zero,
                  from_hex("000000000000000000000000cea7403d4d606b6e074ec5d3baf39d18"
                           "d0d1c8a799996bf0265b98b5d48ab919"),
                  "") == std::string(16, '\0'));
  const AeadKey key =
      key_from_hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const std::string sealed = from_hex(
      "cafebabefacedbaddecaf888"
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
      "76fc6ece0f4e1768cddf8853bb2d551b");
  CHECK(aead_open(key, sealed, from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2")) ==
        from_hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                 "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
}

TEST_CASE("aead: what was sealed is opened, the empty text too") {
  const AeadKey key = random_aead_key();
  for (const std::string& text : {std::string(), std::string("Олена"), std::string(70'000, '\0')}) {
    for (const auto* associated : {"", "e-1/name"}) {
      const auto sealed = aead_seal(key, text, associated);
      CHECK(sealed.size() == 12 + text.size() + 16);
      CHECK(aead_open(key, sealed, associated) == text);
    }
  }
}

TEST_CASE("aead: a flipped bit of the nonce, the text or the tag is refused") {
  const AeadKey key = random_aead_key();
  const auto sealed = aead_seal(key, "Olena", "e-1");
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    INFO(at);
    CHECK_FALSE(aead_open(key, with_bit_flipped(sealed, at), "e-1"));
  }
}

TEST_CASE("aead: other associated data, another key, and bytes that are missing are refused") {
  const AeadKey key = random_aead_key();
  const auto sealed = aead_seal(key, "Olena", "e-1");
  CHECK_FALSE(aead_open(key, sealed, "e-2"));
  CHECK_FALSE(aead_open(key, sealed, ""));
  CHECK_FALSE(aead_open(key, aead_seal(key, "Olena", ""), "e-1"));
  CHECK_FALSE(aead_open(random_aead_key(), sealed, "e-1"));
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    CHECK_FALSE(aead_open(key, std::string_view(sealed).substr(0, size), "e-1"));
  }
  CHECK_FALSE(aead_open(key, sealed + "x", "e-1"));
}

TEST_CASE("aead: the same text is never sealed alike, and keys are not alike") {
  const AeadKey key = random_aead_key();
  CHECK(aead_seal(key, "Olena", "e-1") != aead_seal(key, "Olena", "e-1"));
  CHECK(random_aead_key() != random_aead_key());
}
