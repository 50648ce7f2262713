// Goal: bytes of a known set read as their letters, and of an unknown one only where no other
// reading is possible. Method: words in each set; what two sets would read differently.
#include "platform/code_page.h"
#include "tests/support/catch.h"

using namespace ledger;

TEST_CASE("code page: each set reads its own letters", "[platform]") {
  CHECK(decode("\xb3\xa5\xe6", CodePage::kCp1250) == "łĄć");
  CHECK(decode("\xaa\xb2\xbf\xa5\xb9", CodePage::kCp1251) == "ЄІїҐ№");
  CHECK(decode("\x8f\xe0\xa8\xa2\xf3\xf5", CodePage::kCp866) == "Привєї");
  CHECK(decode("\xe4\xa7", CodePage::kLatin1) == "ä§");
  CHECK(decode("\xf0\xd2\xc9\xd7\xa6\xd4 \xad\xb4", CodePage::kKoi8U) == "Привіт ґЄ");
  CHECK(decode("plain\n", CodePage::kCp866) == "plain\n");
  CHECK(decode("ґ", CodePage::kUtf8) == "ґ");
  CHECK(decode("\x88", CodePage::kCp1251) == "€");
  CHECK(decode(std::string_view("\0x", 2), CodePage::kCp1251) == std::string("\0x", 2));
  CHECK(decode("\x98", CodePage::kCp1251).error().field == "charset");
  CHECK(decode("\xff", CodePage::kUtf8).error().code == ErrorCode::kMalformed);
}

TEST_CASE("code page: UTF-16 in either order of bytes, also beyond the first plane", "[platform]") {
  using namespace std::string_view_literals;
  CHECK(decode("\xff\xfe\x1f\x04;\0"sv, CodePage::kUtf16) == "П;");
  CHECK(decode("\xfe\xff\x04\x1f\0;"sv, CodePage::kUtf16) == "П;");
  CHECK(decode("\x1f\x04"sv, CodePage::kUtf16) == "П");
  CHECK(decode("\x3d\xd8\x00\xde"sv, CodePage::kUtf16) == "😀");
  CHECK(decode_detected("\xff\xfe\x1f\x04"sv) == "П");
  for (const auto broken : {"\x1f"sv, "\x3d\xd8"sv, "\x3d\xd8\x1f\x04"sv, "\x00\xde"sv}) {
    CHECK(decode(broken, CodePage::kUtf16).error().field == "charset");
  }
}

TEST_CASE("code page: sets are known by name", "[platform]") {
  for (std::size_t i = 0; i < kCodePageNames.size(); ++i) {
    CHECK(code_page_named(kCodePageNames[i]) == static_cast<CodePage>(i));
  }
  const auto wrong = code_page_named("koi8-x");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find("cp1251") != std::string::npos);
  CHECK(wrong.error().field == "charset");
}

TEST_CASE("code page: detected where it can only be one", "[platform]") {
  CHECK(decode_detected("") == "");
  CHECK(decode_detected("ASCII") == "ASCII");
  CHECK(decode_detected("Оплата") == "Оплата");
  CHECK(decode_detected("\xce\xef\xeb\xe0\xf2\xe0 \xb9 7") == "Оплата № 7");
  CHECK(decode_detected("\x8e\xaf\xab\xa0\xe2\xa0 \xfc 7") == "Оплата № 7");
  CHECK(decode_detected("us\xb3ug\xea") == "usługę");
  // the same letters in both Latin sets
  CHECK(decode_detected("f\xfcr") == "für");
  // nobody knows: Cyrillic of two sets, or no text at all
  for (const std::string_view unsure : {"\xe7\xe0", "\xb0\xb1\xb2"}) {
    const auto text = decode_detected(unsure);
    REQUIRE_FALSE(text);
    CHECK(text.error().code == ErrorCode::kMalformed);
    CHECK(text.error().message.find("--charset") != std::string::npos);
  }
}
