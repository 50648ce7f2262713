// Goal: one letter is one offer for each company that it reached. Method: one good letter and one
// change at a time; fixtures for what has to be bytes.
#include "platform/sha256.h"
#include "tests/producers/email/letter.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::letter;

TEST_CASE("mail: an offer with all it says", "[producers][email]") {
  const auto mapped = map(Letter().set("In-Reply-To", "<q7@firm.example>"));
  REQUIRE(mapped.events.size() == 1);
  CHECK(mapped.refused.empty());
  CHECK(mapped.skipped.empty());
  CHECK(mapped.events[0].source == "mail");
  CHECK(mapped.events[0].id == "<a1@gurt.example>|firm.example");
  CHECK(format_timestamp(mapped.events[0].time) == "2026-11-24T08:15:00Z");
  const auto sent = offer(mapped);
  CHECK(sent.message_id == "<a1@gurt.example>");
  CHECK(sent.sender.text() == "bondar@gurt.example");
  CHECK(sent.subject == "Offer");
  CHECK(sent.in_reply_to == "<q7@firm.example>");
  CHECK(sent.attachments.empty());
  CHECK(map(Letter(), {.source = "mail/kyiv"}).events.at(0).source == "mail/kyiv");
}

TEST_CASE("mail: recipients of one company are one offer, whatever header names them",
          "[producers][email]") {
  const auto mapped = map(Letter()
                              .set("To", "a@firm.example, Chief <b@FIRM.example>")
                              .add("Cc", "c@firm.example, a@firm.example")
                              .add("Bcc", "d@firm.example"));
  REQUIRE(mapped.events.size() == 1);
  CHECK(recipients(mapped) == "a@firm.example b@firm.example c@firm.example d@firm.example");
}

TEST_CASE("mail: three companies are three offers with one message id", "[producers][email]") {
  const auto mapped = map(Letter()
                              .set("To", "a@one.example, x@two.example")
                              .add("Cc", "b@one.example, y@three.example"));
  REQUIRE(mapped.events.size() == 3);
  CHECK(recipients(mapped, 0) == "a@one.example b@one.example");
  CHECK(recipients(mapped, 1) == "x@two.example");
  CHECK(recipients(mapped, 2) == "y@three.example");
  CHECK(mapped.events[2].id == "<a1@gurt.example>|three.example");
  CHECK(offer(mapped, 2).message_id == "<a1@gurt.example>");
}

TEST_CASE("mail: at a free provider each address stands for itself", "[producers][email]") {
  const auto mapped = map(Letter().set("To", "a@ukr.net, b@ukr.net, c@gmail.com, d@firm.example"));
  REQUIRE(mapped.events.size() == 4);
  CHECK(mapped.events[0].id == "<a1@gurt.example>|a@ukr.net");
  CHECK(mapped.events[1].id == "<a1@gurt.example>|b@ukr.net");
  CHECK(mapped.events[3].id == "<a1@gurt.example>|firm.example");
}

TEST_CASE("mail: our own people and robots are no recipients", "[producers][email]") {
  struct Row {
    std::string from, to;
    std::vector<std::string> own_domains;
    std::string expected;
  };
  const std::vector<Row> rows{
      {"m@gurt.example", "x@firm.example, chief@gurt.example", {}, "x@firm.example"},
      {"m@gurt.example", "x@firm.example, y@sub.gurt.example", {"gurt.example"}, "x@firm.example"},
      {"m@gurt.example", "x@notgurt.example", {"gurt.example"}, "x@notgurt.example"},
      // A manager writing from ukr.net does not make ukr.net ours.
      {"m@ukr.net", "m@ukr.net, x@ukr.net", {}, "x@ukr.net"},
      {"m@gurt.example", "noreply@firm.example, x@firm.example", {}, "x@firm.example"},
      {"m@gurt.example", "chief@gurt.example", {}, ""},
      {"m@gurt.example", "no-reply@firm.example", {}, ""},
      {"m@gurt.example", "no_reply@firm.example, NO.REPLY@firm.example", {}, ""},
      {"m@gurt.example", "noreply+7@firm.example, no-reply-2@firm.example", {}, ""},
      {"m@gurt.example", "do_not_reply@firm.example, mailer.daemon@firm.example", {}, ""},
      {"m@gurt.example", "reply@firm.example", {}, "reply@firm.example"},
      {"m@gurt.example", "norep@firm.example", {}, "norep@firm.example"}};
  for (const Row& row : rows) {
    INFO(row.from << " to " << row.to);
    const auto mapped = map(Letter().set("From", row.from).set("To", row.to),
                            mail::Settings{.own_domains = row.own_domains});
    CHECK(mapped.refused.empty());
    if (row.expected.empty()) {
      CHECK(mapped.events.empty());
      REQUIRE(mapped.skipped.size() == 1);
      CHECK(mapped.skipped[0].reason == "no recipient outside the house");
    } else {
      REQUIRE(mapped.events.size() == 1);
      CHECK(recipients(mapped) == row.expected);
    }
  }
}

