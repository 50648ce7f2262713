// Goal: a number finds its client however telephony spells it, and is never guessed. Method: the
// golden table of spellings (source-formats.md 1.12 of the design); a row is kept for ever.
#include "events/phone.h"

#include <array>
#include <random>

#include "tests/events/samples.h"
#include "tests/events/spelled.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

struct Row {
  std::string_view raw;
  std::string_view number;  // empty: stays unmatched
};

constexpr std::array kSpellings{
    // E.164 and its decorations
    Row{"+380501234567", "+380501234567"},
    Row{"+38 050 123 45 67", "+380501234567"},
    Row{"+38 (050) 123-45-67", "+380501234567"},
    Row{"+38-050-123-45-67", "+380501234567"},
    Row{"+38.050.123.45.67", "+380501234567"},
    Row{"+38/050/1234567", "+380501234567"},
    Row{"%2B380501234567", "+380501234567"},
    Row{"%2b380501234567", "+380501234567"},
    // International without the plus, and by the international prefix
    Row{"380501234567", "+380501234567"},
    Row{"38 050 123 45 67", "+380501234567"},
    Row{"00380501234567", "+380501234567"},
    Row{"00 380 50 123 45 67", "+380501234567"},
    // National
    Row{"0501234567", "+380501234567"},
    Row{"050 123 45 67", "+380501234567"},
    Row{"(050) 123-45-67", "+380501234567"},
    Row{"(044)234-56-78", "+380442345678"},
    Row{"0671112233", "+380671112233"},
    Row{"0800500500", "+380800500500"},
    // The old trunk prefix 8
    Row{"80501234567", "+380501234567"},
    Row{"8 050 123 45 67", "+380501234567"},
    Row{"8 (050) 123-45-67", "+380501234567"},
    // Prefixes that older tables call invalid: never judged
    Row{"0771234567", "+380771234567"},
    Row{"0751234567", "+380751234567"},
    Row{"0701234567", "+380701234567"},
    Row{"0201234567", "+380201234567"},
    // URIs, as exchanges and browsers write them
    Row{"sip:+380501234567@pbx.example", "+380501234567"},
    Row{"sip:0501234567@10.0.0.5:5060;user=phone", "+380501234567"},
    Row{"sips:+380501234567@pbx.example;transport=tls", "+380501234567"},
    Row{"sip:%2B380501234567@pbx.example", "+380501234567"},
    Row{"tel:+380-50-123-45-67", "+380501234567"},
    Row{"tel:+380501234567;ext=12", "+380501234567"},
    Row{"\"Ivan\" <sip:+380501234567@pbx.example>;tag=1", "+380501234567"},
    Row{"\"Іван\" <0501234567>", "+380501234567"},
    Row{"<tel:0501234567>", "+380501234567"},
    Row{"\"Ivan\" <0501234567", "+380501234567"},
    Row{"SIP:+380501234567@PBX.example", "+380501234567"},
    Row{"sip:0501234567:secret@pbx.example", "+380501234567"},
    Row{"sip:%2B38%28050%29123-45-67@pbx.example", "+380501234567"},
    Row{"tel:050-123-45-67;phone-context=+380", "+380501234567"},
    Row{"%252B380501234567", ""},  // decoded once
    Row{"0501234567%", ""},
    Row{"0501234567%2", ""},
    Row{"0501234567%zz", ""},
    // Addresses of machines, which have as many digits as a number may have
    Row{"sip:80.123.123.123", ""},
    Row{"sip:80.123.123.123:5060", ""},
    Row{"80.123.123.123", ""},
    Row{"80.501.234.567", "+380501234567"},  // no address has such a group
    // Extensions stay apart
    Row{"+380501234567,12", "+380501234567"},
    Row{"050 123 45 67, 12", "+380501234567"},
    Row{"050 123 45 67 x12", "+380501234567"},
    Row{"050 123 45 67 X 12", "+380501234567"},
    Row{"050 123 45 67 ext. 12", "+380501234567"},
    Row{"050 123 45 67 extension 123456", "+380501234567"},
    Row{"050 123 45 67 #12", "+380501234567"},
    Row{"(050) 123-45-67 доб. 12", "+380501234567"},
    Row{"(050) 123-45-67 Доб: 12", "+380501234567"},
    Row{"(050) 123-45-67, доб. 12", "+380501234567"},
    Row{"(050) 123-45-67 дод.12", "+380501234567"},
    Row{"(050) 123-45-67 (вн. 12)", "+380501234567"},
    Row{"%2B380501234567%3Bext=12", "+380501234567"},
    Row{"050 123 45 67 x", ""},
    Row{"050 123 45 67, ", ""},
    Row{"050 123 45 67 x1234567", ""},
    Row{"050 123 45 67 кв. 12", ""},
    Row{"101 x12", ""},
    // Two numbers in one are none: nobody said which
    Row{"050 123 45 67, 067 123 45 67", ""},
    Row{"0501234567/0671234567", ""},
    // What word processors make of spaces and dashes; the tilde is a tone to wait for
    Row{"+38\u00a0050\u00a0123\u201345\u201167", "+380501234567"},
    Row{"8~050 123 45 67", "+380501234567"},
    Row{"0~0 380 50 123 45 67", "+380501234567"},
    // The trunk prefix behind a country's code
    Row{"+380 (0) 50 123 45 67", "+380501234567"},
    Row{"+380 050 123 45 67", "+380501234567"},
    Row{"+44 (0)20 7946 0958", "+442079460958"},
    Row{"0049 (0) 30 123456", "+4930123456"},
    Row{"+39 (0)6 1234 5678", "+390612345678"},  // Italy's numbers begin with 0
    Row{"+48 (0)22 123 45 67", ""},              // Poland has no trunk prefix
    Row{"+44 00 20 7946 0958", ""},
    Row{"+385 (0)1 234 5678", ""},  // a country that the table does not hold
    Row{"+38500123", "+38500123"},
    // Ten digits only behind 800 and 900
    Row{"0 800 123 4567", "+3808001234567"},
    Row{"+380 900 234 567", "+380900234567"},
    Row{"80012345678", ""},  // the freephone number of all countries, not +380012345678
    Row{"+380012345678", ""},
    // Abroad
    Row{"+48221234567", "+48221234567"},
    Row{"0048 22 123 45 67", "+48221234567"},
    Row{"+1 (212) 555-0123", "+12125550123"},
    Row{"+4912345678901234", ""},  // 16 digits
    Row{"+491234567890123", "+491234567890123"},
    Row{"+1234567", "+1234567"},
    Row{"+123456", ""},
    Row{"+0501234567", ""},  // no country begins with 0
    // Not surely ours: a Russian number, a foreign one without its plus, no trunk prefix
    Row{"84951234567", ""},
    Row{"74993836476", ""},
    Row{"48221234567", ""},
    Row{"501234567", ""},
    Row{"2345678", ""},
    Row{"8103805012345", ""},
    // Ukraine's numbers have nine digits after +380
    Row{"+38050123456", ""},
    Row{"+3805012345678", ""},
    Row{"38050123456", ""},
    Row{"3805012345678", ""},
    Row{"050123456", ""},
    Row{"05012345678", ""},
    // Extensions and short numbers
    Row{"101", ""},
    Row{"2", ""},
    Row{"123456", ""},
    Row{"*43", ""},
    // Nobody
    Row{"", ""},
    Row{" ", ""},
    Row{"+", ""},
    Row{"00", ""},
    Row{"anonymous", ""},
    Row{"Anonymous", ""},
    Row{"Restricted", ""},
    Row{"unknown", ""},
    Row{"s", ""},
    Row{"<unknown>", ""},
    Row{"client:olena", ""},
    Row{"sip:olena@pbx.example", ""},
    Row{"sip:anonymous@anonymous.invalid", ""},
    Row{"<>", ""},
    Row{"sip:", ""},
    // Not digits
    Row{"+38050123456a", ""},
    Row{"050123456O", ""},
    Row{"++380501234567", ""},
    Row{"+380501234567+", ""},
    Row{"+38050 12345№7", ""},
    Row{"٠٥٠١٢٣٤٥٦٧", ""},
};

}  // namespace

