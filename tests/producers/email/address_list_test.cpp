// Goal: no recipient is lost and none is made up. Method: a table of headers and the addresses in
// them, "!" for a mailbox that is none.
#include "producers/email/message/address_list.h"
#include "tests/support/catch.h"

using namespace ledger;

namespace {

std::string read(const std::string& header) {
  std::string text;
  for (const auto& mailbox : mail::read_address_list(header)) {
    text += (text.empty() ? "" : " ") + (mailbox.address ? mailbox.address->text() : "!");
  }
  return text;
}

}  // namespace

TEST_CASE("address list: every form of RFC 5322, and those that people send",
          "[producers][email]") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"a@x.ua", "a@x.ua"},
      {"A@X.ua", "a@x.ua"},
      {"Ivan <a@x.ua>, b@y.ua", "a@x.ua b@y.ua"},
      {"\"Petrenko, Ivan\" <a@x.ua>", "a@x.ua"},
      {"\"a \\\" <b@y.ua>, \" <a@x.ua>", "a@x.ua"},
      {"Петренко, Іван <a@x.ua>", "a@x.ua"},
      {"=?utf-8?B?0IbQstCw0L0=?= <a@x.ua>", "a@x.ua"},
      {"a@x.ua (the boss, (really)), b@y.ua", "a@x.ua b@y.ua"},
      {"a@x.ua (\\), c@z.ua), b@y.ua", "a@x.ua b@y.ua"},
      {"team: a@x.ua, b@y.ua;, c@z.ua", "a@x.ua b@y.ua c@z.ua"},
      {"undisclosed-recipients:;", ""},
      {"<@relay.ua,@other.ua:a@x.ua>", "a@x.ua"},
      {", a@x.ua,,", "a@x.ua"},
      {"a@x.ua; b@y.ua", "a@x.ua b@y.ua"},
      {"a@x.ua,\r\n\tb@y.ua", "a@x.ua b@y.ua"},
      {"<a@x.ua", "a@x.ua"},
      {"", ""},
      {" \r\n ", ""}};
  for (const auto& [header, expected] : rows) {
    INFO(header);
    CHECK(read(header) == expected);
  }
}

TEST_CASE("address list: what is no address stays visible", "[producers][email]") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"ivan", "!"},
      {"Ivan <ivan>", "!"},
      {"a@", "!"},
      {"@x.ua", "!"},
      {"a@b@c.ua", "!"},
      {"a@x.ua b@y.ua", "!"},
      {"<>", "!"},
      {"not an address, x@y.ua", "! x@y.ua"},
      {"good@x.ua, bad@, fine@y.ua", "good@x.ua ! fine@y.ua"},
      {"\"quo ted\"@x.ua", "!"},
      {"a@[192.0.2.1]", "!"},
      {"\"never closed <a@x.ua>, b@y.ua", "!"},
      {"\xB2\xE2\xE0\xED@x.ua", "!"}};
  for (const auto& [header, expected] : rows) {
    INFO(header);
    CHECK(read(header) == expected);
  }
  const auto mailboxes = mail::read_address_list("good@x.ua, Bad Man <bad@>");
  CHECK(mailboxes.at(1).raw == "Bad Man <bad@>");
}
