// Goal: what the outside world assigns is checked by its own rules, and has one spelling. Method:
// the vectors of domain-semantics.md 4c of the design, and the invalid neighbour of each.
#include "events/identifiers.h"

#include "events/free_mail.h"
#include "events/ids.h"
#include "platform/limits.h"
#include "tests/events/samples.h"
#include "tests/events/spelled.h"
#include "tests/support/catch.h"

namespace ledger::testing {

namespace {

bool check_digit_ok(std::string_view code) { return must(TaxCode::parse(code)).check_digit_ok(); }

}  // namespace

TEST_CASE("tax code: EDRPOU vectors", "[events][identifiers]") {
  CHECK(check_digit_ok("32855961"));  // first digit 3 to 5: weights 7,1,2,3,4,5,6
  CHECK_FALSE(check_digit_ok("32855968"));
  CHECK(check_digit_ok("14360570"));  // others: 1 to 7
  CHECK(check_digit_ok("00032129"));  // leading zeros count
  CHECK(check_digit_ok("21133352"));  // 10 in the first pass: weights + 2
  CHECK(check_digit_ok("30000440"));  // 10 in both: 0
  for (const char digit : std::string_view("123456789")) {
    CHECK_FALSE(check_digit_ok(std::string("3000044") + digit));
  }
}

TEST_CASE("tax code: RNOKPP vectors", "[events][identifiers]") {
  CHECK(check_digit_ok("1759013776"));
  CHECK_FALSE(check_digit_ok("1759013775"));
  CHECK(check_digit_ok("1000000000"));  // the sum is -1, its remainder 10
  CHECK_FALSE(check_digit_ok("1000000009"));
  CHECK_FALSE(check_digit_ok("1000000001"));
}

TEST_CASE("tax code: a wrong check digit is a warning, a wrong length a refusal",
          "[events][identifiers]") {
  CHECK(verdict(TaxCode::parse("32855968")) == "ok");
  CHECK(must(TaxCode::parse("00032129")).text() == "00032129");
  for (const std::string_view text :
       {"", "1234567", "123456789", "12345678901", "1436057a", "14360570 ", "١٢٣٤٥٦٧٨"}) {
    CHECK(verdict(TaxCode::parse(text)) == "invalid-field");
  }
}

TEST_CASE("iban: check digits and spelling", "[events][identifiers]") {
  const std::string_view account = "UA213223130000026007233566001";
  CHECK(must(Iban::parse(account)).text() == account);
  CHECK(must(Iban::parse("ua21 3223 1300 0002 6007 2335 6600 1")).text() == account);
  CHECK(must(Iban::parse("DE89370400440532013000")).text() == "DE89370400440532013000");
  CHECK(must(Iban::parse("NO9386011117947")).text() == "NO9386011117947");  // the shortest
  CHECK(must(Iban::parse("MT84MALT011000012345MTLCAST001S")).text().size() == 31);
}

TEST_CASE("iban: what is none is refused", "[events][identifiers]") {
  for (const std::string_view text : {"UA223223130000026007233566001",   // one check digit off
                                      "UA213223130000026007233566010",   // two digits exchanged
                                      "UA21322313000002600723356600",    // a digit short
                                      "UA2132231300000260072335660011",  // one too many
                                      "NO938601111794",                  // shorter than any
                                      "21UA3223130000026007233566001",   // no country
                                      "UAXX3223130000026007233566001",   // no check digits
                                      "26007233566001",  // an account of the old kind
                                      "UA21-3223-1300-0002-6007-2335-6600",  // dashes
                                      "", "UA", " "}) {
    INFO(text);
    CHECK(verdict(Iban::parse(text)) == "invalid-field");
  }
}

TEST_CASE("iban: check digits are digits", "[events][identifiers]") {
  // "9Y" in place of "94" has the same remainder: nothing but digits may stand there.
  std::size_t letters_that_fit = 0;
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second) {
      const std::string text = {'N', 'O', first, second};
      letters_that_fit += Iban::parse(text + "86011117947").has_value();
    }
  }
  CHECK(letters_that_fit == 0);
}