TEST_CASE("phone: the golden table of spellings", "[events][phone]") {
  for (const auto& row : kSpellings) {
    const auto phone = normalise_phone(row.raw);
    INFO("spelled '" << row.raw << "'");
    CHECK((phone ? phone->text() : "") == row.number);
  }
}

TEST_CASE("phone: a normalised number is its own normal form", "[events][phone]") {
  for (const auto& row : kSpellings) {
    if (row.number.empty()) continue;
    CHECK(normalise_phone(row.number)->text() == row.number);
    CHECK(Phone::parse(row.number)->text() == row.number);
  }
}

TEST_CASE("phone: whatever is spelled, what is read is its own normal form", "[events][phone]") {
  static constexpr std::array kPieces{
      "+", "0", "380", "50",       "1234567", "(0)", "x", "ext",   ",",      "доб", "%2B",
      "%", "<", ">",   "sip:",     "tel:",    "@",   "h", ";ext=", "12",     "#",   " ",
      "-", ".", "~",   "80.1.1.1", "\xd0",    "вн",  ":", "00",    "\u00a0", "44",  "1"};
  std::mt19937 chance(20261124);
  std::size_t numbers = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string spelled;
    for (std::size_t pieces = chance() % 9; pieces > 0; --pieces) {
      spelled += kPieces[chance() % kPieces.size()];
    }
    const auto phone = normalise_phone(spelled);
    if (!phone) continue;
    ++numbers;
    INFO("spelled '" << spelled << "'");
    REQUIRE(Phone::parse(phone->text()));
    REQUIRE(normalise_phone(phone->text()) == phone);
  }
  CHECK(numbers > 100);
}

