// Goal: a letter that cannot be an offer is named by what is wrong with it. Method: the good letter
// without, or with a wrong, one thing; both sides of each limit.
#include <algorithm>

#include "platform/limits.h"
#include "producers/email/message/mime_message.h"
#include "tests/producers/email/letter.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::letter;

namespace {

void check_refused(const Mapped& mapped, ErrorCode code, const std::string& field) {
  CHECK(mapped.events.empty());
  REQUIRE(mapped.refused.size() == 1);
  CHECK(name_of(mapped.refused[0].error.code) == name_of(code));
  CHECK(mapped.refused[0].error.field == field);
  CHECK_FALSE(mapped.refused[0].error.message.empty());
  CHECK(mapped.refused[0].raw.size() <= 4096);
}

void check_refused(const Letter& letter, ErrorCode code, const std::string& field) {
  INFO(letter.bytes().substr(0, 400));
  check_refused(map(letter), code, field);
}

// "a0@firm.example, a1@firm.example…" or, spread, "a@firm0.example, a@firm1.example…".
std::string many(std::size_t count, bool spread) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    list += (i == 0 ? "" : ",\r\n ") +
            (spread ? "a@firm" + number + ".example" : "a" + number + "@firm.example");
  }
  return list;
}

}  // namespace

TEST_CASE("mail: a letter without Date, From or recipients is refused by that name",
          "[producers][email]") {
  check_refused(Letter().drop("Date"), ErrorCode::kMissingField, "date");
  check_refused(Letter().set("Date", ""), ErrorCode::kMissingField, "date");
  check_refused(Letter().drop("From"), ErrorCode::kMissingField, "from");
  check_refused(Letter().drop("To"), ErrorCode::kMissingField, "recipients");
  check_refused(Letter().set("To", "undisclosed-recipients:;"), ErrorCode::kMissingField,
                "recipients");
  check_refused(map(fixture("no-date.eml")), ErrorCode::kMissingField, "date");
}

TEST_CASE("mail: dates that cannot be are refused", "[producers][email]") {
  check_refused(Letter().set("Date", "Wed, 31 Dec 1969 23:59:59 +0000"), ErrorCode::kOutOfRange,
                "date");
  check_refused(Letter().set("Date", "yesterday \xB2"), ErrorCode::kInvalidField, "date");
  check_refused(Letter().set("Date", "24 Nov 2026 10:15:00"), ErrorCode::kInvalidField, "date");
  check_refused(Letter().add("Date", "Tue, 24 Nov 2026 10:15:00 +0200"), ErrorCode::kInvalidField,
                "date");
}

TEST_CASE("mail: several authors need a Sender who says which of them wrote",
          "[producers][email]") {
  const auto two = Letter().set("From", "a@gurt.example, b@gurt.example");
  check_refused(two, ErrorCode::kInvalidField, "from");
  check_refused(Letter().add("From", "b@gurt.example"), ErrorCode::kInvalidField, "from");
  check_refused(Letter(two).add("Sender", "a@gurt.example, b@gurt.example"),
                ErrorCode::kInvalidField, "from");
  check_refused(Letter(two).add("Sender", "nobody"), ErrorCode::kInvalidField, "sender");
  CHECK(offer(map(Letter(two).add("Sender", "b@gurt.example"))).sender.text() == "b@gurt.example");
  check_refused(Letter().set("From", "Olena"), ErrorCode::kInvalidField, "from");
  check_refused(Letter().set("From", "\xB2@gurt.example"), ErrorCode::kMalformed, "from");
}

TEST_CASE("mail: an invalid recipient is refused alone", "[producers][email]") {
  const auto mapped = map(Letter().set("To", "good@firm.example, bad@, Fine <fine@firm.example>"));
  CHECK(recipients(mapped) == "good@firm.example fine@firm.example");
  REQUIRE(mapped.refused.size() == 1);
  CHECK(mapped.refused[0].where == "recipient 2 (To)");
  CHECK(mapped.refused[0].raw == "bad@");
  CHECK(mapped.refused[0].error.code == ErrorCode::kInvalidField);
  CHECK(mapped.refused[0].error.field == "recipients");
  check_refused(Letter().set("To", "nobody"), ErrorCode::kInvalidField, "recipients");
}

