// Goal: a letter has one name and one time, whoever kept the copy, and what was not believed is
// kept. Method: one good letter and one change at a time.
#include "tests/producers/email/letter.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::letter;

namespace {

std::string id_of(const Letter& letter) { return offer(map(letter)).message_id; }

const mail::Settings kGurt{.own_domains = {"gurt.example"}};

}  // namespace

TEST_CASE("mail: a letter without a usable Message-ID is known by what it says, and marked weak",
          "[producers][email]") {
  const auto nameless = Letter().drop("Message-ID");
  const auto sent = offer(map(nameless));
  CHECK(sent.weak_id == true);
  CHECK(sent.message_id.size() == 64 + std::string("<@weak.invalid>").size());
  CHECK(map(nameless).events.at(0).id == sent.message_id + "|firm.example");
  CHECK(offer(map(fixture("no-message-id.eml"))).weak_id == true);
  for (const std::string id : {" ", "<>", "<a b@x.ua>", "<\xB2@x.ua>"}) {
    INFO(id);
    CHECK(id_of(Letter().set("Message-ID", id)) == sent.message_id);
  }
  CHECK(id_of(Letter().add("Message-ID", "<b@x.ua>")) == sent.message_id);

  // Said twice in one way it is said.
  CHECK(id_of(Letter().add("Message-ID", "<a1@gurt.example>")) == "<a1@gurt.example>");
  CHECK_FALSE(offer(map(Letter())).weak_id.has_value());
}

TEST_CASE("mail: a weak name is of the letter, not of the copy", "[producers][email]") {
  const auto nameless = Letter().drop("Message-ID").set("To", "a@firm.example, b@firm.example");
  const std::string id = id_of(nameless);
  CHECK(id_of(Letter(nameless).set("To", "b@firm.example, a@firm.example")) == id);
  CHECK(id_of(Letter(nameless).add("Received", "by x; Tue, 24 Nov 2026 10:15:03 +0200")) == id);
  CHECK(id_of(Letter(nameless).body("Text \n\n")) == id);
  for (const auto& other :
       {Letter(nameless).set("Subject", "Other"), Letter(nameless).body("Other\r\n"),
        Letter(nameless).set("Date", "Tue, 24 Nov 2026 10:15:01 +0200"),
        Letter(nameless).set("From", "other@gurt.example"),
        Letter(nameless).set("To", "a@firm.example, c@firm.example")}) {
    INFO(other.bytes());
    CHECK(id_of(other) != id);
  }
}

TEST_CASE("mail: another text under the same id is another event", "[producers][email]") {
  const auto body = [](const Letter& letter) {
    const auto mapped = map(letter);
    return body_of(mapped.events.at(0).time, mapped.events.at(0).data);
  };
  const std::string first = body(Letter());
  CHECK(body(Letter().body("Text\n\n")) == first);
  CHECK(body(Letter().body("Text\r\n \r\n")) == first);
  CHECK(body(Letter().body("Another text\r\n")) != first);
  // A gateway may choose another transfer encoding.
  CHECK(body(Letter().add("Content-Transfer-Encoding", "quoted-printable").body("Te=78t\r\n")) ==
        first);
}

TEST_CASE("mail: copies that were taken at different times are one event", "[producers][email]") {
  const auto taken = [](const std::string& received) {
    return map(Letter().add("Received", "by mx; " + received)).events.at(0);
  };
  const auto first = taken("Tue, 24 Nov 2026 23:59:00 +0200");
  const auto second = taken("Wed, 25 Nov 2026 00:01:00 +0200");
  CHECK(first.time != second.time);
  CHECK(first.id == second.id);
  CHECK(body_of(first.time, first.data) == body_of(second.time, second.data));
  // Nor does a copy that no server took, from a folder of sent letters, differ from them.
  const auto sent = map(Letter()).events.at(0);
  CHECK(format_timestamp(sent.time) == "2026-11-24T08:15:00Z");
  CHECK_FALSE(offer(map(Letter())).sender_date.has_value());
  CHECK(body_of(sent.time, sent.data) == body_of(first.time, first.data));
}

