// Goal: a client's answer is his word on the letter that it names, a robot's is none, and nothing
// is an answer because its subject looks like one. Method: one good answer and one change at a
// time.
#include "events/types/offer_response.h"
#include "events/types/talk.h"
#include "tests/producers/email/letter.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::letter;

namespace {

const mail::Settings kGurt{.own_domains = {"gurt.example"}};

Letter answer() {
  return Letter()
      .set("From", "Buyer <buyer@firm.example>")
      .set("To", "Olena <bondar@gurt.example>")
      .set("Message-ID", "<r1@firm.example>")
      .set("Subject", "Re: Offer")
      .add("In-Reply-To", "<a1@gurt.example>");
}

OfferAnswered answered(const Letter& letter) {
  const auto mapped = map(letter, kGurt);
  REQUIRE(mapped.events.size() == 1);
  REQUIRE(mapped.events[0].data.holds<OfferAnswered>());
  return *mapped.events[0].data.get_if<OfferAnswered>();
}

std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "" : " ") + id;
  return text;
}

}  // namespace

TEST_CASE("mail: an answer with all it says", "[producers][email]") {
  const auto mapped = map(answer(), kGurt);
  REQUIRE(mapped.events.size() == 1);
  CHECK(mapped.refused.empty());
  CHECK(mapped.skipped.empty());
  CHECK(mapped.events[0].id == "<r1@firm.example>");
  CHECK(format_timestamp(mapped.events[0].time) == "2026-11-24T08:15:00Z");
  const auto said = answered(answer());
  CHECK(said.message_id == "<r1@firm.example>");
  CHECK(said.in_reply_to == "<a1@gurt.example>");
  CHECK(said.sender.text() == "buyer@firm.example");
  CHECK(said.subject == "Re: Offer");
  CHECK(said.references.empty());
  REQUIRE(said.own_address);
  CHECK(said.own_address->text() == "bondar@gurt.example");
  // Without the house's domains nobody knows who is a client.
  CHECK(map(answer()).events.at(0).data.holds<OfferEmailed>());
}

TEST_CASE("mail: which letters an answer names", "[producers][email]") {
  struct Row {
    std::string in_reply_to, references, answers, others;
  };
  const std::vector<Row> rows{{"<b@x>", "<a@x> <b@x>", "<b@x>", "<a@x>"},
                              {"", "<a@x>\r\n <b@x>", "<b@x>", "<a@x>"},
                              {"<b@x> <c@x>", "", "<b@x>", "<c@x>"},
                              {"Your letter <b@x> of Monday", "<a@x>", "<b@x>", "<a@x>"},
                              {"<not an id> <b@x>", "<a@x> <a@x> broken", "<b@x>", "<a@x>"}};
  for (const auto& row : rows) {
    INFO(row.in_reply_to << " / " << row.references);
    const auto said =
        answered(answer().set("In-Reply-To", row.in_reply_to).set("References", row.references));
    CHECK(said.in_reply_to == row.answers);
    CHECK(joined(said.references) == row.others);
  }
  std::string many = "<root@x>";
  for (int i = 0; i < 300; ++i) many += "\r\n <" + std::to_string(i) + "@x>";
  const auto said = answered(answer().set("References", many));
  CHECK(said.references.size() == 100);
  CHECK(said.references.front() == "<root@x>");
  CHECK(said.references.back() == "<299@x>");
}

TEST_CASE("mail: a subject answers nothing", "[producers][email]") {
  for (const auto& letter :
       {answer().drop("In-Reply-To"), answer().set("In-Reply-To", "your offer"),
        answer().set("In-Reply-To", "<>")}) {
    const auto mapped = map(letter, kGurt);
    REQUIRE(mapped.events.size() == 1);
    const auto* exchanged = mapped.events[0].data.get_if<LetterExchanged>();
    REQUIRE(exchanged != nullptr);
    CHECK(exchanged->direction == LetterDirection::kReceived);
    CHECK(exchanged->address.text() == "buyer@firm.example");
    CHECK(exchanged->subject == "Re: Offer");
    CHECK_FALSE(exchanged->in_reply_to.has_value());
    REQUIRE(exchanged->own_address);
    CHECK(exchanged->own_address->text() == "bondar@gurt.example");
  }
}

TEST_CASE("mail: letters that answer none may be left out", "[producers][email]") {
  const mail::Settings settings{.own_domains = {"gurt.example"}, .answers_only = true};
  CHECK(map(answer(), settings).events.size() == 1);
  const auto mapped = map(answer().drop("In-Reply-To"), settings);
  CHECK(mapped.events.empty());
  REQUIRE(mapped.skipped.size() == 1);
  CHECK(mapped.skipped[0].reason == "a letter of somebody else that answers none");
  CHECK(map(Letter(), settings).events.size() == 1);
}

TEST_CASE("mail: out-of-office answers and receipts are no answers", "[producers][email]") {
  const std::vector<std::pair<std::string, std::string>> robots{
      {"Auto-Submitted", "auto-replied"},
      {"Precedence", "auto_reply"},
      {"X-Autoreply", "yes"},
      {"X-Autorespond", "Offer"},
      {"X-Mail-Autoreply", "1"},
      {"Subject", "Automatic reply: Offer"},
      {"Subject", "Автоматична відповідь: Offer"},
      {"Subject", "=?utf-8?B?0JDQstGC0L7QvNCw0YLQuNGH0L3QsCDQstGW0LTQv9C+0LLRltC00Yw6IHg=?="},
      {"Subject", "Out of Office Re: Offer"},
      {"Return-Path", "<>"},
      {"From", "noreply@firm.example"},
      {"Content-Type", "multipart/report; report-type=disposition-notification; boundary=b"}};
  for (const auto& [name, value] : robots) {
    INFO(name << ": " << value);
    const auto mapped = map(
        answer()
            .set(name, value)
            .body("--b\r\n\r\nread\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
                  "Original-Message-ID: <a1@gurt.example>\r\nDisposition: manual-action; "
                  "displayed\r\n"
                  "--b--\r\n"),
        kGurt);
    CHECK(mapped.events.empty());
    CHECK(mapped.refused.empty());
    CHECK(mapped.skipped.size() == 1);
  }
  CHECK(answered(answer().add("X-Autoreply", "no")).sender.text() == "buyer@firm.example");
  CHECK(answered(answer().set("Subject", "Re: Office supplies")).subject == "Re: Office supplies");
}

TEST_CASE("mail: an answer that came to an alias has no address of ours", "[producers][email]") {
  CHECK_FALSE(answered(answer().set("To", "list@other.example")).own_address.has_value());
  const auto said =
      answered(answer().set("To", "list@other.example").add("Delivered-To", "bondar@gurt.example"));
  REQUIRE(said.own_address);
  CHECK(said.own_address->text() == "bondar@gurt.example");
}

TEST_CASE("mail: an answer without a name or with a wrong clock is marked so",
          "[producers][email]") {
  const auto said = answered(answer()
                                 .drop("Message-ID")
                                 .set("Date", "1 Jan 1970 00:00:00 +0000")
                                 .add("Received", "by mx; 25 Nov 2026 09:00:00 +0200"));
  CHECK(said.weak_id == true);
  CHECK(said.sender_date == "1 Jan 1970 00:00:00 +0000");
}
