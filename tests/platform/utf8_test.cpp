// Goal: only what RFC 3629 calls UTF-8 passes. Method: both ends of each length, and each way of
// breaking a sequence. Names are compared by their words.
#include "platform/utf8.h"

#include "platform/words.h"

#include "tests/support/catch.h"

namespace ledger {

TEST_CASE("utf8: both ends of each length are characters", "[platform][utf8]") {
  for (const std::string_view text :
       {"", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
        "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "Ромашка 😀"}) {
    CHECK(is_valid_utf8(text));
  }
  CHECK(is_valid_utf8(std::string_view("a\0b", 3)));
}

TEST_CASE("utf8: broken sequences are none", "[platform][utf8]") {
  for (const std::string_view text :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf",  // overlong
        "\xed\xa0\x80", "\xed\xbf\xbf",                                              // surrogates
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe", "\xff",                      // too far
        "\xc2", "\xe0\xa0", "\xf0\x90\x80", "\xc2 ", "\xe0\xa0 ", "a\xc2"}) {        // cut short
    CHECK_FALSE(is_valid_utf8(text));
  }
}

TEST_CASE("utf8: an excerpt ends between characters", "[platform][utf8]") {
  CHECK(excerpt("abc", 3) == "abc");
  CHECK(excerpt("abcd", 3) == "abc");
  CHECK(excerpt("", 3).empty());
  CHECK(excerpt("abc", 0).empty());
  for (const std::string_view text : {"aжж", "жжж", "a😀😀", "😀😀", "₴₴₴₴"}) {
    for (std::size_t most = 0; most <= text.size(); ++most) {
      const auto part = excerpt(text, most);
      CHECK(is_valid_utf8(part));
      CHECK(part.size() <= most);
      CHECK(part.size() + 4 > most);
    }
  }
  // Bytes that are no text at all are cut somewhere, and the loop ends.
  CHECK(excerpt("\x80\x80\x80\x80", 2).empty());
}

TEST_CASE("words: capitals and spaces make no difference", "[platform][utf8]") {
  CHECK(fold_words("Папір  А4") == "папір а4");
  CHECK(fold_words(" папір\tА4\n") == "папір а4");
  CHECK(fold_words("Папір\u00a0А4") == "папір а4");
  CHECK(fold_words("папірА4") != fold_words("Папір А4"));
  CHECK(fold_words(" \t ").empty());
}

}  // namespace ledger

TEST_CASE("utf8: letters fold to lower case, Ukrainian ones too", "[utf8]") {
  CHECK(ledger::fold_case("РФ-103 ABC") == "рф-103 abc");
  CHECK(ledger::fold_case("ЄІЇҐ ёєіїґ Я п") == "єіїґ ёєіїґ я п");
  CHECK(ledger::fold_case("№ €") == "№ €");
}
