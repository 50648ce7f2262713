// Goal: an amount in words is what the language says for every ending. Method: a table of the
// numbers at which gender or ending changes, and the ends of the range.
#include "consumers/query/print/amount_in_words.h"

#include <cstdint>
#include <limits>

#include "tests/support/catch.h"

namespace ledger::testing {

using print::amount_in_words;
using print::Language;

namespace {

struct Row {
  std::int64_t minor;
  const char* uk;
  const char* en;
};

void check(const char* code, const std::vector<Row>& rows) {
  const Currency currency = Currency::parse(code).value();
  for (const auto& row : rows) {
    INFO(code << ' ' << row.minor);
    CHECK(amount_in_words({row.minor, currency}, Language::kUkrainian) == row.uk);
    CHECK(amount_in_words({row.minor, currency}, Language::kEnglish) == row.en);
  }
}

}  // namespace

TEST_CASE("words: hryvnias and kopecks", "[print]") {
  check("UAH",
        {{0, "нуль гривень 00 копійок", "zero hryvnias 00 kopiykas"},
         {1, "нуль гривень 01 копійка", "zero hryvnias 01 kopiyka"},
         {2, "нуль гривень 02 копійки", "zero hryvnias 02 kopiykas"},
         {5, "нуль гривень 05 копійок", "zero hryvnias 05 kopiykas"},
         {11, "нуль гривень 11 копійок", "zero hryvnias 11 kopiykas"},
         {14, "нуль гривень 14 копійок", "zero hryvnias 14 kopiykas"},
         {21, "нуль гривень 21 копійка", "zero hryvnias 21 kopiykas"},
         {99, "нуль гривень 99 копійок", "zero hryvnias 99 kopiykas"},
         {1'00, "одна гривня 00 копійок", "one hryvnia 00 kopiykas"},
         {-1'01, "мінус одна гривня 01 копійка", "minus one hryvnia 01 kopiyka"},
         {2'00, "дві гривні 00 копійок", "two hryvnias 00 kopiykas"},
         {4'00, "чотири гривні 00 копійок", "four hryvnias 00 kopiykas"},
         {5'00, "п’ять гривень 00 копійок", "five hryvnias 00 kopiykas"},
         {11'00, "одинадцять гривень 00 копійок", "eleven hryvnias 00 kopiykas"},
         {12'00, "дванадцять гривень 00 копійок", "twelve hryvnias 00 kopiykas"},
         {19'00, "дев’ятнадцять гривень 00 копійок", "nineteen hryvnias 00 kopiykas"},
         {20'00, "двадцять гривень 00 копійок", "twenty hryvnias 00 kopiykas"},
         {21'00, "двадцять одна гривня 00 копійок", "twenty-one hryvnias 00 kopiykas"},
         {22'00, "двадцять дві гривні 00 копійок", "twenty-two hryvnias 00 kopiykas"},
         {40'00, "сорок гривень 00 копійок", "forty hryvnias 00 kopiykas"},
         {90'00, "дев’яносто гривень 00 копійок", "ninety hryvnias 00 kopiykas"},
         {100'00, "сто гривень 00 копійок", "one hundred hryvnias 00 kopiykas"},
         {101'00, "сто одна гривня 00 копійок", "one hundred one hryvnias 00 kopiykas"},
         {111'00, "сто одинадцять гривень 00 копійок", "one hundred eleven hryvnias 00 kopiykas"},
         {999'99, "дев’ятсот дев’яносто дев’ять гривень 99 копійок",
          "nine hundred ninety-nine hryvnias 99 kopiykas"}});
}

TEST_CASE("words: thousands are feminine, millions are not", "[print]") {
  check("UAH",
        {{1'000'00, "одна тисяча гривень 00 копійок", "one thousand hryvnias 00 kopiykas"},
         {1'001'00, "одна тисяча одна гривня 00 копійок", "one thousand one hryvnias 00 kopiykas"},
         {2'000'00, "дві тисячі гривень 00 копійок", "two thousand hryvnias 00 kopiykas"},
         {5'000'00, "п’ять тисяч гривень 00 копійок", "five thousand hryvnias 00 kopiykas"},
         {11'000'00, "одинадцять тисяч гривень 00 копійок", "eleven thousand hryvnias 00 kopiykas"},
         {22'022'22, "двадцять дві тисячі двадцять дві гривні 22 копійки",
          "twenty-two thousand twenty-two hryvnias 22 kopiykas"},
         {112'000'00, "сто дванадцять тисяч гривень 00 копійок",
          "one hundred twelve thousand hryvnias 00 kopiykas"},
         {1'000'000'00, "один мільйон гривень 00 копійок", "one million hryvnias 00 kopiykas"},
         {2'000'000'00, "два мільйони гривень 00 копійок", "two million hryvnias 00 kopiykas"},
         {1'000'000'001'00, "один мільярд одна гривня 00 копійок",
          "one billion one hryvnias 00 kopiykas"},
         {3'000'000'000'000'00, "три трильйони гривень 00 копійок",
          "three trillion hryvnias 00 kopiykas"},
         {1'000'000'000'000'000'00, "один квадрильйон гривень 00 копійок",
          "one quadrillion hryvnias 00 kopiykas"}});
}

TEST_CASE("words: the ends of the range", "[print]") {
  check("UAH",
        {{std::numeric_limits<std::int64_t>::max(),
          "дев’яносто два квадрильйони двісті тридцять три трильйони сімсот двадцять мільярдів "
          "триста шістдесят вісім мільйонів п’ятсот сорок сім тисяч сімсот п’ятдесят вісім гривень "
          "07 копійок",
          "ninety-two quadrillion two hundred thirty-three trillion seven hundred twenty billion "
          "three hundred sixty-eight million five hundred forty-seven thousand seven hundred "
          "fifty-eight hryvnias 07 kopiykas"},
         {std::numeric_limits<std::int64_t>::min(),
          "мінус дев’яносто два квадрильйони двісті тридцять три трильйони сімсот двадцять "
          "мільярдів триста шістдесят вісім мільйонів п’ятсот сорок сім тисяч сімсот п’ятдесят "
          "вісім гривень 08 копійок",
          "minus ninety-two quadrillion two hundred thirty-three trillion seven hundred twenty "
          "billion three hundred sixty-eight million five hundred forty-seven thousand seven "
          "hundred fifty-eight hryvnias 08 kopiykas"}});
}

TEST_CASE("words: other currencies", "[print]") {
  check("USD",
        {{1'00, "один долар США 00 центів", "one US dollar 00 cents"},
         {2'01, "два долари США 01 цент", "two US dollars 01 cent"},
         {11'22, "одинадцять доларів США 22 центи", "eleven US dollars 22 cents"},
         {1'000'00, "одна тисяча доларів США 00 центів", "one thousand US dollars 00 cents"}});
  check("EUR", {{1'00, "один євро 00 центів", "one euro 00 cents"},
                {22'00, "двадцять два євро 00 центів", "twenty-two euros 00 cents"}});
  check("PLN", {{102'05, "сто два PLN 05", "one hundred two PLN 05"}});
  check("KWD", {{1'005, "один KWD 005", "one KWD 005"}});
  check("JPY", {{9'000'000'000'000'000'001, "дев’ять квінтильйонів один JPY",
                 "nine quintillion one JPY"}});
}

}  // namespace ledger::testing