TEST_CASE("mail: the topmost Received says when a letter was", "[producers][email]") {
  const std::string received =
      "from a by mx.gurt.example with ESMTP id 1; Wed, 25 Nov 2026 09:00:00 +0200 (EET)";
  const auto by = [&](Letter letter) {
    return map(letter.add("Received", received).add("Received", "x; 1 Jan 2001 00:00:00 +0000"));
  };
  struct Row {
    std::string date;
    std::optional<std::string> kept;
  };
  const std::vector<Row> rows{
      {"Wed, 31 Dec 1969 23:59:59 +0000", "Wed, 31 Dec 1969 23:59:59 +0000"},
      {"", "(none)"},
      {"yesterday", "yesterday"},
      {"Wed, 25 Nov 2026 00:50:00 +0200", "Wed, 25 Nov 2026 00:50:00 +0200"},
      {"Wed, 25 Nov 2026 07:59:59 +0200", "Wed, 25 Nov 2026 07:59:59 +0200"},
      {"Wed, 25 Nov 2026 08:00:00 +0200", std::nullopt},  // an hour: nothing to be told
      {"Wed, 25 Nov 2026 10:00:00 +0200", std::nullopt},
      {"Wed, 25 Nov 2026 10:00:01 +0200", "Wed, 25 Nov 2026 10:00:01 +0200"}};
  for (const auto& row : rows) {
    INFO(row.date);
    const auto mapped = by(Letter().set("Date", row.date));
    REQUIRE(mapped.events.size() == 1);
    CHECK(offer(mapped).sender_date == row.kept);
    CHECK(format_timestamp(mapped.events[0].time) == "2026-11-25T07:00:00Z");
  }
  CHECK(offer(by(Letter().drop("Date"))).sender_date == "(none)");
  CHECK(offer(by(Letter().add("Date", "tomorrow"))).sender_date ==
        "Tue, 24 Nov 2026 10:15:00 +0200 | tomorrow");
  // Who took the letter knows better than what is written in it.
  const mail::Settings taken{.received_at = parse_timestamp("2026-11-26T10:00:00Z").value()};
  CHECK(format_timestamp(
            map(Letter().set("Date", "").add("Received", received), taken).events.at(0).time) ==
        "2026-11-26T10:00:00Z");
  // A Received without a time helps nobody.
  CHECK(map(Letter().set("Date", "").add("Received", "by x")).refused.size() == 1);
}

TEST_CASE("mail: addresses of the house in To and Cc are kept, of Bcc not", "[producers][email]") {
  const auto sent = offer(map(Letter()
                                  .set("To", "x@firm.example, chief@gurt.example")
                                  .add("Cc", "Offers <offers@GURT.example>, bondar@gurt.example")
                                  .add("Bcc", "secret@gurt.example"),
                              kGurt));
  REQUIRE(sent.house_recipients.size() == 2);
  CHECK(sent.house_recipients[0].text() == "chief@gurt.example");
  CHECK(sent.house_recipients[1].text() == "offers@gurt.example");
}

TEST_CASE("mail: one of ours at another domain sends, and is no client", "[producers][email]") {
  const mail::Settings settings{.own_domains = {"gurt.example"},
                                .own_addresses = {"bondar@ukr.net"}};
  const auto mapped =
      map(Letter().set("From", "bondar@ukr.net").set("To", "x@firm.example"), settings);
  CHECK(offer(mapped).sender.text() == "bondar@ukr.net");
  CHECK(recipients(map(Letter().set("To", "bondar@ukr.net, other@ukr.net"), settings)) ==
        "other@ukr.net");
}

TEST_CASE("mail: what the headers that mark an offer say is kept, and no other header",
          "[producers][email]") {
  const auto kept = [](const Letter& letter) { return offer(map(letter)).offer_headers; };
  using Headers = std::vector<std::string>;
  CHECK(kept(Letter()) == Headers());
  CHECK(
      kept(Letter().add("x-template", " spring\r\n sale ").add("X-Kp", "1").add("X-OFFER", "17")) ==
      Headers{"X-Offer: 17", "X-Template: spring   sale"});
  CHECK(kept(Letter().add("X-Offer", "").add("X-Campaign", "a").add("X-Campaign", "a")) ==
        Headers{"X-Offer", "X-Campaign: a"});
  CHECK(kept(Letter().add("X-Offer", "\x01" + std::string(5000, 'x'))).at(0).size() ==
        std::string("X-Offer: ").size() + 199);
  auto many = Letter();
  for (int i = 0; i < 600; ++i) many.add("X-Offer", std::to_string(i));
  CHECK(kept(many).size() == 10);
  // A relay may have taken them out of one copy.
  const auto bare = map(Letter()).events.at(0);
  const auto marked = map(Letter().add("X-Offer", "17")).events.at(0);
  CHECK(body_of(bare.time, bare.data) == body_of(marked.time, marked.data));
}
