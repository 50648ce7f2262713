// Goal: a mailbox is its letters, each as if it had come by itself. Method: the same letters as
// files and as an mbox.
#include "producers/email/message/mailbox.h"
#include "tests/producers/email/letter.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::letter;

namespace {

const std::string kFromLine = "From bondar@gurt.example Tue Nov 24 10:15:00 2026\n";

}  // namespace

TEST_CASE("mail: a mailbox file is all its letters", "[producers][email]") {
  const std::string first = Letter().body("Text\nFrom now on: 10:15, 2026\n").bytes();
  const std::string second = Letter()
                                 .set("Message-ID", "<a2@gurt.example>")
                                 .body("\nFrom Monday on we sell paper.\n\nFrom here\n")
                                 .bytes();
  const std::string bad = Letter().set("To", "nobody").bytes();
  const std::string robot = Letter().add("Precedence", "bulk").bytes();
  const auto mapped = mail::map_file(kFromLine + first + "\n" + kFromLine + second + "\n" +
                                         kFromLine + bad + "\n" + kFromLine + robot,
                                     {});
  REQUIRE(mapped.events.size() == 2);
  CHECK(encode_submission(mapped.events[0]) == encode_submission(map(first).events.at(0)));
  CHECK(encode_submission(mapped.events[1]) == encode_submission(map(second).events.at(0)));
  REQUIRE(mapped.refused.size() == 1);
  CHECK(mapped.refused[0].where == "message 3, recipient 1 (To)");
  REQUIRE(mapped.skipped.size() == 1);
  CHECK(mapped.skipped[0].where == "message 4");
}

TEST_CASE("mail: a line that was quoted for the mailbox is read as it was written",
          "[producers][email]") {
  const std::string written = Letter().body("From me\n>From you\n> From nobody\n").bytes();
  const std::string quoted = Letter().body(">From me\n>>From you\n> From nobody\n").bytes();
  const auto mapped = mail::map_file(kFromLine + quoted, {});
  REQUIRE(mapped.events.size() == 1);
  CHECK(encode_submission(mapped.events[0]) == encode_submission(map(written).events.at(0)));
  // Outside a mailbox nothing is quoted.
  CHECK(encode_submission(mail::map_file(quoted, {}).events.at(0)) ==
        encode_submission(map(quoted).events.at(0)));
}

TEST_CASE("mail: mailboxes of odd shape", "[producers][email]") {
  CHECK(mail::map_file(Letter().bytes(), {}).events.size() == 1);
  CHECK(mail::map_file("", {}).refused.size() == 1);
  CHECK(mail::map_file("From ", {}).refused.size() == 1);
  CHECK(mail::map_file("From nobody\n", {}).refused.size() == 1);
  CHECK(mail::map_file("From bondar@gurt.example\r\n" + Letter().bytes(), {}).events.size() == 1);
  CHECK(mail::map_file(kFromLine + Letter().bytes() + "\r\n" +
                           "From x@y Tue Nov 24 10:15:00 EET 2026\r\n" +
                           Letter().set("Message-ID", "<b@x>").bytes(),
                       {})
            .events.size() == 2);
}