TEST_CASE("email: an address is kept in lower case", "[events][identifiers]") {
  CHECK(must(Email::parse("Olena.Koval+Offers@Gurt.Example")).text() ==
        "olena.koval+offers@gurt.example");
  CHECK(must(Email::parse("buyer@firm.ua")).domain() == "firm.ua");
  CHECK(must(Email::parse("x@localhost")).domain() == "localhost");
  CHECK(must(Email::parse("пошта@приклад.укр")).domain() == "приклад.укр");
  const std::string longest = std::string(limits::kIdBytesMax - 8, 'x') + "@firm.ua";
  CHECK(verdict(Email::parse(longest)) == "ok");
  CHECK(verdict(Email::parse("x" + longest)) == "invalid-field");
}

TEST_CASE("email: a domain in letters and its form for the wire are one", "[events][identifiers]") {
  const Email letters = must(Email::parse("zakup@ромашка.укр"));
  CHECK(letters.text() == "zakup@ромашка.укр");
  for (const std::string_view text :
       {"Zakup@xn--80aa3agjl3d.xn--j1amh", "zakup@XN--80AA3AGJL3D.xn--J1AMH", "zakup@Ромашка.УКР",
        "zakup@ромашка.xn--j1amh"}) {
    INFO(text);
    CHECK(must(Email::parse(text)) == letters);
  }
  // The same letter in one piece and in two.
  CHECK(must(Email::parse("a@\u0439.укр")) == must(Email::parse("a@\u0438\u0306.укр")));
  // What stands before the @ is the recipient's, and what is no such domain stays.
  for (const std::string_view text :
       {"xn--80aa3agjl3d@firm.ua", "a@xn--.ua", "a@xn--\xd0\xb0.ua", "a@firm_1.ua", "a@-б-.укр"}) {
    INFO(text);
    const Email once = must(Email::parse(text));
    CHECK(once.text() == text);
    CHECK(must(Email::parse(once.text())) == once);
  }
}

TEST_CASE("email: what is no bare address is refused", "[events][identifiers]") {
  for (const std::string_view text :
       {"", "@", "buyer", "buyer@", "@firm.ua", "a@b@c", "Buyer <buyer@firm.ua>", "buyer @firm.ua",
        "buyer@firm.ua ", "buyer@firm.ua\n", "a@b.ua,c@d.ua", "a@b.ua;c@d.ua", "\"a b\"@firm.ua",
        "mailto:buyer@firm.ua", "buyer@[10.0.0.1]", "a\x7f@b.ua"}) {
    INFO(text);
    CHECK(verdict(Email::parse(text)) == "invalid-field");
  }
}

TEST_CASE("email: at free providers a domain is nobody's", "[events][identifiers]") {
  CHECK(is_free_mail_domain("ukr.net"));
  CHECK(is_free_mail_domain("gmail.com"));
  CHECK_FALSE(is_free_mail_domain("romashka.example"));
  CHECK_FALSE(is_free_mail_domain("mail.gmail.com"));
  CHECK_FALSE(is_free_mail_domain(""));
}

TEST_CASE("ids: letters, digits and the signs that senders use", "[events][identifiers]") {
  for (const std::string_view text :
       {"c-1", "1764057600.42", "a_b:c/d@e+f|g=h~i#j", "0", "CA1234567890abcdef"}) {
    CHECK(must(ClientId::parse(text)).text() == text);
  }
  CHECK(verdict(ClientId::parse(std::string(limits::kIdBytesMax, 'x'))) == "ok");
  CHECK(verdict(ClientId::parse(std::string(limits::kIdBytesMax + 1, 'x'))) == "invalid-field");
  for (const std::string_view text : {"", " ", "a b", "a\nb", "клієнт", "a%20b", "a?b", "a&b",
                                      "a\"b", "a\\b", "<a>", "a,b", "a;b", "a*b"}) {
    INFO(text);
    CHECK(verdict(ClientId::parse(text)) == "invalid-field");
  }
  CHECK(verdict(ClientId::parse(std::string_view("a\0b", 3))) == "invalid-field");
}

}  // namespace ledger::testing