TEST_CASE("mail: what is no message is malformed", "[producers][email]") {
  for (const std::string bytes : {"", "\x01\x02\x03", "just words"}) {
    INFO(bytes);
    check_refused(map(bytes), ErrorCode::kMalformed, "");
  }
}

TEST_CASE("mail: sizes at their limits, and one over", "[producers][email]") {
  const std::string head = Letter().body("").bytes();
  const auto of_size = [&](std::size_t size) {
    return head + std::string(size - head.size(), 'x');
  };
  CHECK(map(of_size(mail::kMessageBytesMax)).events.size() == 1);
  check_refused(map(of_size(mail::kMessageBytesMax + 1)), ErrorCode::kTooLarge, "");

  const auto subject = [](std::size_t size) {
    return Letter().set("Subject", std::string(size, 's'));
  };
  CHECK(map(subject(limits::kTextBytesMax)).events.size() == 1);
  check_refused(subject(limits::kTextBytesMax + 1), ErrorCode::kTooLarge, "subject");
  const auto reply = [](std::size_t size) {
    return Letter().set("In-Reply-To", "<" + std::string(size - 2, 'r') + ">");
  };
  CHECK(map(reply(limits::kTextBytesMax)).events.size() == 1);
  check_refused(reply(limits::kTextBytesMax + 1), ErrorCode::kTooLarge, "in_reply_to");
  // "|firm.example" is 13 bytes of an event's 255, the brackets are 2.
  const auto id = [](std::size_t size) {
    return Letter().set("Message-ID", "<" + std::string(size, 'i') + ">");
  };
  CHECK(map(id(240)).events.size() == 1);
  check_refused(id(241), ErrorCode::kTooLarge, "message_id");
}

TEST_CASE("mail: as many recipients as the limits allow, and one over", "[producers][email]") {
  CHECK(map(Letter().set("To", many(limits::kListItemsMax, false))).events.size() == 1);
  check_refused(Letter().set("To", many(limits::kListItemsMax + 1, false)), ErrorCode::kTooLarge,
                "recipients");
  CHECK(map(Letter().set("To", many(mail::kRecipientsMax, true))).events.size() ==
        mail::kRecipientsMax);
  check_refused(Letter().set("To", many(mail::kRecipientsMax + 1, true)), ErrorCode::kTooLarge,
                "recipients");
}

TEST_CASE("mail: an event that no line could hold is refused", "[producers][email]") {
  std::string parts;
  for (int i = 0; i < 20; ++i) {
    parts += "--b\r\nContent-Type: a/b; name=\"" + std::string(4000, 'n') + "\"\r\n\r\nx\r\n";
  }
  check_refused(
      Letter().add("Content-Type", "multipart/mixed; boundary=b").body(parts + "--b--\r\n"),
      ErrorCode::kTooLarge, "");
}

TEST_CASE("mail: shapes that would cost memory are refused before they are parsed",
          "[producers][email]") {
  const auto repeated = [](const std::string& text, std::size_t count) {
    std::string all;
    all.reserve(text.size() * count);
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
  };
  // The header block: everything before the first empty line.
  const std::string rest = Letter().body("").bytes();
  const std::size_t pad = mail::kHeaderBytesMax - (rest.size() - 3) - std::string("X: \r\n").size();
  CHECK(map(Letter().add("X", std::string(pad, 'x')).body("")).events.size() == 1);
  check_refused(Letter().add("X", std::string(pad + 1, 'x')).body(""), ErrorCode::kTooLarge, "");
  check_refused(map(repeated("a:\n", 300'000)), ErrorCode::kTooLarge, "");

  const auto lines = static_cast<std::size_t>(std::count(rest.begin(), rest.end(), '\n'));
  CHECK(map(Letter().body(repeated("\n", mail::kLinesMax - lines))).events.size() == 1);
  check_refused(Letter().body(repeated("\n", mail::kLinesMax - lines + 1)), ErrorCode::kTooLarge,
                "");
  CHECK(map(Letter().body(repeated("--\n", mail::kBoundaryLinesMax))).events.size() == 1);
  check_refused(Letter().body(repeated("--\n", mail::kBoundaryLinesMax + 1)), ErrorCode::kTooLarge,
                "");
}