TEST_CASE("mail: what no person wrote is no offer", "[producers][email]") {
  const std::vector<std::pair<std::string, std::string>> automatic{
      {"Auto-Submitted", "auto-replied"},
      {"auto-submitted", "Auto-Generated (failure)"},
      {"Precedence", "bulk"},
      {"Precedence", "JUNK"},
      {"Precedence", "list"},
      {"List-Id", "<news.firm.example>"},
      {"Return-Path", "<>"},
      {"X-Autoreply", "yes"},
      {"Subject", "Автоматична відповідь: Відпустка"},
      {"Subject", "Out of office"},
      {"Content-Type", "text/calendar; method=REPLY; charset=utf-8"},
      {"Content-Type", "Text/Calendar; method=request; name=invite.ics"},
      {"Content-Type", "multipart/report; report-type=delivery-status; boundary=b"}};
  for (const auto& [name, value] : automatic) {
    INFO(name << ": " << value);
    // Also where the rest of the letter would be refused.
    const auto mapped =
        map(Letter().drop("Date").set(name, value).body("--b\r\n\r\nx\r\n--b--\r\n"));
    CHECK(mapped.events.empty());
    CHECK(mapped.refused.empty());
    CHECK(mapped.skipped.size() == 1);
  }
  const std::vector<std::pair<std::string, std::string>> by_people{
      {"Auto-Submitted", "no"},
      {"Auto-Submitted", "No; reason=x"},
      {"Precedence", "first-class"},
      {"X-Autoreply", "no"},
      {"Subject", "Office"},
      {"Content-Type", "text/calendar"},  // a calendar that asks for no answer
      {"Return-Path", "<bondar@gurt.example>"}};
  for (const auto& [name, value] : by_people) {
    INFO(name << ": " << value);
    CHECK(map(Letter().set(name, value)).events.size() == 1);
  }
}

TEST_CASE("mail: a meeting is no offer, an appointment beside an offer takes nothing from it",
          "[producers][email]") {
  const auto with_part = [](const std::string& headers) {
    return map(
        Letter()
            .add("MIME-Version", "1.0")
            .add("Content-Type", "multipart/mixed; boundary=b")
            .body("--b\r\n\r\nText\r\n--b\r\n" + headers + "\r\n\r\nBEGIN:VCALENDAR\r\n--b--\r\n"));
  };
  const auto meeting = with_part("Content-Type: text/calendar; method=REPLY");
  CHECK(meeting.events.empty());
  REQUIRE(meeting.skipped.size() == 1);
  CHECK(meeting.skipped[0].reason == "of a calendar (METHOD:REPLY)");
  const auto attached = with_part(
      "Content-Type: text/calendar; method=PUBLISH\r\n"
      "Content-Disposition: attachment; filename=visit.ics");
  CHECK(offer(attached).attachments.size() == 1);
}

TEST_CASE("mail: a letter is of when the gateway took it; Date is kept where it is far from that",
          "[producers][email]") {
  const auto is_kept = [](const std::string& received) {
    const mail::Settings settings{.received_at = parse_timestamp(received).value()};
    const auto mapped = map(Letter(), settings);
    CHECK(format_timestamp(mapped.events.at(0).time) == received);
    return offer(mapped).sender_date == "Tue, 24 Nov 2026 10:15:00 +0200";
  };
  CHECK_FALSE(is_kept("2026-11-24T08:15:01Z"));
  CHECK_FALSE(is_kept("2026-11-24T09:15:00Z"));
  CHECK(is_kept("2026-11-24T09:15:01Z"));
  CHECK_FALSE(is_kept("2026-11-24T07:15:00Z"));
  CHECK(is_kept("2026-11-24T07:14:59Z"));
}

TEST_CASE("mail: subjects are decoded into one clean line", "[producers][email]") {
  const std::vector<std::pair<std::string, std::optional<std::string>>> rows{
      {"=?utf-8?B?0J/RgNC+0L/QvtC30LjRhtGW0Y8=?=", "Пропозиція"},
      {"=?windows-1251?B?z/Du7+7n6Pbz/w==?=", "Пропозицуя"},
      {"=?koi8-u?Q?=F0=D2=C9=D7=A6=D4?=", "Привіт"},
      {"=?utf-8?Q?one?=\r\n =?utf-8?Q?_two?=", "one two"},
      {"=?utf-8?Q?a=0D=0ABcc:_x=01?=", "a  Bcc: x"},
      {"\xCF\xF0\xE8\xE2\xE5\xF2", "Привет"},  // bytes of windows-1251 as they are
      {"Привіт", "Привіт"},
      {"=?NONE?B?VEVTVA=?=", "TEST"},
      {"", std::nullopt},
      {" \t ", std::nullopt}};
  for (const auto& [header, expected] : rows) {
    INFO(header);
    CHECK(offer(map(Letter().set("Subject", header))).subject == expected);
  }
  CHECK_FALSE(offer(map(Letter().drop("Subject"))).subject.has_value());
}