TEST_CASE("phone: an event holds E.164 and nothing else", "[events][phone]") {
  CHECK(verdict(Phone::parse("+1234567")) == "ok");
  CHECK(verdict(Phone::parse("+123456789012345")) == "ok");
  for (const std::string_view text :
       {"", "+", "+123456", "+1234567890123456", "380501234567", "0501234567", "+0501234567",
        "+38050 1234567", "+38050123456x", "380501234567+", "++80501234567"}) {
    INFO(text);
    CHECK(verdict(Phone::parse(text)) == "invalid-field");
  }
}

TEST_CASE("phone: a card takes a number as it is dialled, and keeps it in E.164",
          "[events][phone]") {
  for (const std::string_view text :
       {"+380501234567", "0501234567", "8 050 123 45 67", "8(050)123-45-67", "(050) 123-45-67",
        "380501234567", "00380501234567", "050.123.4567"}) {
    INFO(text);
    const auto phone = Phone::parse_spelled(text);
    REQUIRE(verdict(phone) == "ok");
    CHECK(phone->text() == "+380501234567");
  }
  // What the log may hold a card may say, also where no rule of ours knows the country.
  CHECK(Phone::parse_spelled("+38050123456")->text() == "+38050123456");
  // Of a second number a card would keep half.
  for (const std::string_view text : {"", "101", "1234567", "050123456", "0501234567 доб. 1234567",
                                      "tel:0501234567", "0501234567/68", "0501234567 0671234567",
                                      "8 050 123 45 67               1", "050.123.45.67"}) {
    INFO(text);
    CHECK(verdict(Phone::parse_spelled(text)) == "invalid-field");
  }
}

TEST_CASE("phone: a card keeps an extension, spelled in any way, in one", "[events][phone]") {
  for (const std::string_view text :
       {"0501234567 вн. 12", "050 123 45 67 ext 12", "+380501234567,12", "+380501234567;ext=12",
        "+380501234567 доб. 12", "tel:+380501234567;ext=12", "0501234567, 12",
        "(050)1234567 #12"}) {
    INFO(text);
    const auto phone = Phone::parse_spelled(text);
    REQUIRE(verdict(phone) == "ok");
    CHECK(phone->text() == "+380501234567;ext=12");
    CHECK(phone->number() == "+380501234567");
    CHECK(phone->has_extension());
    // What is kept is read again as it is.
    CHECK(Phone::parse(phone->text()) == *phone);
  }
  CHECK(Phone::parse_spelled("0501234567 вн. 007")->text() == "+380501234567;ext=007");
  CHECK(Phone::parse_spelled("+44 (0)20 7946 0018 доб. 12")->text() == "+442079460018;ext=12");
  const auto alone = must(Phone::parse("+380501234567"));
  CHECK(alone.number() == alone.text());
  CHECK_FALSE(alone.has_extension());
  for (const std::string_view text :
       {"101 вн. 12", "0501234567, 0671234567", "05012345 вн. 12", "+380501234567;ext=",
        "+380501234567;ext=1234567", "+380501234567;ext=1a", "+380501234567;ext=12;ext=13",
        ";ext=12", "0501234567 вн. 12                                                        "}) {
    INFO(text);
    CHECK(verdict(Phone::parse_spelled(text)) == "invalid-field");
    CHECK_FALSE(Phone::parse(text));
  }
}

}  // namespace ledger::testing