TEST_CASE("mail: message ids and replies are kept as ids", "[producers][email]") {
  CHECK(offer(map(Letter().set("Message-ID", "\r\n <Case.Kept@X.ua> (note)"))).message_id ==
        "<Case.Kept@X.ua>");
  CHECK(offer(map(Letter().set("Message-ID", "bare@x.ua"))).message_id == "<bare@x.ua>");
  CHECK(offer(map(Letter().set("In-Reply-To", "Your letter <q@x.ua> of Monday"))).in_reply_to ==
        "<q@x.ua>");
  CHECK(offer(map(Letter().set("In-Reply-To", "no id"))).in_reply_to == "no id");
  CHECK_FALSE(offer(map(Letter().set("In-Reply-To", " "))).in_reply_to.has_value());
  // The thread alone says it too: its last letter is the one answered.
  const auto thread = Letter().set("References", "<a@x.ua>\r\n <b@x.ua> broken");
  CHECK(offer(map(thread)).in_reply_to == "<b@x.ua>");
  CHECK(offer(map(Letter(thread).set("In-Reply-To", "<a@x.ua>"))).in_reply_to == "<a@x.ua>");
  CHECK(offer(map(Letter(thread).set("In-Reply-To", " "))).in_reply_to == "<b@x.ua>");
  CHECK_FALSE(offer(map(Letter().set("References", "none"))).in_reply_to.has_value());
}

TEST_CASE("mail: a picture that the text shows is no attachment", "[producers][email]") {
  const auto names = [](const std::string& headers) {
    const auto mapped =
        map(Letter()
                .add("MIME-Version", "1.0")
                .add("Content-Type", "multipart/related; boundary=b")
                .body("--b\r\nContent-Type: text/html\r\n\r\n<img src=\"cid:logo\">\r\n--b\r\n" +
                      headers + "\r\n\r\nPNG\r\n--b--\r\n"));
    std::string all;
    for (const auto& one : offer(mapped).attachments) all += one.name + " ";
    return all;
  };
  const std::string logo = "Content-Type: image/png; name=logo.png\r\nContent-ID: <logo>";
  CHECK(names(logo).empty());
  CHECK(names(logo + "\r\nContent-Disposition: inline; filename=logo.png").empty());
  // Gmail gives an id to every file, and whoever shows a scan in his text without one means it.
  CHECK(names(logo + "\r\nContent-Disposition: attachment; filename=scan.png") == "scan.png ");
  CHECK(names("Content-Type: image/png; name=scan.png") == "scan.png ");
  CHECK(names("Content-Type: application/pdf; name=a.pdf\r\nContent-ID: <logo>") == "a.pdf ");
}

TEST_CASE("mail: attachments are named, measured and hashed by their decoded content",
          "[producers][email]") {
  const auto sent = offer(map(fixture("attachments.eml")));
  REQUIRE(sent.attachments.size() == 4);
  // RFC 2231 in two pieces; base64 of "price list\n".
  CHECK(sent.attachments[0].name == "прайс листопад.pdf");
  CHECK(sent.attachments[0].media_type == "application/pdf");
  CHECK(sent.attachments[0].size_bytes == 11);
  CHECK(sent.attachments[0].sha256 == to_hex(sha256("price list\n")));
  // RFC 2047 inside a parameter, as many mail programs write it; shown inline, named all the same.
  CHECK(sent.attachments[1].name == "умови.txt");
  CHECK(sent.attachments[1].media_type == "text/plain");
  CHECK(sent.attachments[1].sha256 == to_hex(sha256("=20")));
  CHECK(sent.attachments[2].name == "unnamed");
  CHECK(sent.attachments[2].size_bytes == 0);
  CHECK(sent.attachments[3].media_type == "message/rfc822");
  CHECK(sent.attachments[3].size_bytes > 0);
  CHECK(sent.subject == "Пропозиція на листопад");
}

TEST_CASE("mail: a letter from a mailbox file is read behind its From line", "[producers][email]") {
  CHECK(map("From bondar@gurt.example Tue Nov 24 10:15:00 2026\r\n" + Letter().bytes())
            .events.size() == 1);
}

TEST_CASE("mail: a boundary that is never closed loses no attachment", "[producers][email]") {
  const auto sent = offer(map(Letter()
                                  .add("MIME-Version", "1.0")
                                  .add("Content-Type", "multipart/mixed; boundary=b")
                                  .body("--b\r\n\r\nhello\r\n--b\r\nContent-Type: text/csv; "
                                        "name=a.csv\r\n\r\n1,2")));
  REQUIRE(sent.attachments.size() == 1);
  CHECK(sent.attachments[0].sha256 == to_hex(sha256("1,2")));
}
