// Goal: nobody writes offers into a manager's norm in his name, and no header of a stranger decides
// it. Method: a table of Authentication-Results and what is made of them.
#include "events/types/offer_response.h"
#include "tests/producers/email/letter.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::letter;

namespace {

std::optional<std::string> failure(Letter letter, const std::vector<std::string>& headers,
                                   const std::string& authserv_id = "mx.gurt.example") {
  for (const auto& header : headers) letter.add("Authentication-Results", header);
  const auto mapped = map(letter, mail::Settings{.authserv_id = authserv_id});
  REQUIRE(mapped.events.size() == 1);
  return offer(mapped).authentication_failure;
}

}  // namespace

TEST_CASE("mail: what our gateway says of the sender", "[producers][email]") {
  using Text = std::optional<std::string>;
  const Text believed;
  const std::vector<std::pair<std::string, Text>> rows{
      {"mx.gurt.example; dmarc=pass header.from=gurt.example", believed},
      {"MX.Gurt.Example 1; DMARC=Pass", believed},
      {"mx.gurt.example; dmarc=pass header.from=evil.example", "dmarc=pass for another"},
      // Who has logged in may write in his own name.
      {"mx.gurt.example; auth=pass (plain) smtp.auth=bondar", believed},
      {"mx.gurt.example; auth=pass smtp.auth=Bondar@gurt.example", believed},
      {"mx.gurt.example; auth=pass smtp.auth=petro@gurt.example", "auth=pass for another"},
      {"mx.gurt.example; auth=pass smtp.auth=petro", "auth=pass for another"},
      {"mx.gurt.example; auth=pass smtp.auth=petro@gurt.example; dkim=pass header.d=gurt.example",
       "auth=pass for another; dkim=pass"},
      {"mx.gurt.example; auth=pass smtp.auth=u17; dkim=pass header.d=gurt.example", believed},
      {"mx.gurt.example; auth=pass smtp.auth=bondar@evil.example", "auth=pass for another"},
      {"mx.gurt.example; auth=pass", "auth=pass for another"},
      {"mx.gurt.example; auth=fail smtp.auth=bondar", "auth=fail"},
      // A letter of which the gateway says nothing may be anybody's.
      {"mx.gurt.example; none", "no verdict"},
      {"mx.gurt.example; iprev=fail policy.iprev=192.0.2.1; arc=none", "no verdict"},
      {"mx.gurt.example; spf/1=fail", "spf=fail"},
      {"mx.gurt.example", "no verdict"},
      {"mx.gurt.example; spf=pass smtp.mailfrom=bondar@gurt.example", believed},
      {"mx.gurt.example; spf=pass smtp.mailfrom=mail.gurt.example", believed},
      {"mx.gurt.example; spf=pass smtp.helo=mail.gurt.example", believed},
      {"mx.gurt.example; spf=pass smtp.helo=mail.gurt.example smtp.mailfrom=\"\"", believed},
      // How the other machine calls itself is up to it.
      {"mx.gurt.example; spf=pass smtp.helo=gurt.example smtp.mailfrom=evil.example",
       "spf=pass for another"},
      {"mx.gurt.example; spf=pass smtp.helo=gurt.example smtp.mail=x@evil.example",
       "spf=pass for another"},
      {"mx.gurt.example; spf=pass", "spf=pass for another"},
      {"mx.gurt.example; dkim=pass (1024-bit; x) header.d=gurt.example header.s=s", believed},
      {"mx.gurt.example; dkim=pass header.i=@gurt.example", believed},
      {"mx.gurt.example;\r\n\tspf=fail smtp.mailfrom=gurt.example;\r\n\tdkim=pass "
       "header.d=\"gurt.example\"",
       believed},
      {"mx.gurt.example; dmarc=fail (p=reject) header.from=gurt.example; spf=pass "
       "smtp.mailfrom=gurt.example",
       "dmarc=fail; spf=pass"},
      {"mx.gurt.example; spf=softfail smtp.mailfrom=gurt.example; dkim=none",
       "spf=softfail; dkim=none"},
      // A pass for somebody else's domain.
      {"mx.gurt.example; spf=pass smtp.mailfrom=evil.example", "spf=pass for another"},
      {"mx.gurt.example; dkim=pass header.d=evil.example", "dkim=pass for another"},
      {"mx.gurt.example; dkim=pass header.d=notgurt.example", "dkim=pass for another"},
      {"mx.gurt.example; dkim=pass header.d=example", "dkim=pass for another"},
      // Words in a comment or in quotes are no results.
      {"mx.gurt.example; spf=fail (dmarc=pass; auth=pass) reason=\"x; dmarc=pass\"", "spf=fail"}};
  for (const auto& [header, expected] : rows) {
    INFO(header);
    CHECK(failure(Letter(), {header}) == expected);
  }
}

TEST_CASE("mail: only our own gateway is heard", "[producers][email]") {
  const std::string fail = "mx.gurt.example; dmarc=fail";
  CHECK(failure(Letter(), {}) == "no verdict");
  CHECK(failure(Letter(), {"mx.google.com; dmarc=pass", "evil.example; dmarc=pass"}) ==
        "no verdict");
  CHECK(failure(Letter(), {fail}, "") == std::nullopt);
  CHECK(failure(Letter(), {"mx.gurt.example.evil.example; dmarc=pass"}) == "no verdict");
  // What a forger wrote above or below does not outweigh it.
  CHECK(failure(Letter(), {"evil.example; dmarc=pass", fail, "mx.google.com; dmarc=pass"}) ==
        "dmarc=fail");
  CHECK(failure(Letter(), {"mx.gurt.example; dmarc=pass", fail}) == "dmarc=pass; dmarc=fail");
  // Of two of our filters one may have nothing to say.
  CHECK(failure(Letter(), {"mx.gurt.example; dkim=none",
                           "mx.gurt.example; spf=pass smtp.mailfrom=gurt.example"}) ==
        std::nullopt);
}

TEST_CASE("mail: a letter that was believed is the same as its copy that passed no gateway",
          "[producers][email]") {
  const auto passed = map(Letter().add("Authentication-Results", "mx.gurt.example; dmarc=pass"),
                          mail::Settings{.authserv_id = "mx.gurt.example"});
  const auto kept = map(Letter());
  CHECK(encode_submission(passed.events.at(0)) == encode_submission(kept.events.at(0)));
}

TEST_CASE("mail: copies that never passed the gateway may be believed, others not",
          "[producers][email]") {
  const mail::Settings settings{.authserv_id = "mx.gurt.example", .unstamped_believed = true};
  CHECK(offer(map(Letter(), settings)).authentication_failure == std::nullopt);
  const auto with_none = Letter().add("Authentication-Results", "mx.gurt.example; spf=none");
  CHECK(offer(map(with_none, settings)).authentication_failure == "spf=none");
}

TEST_CASE("mail: Postfix says in Received who has logged in", "[producers][email]") {
  const auto received = [](const std::string& comment, const std::string& by,
                           const std::string& protocol, const std::string& from = "[192.0.2.7]") {
    return "from " + from +
           " (client.example [192.0.2.7])\r\n\t(using TLSv1.3 with cipher X)\r\n\t" + comment +
           "\r\n\tby " + by + " (Postfix) with " + protocol +
           " id 4Bx; Tue, 24 Nov 2026 10:15:02 +0200";
  };
  const std::string olena = "(Authenticated sender: bondar@gurt.example)";
  const auto of = [&](const std::string& header) {
    return failure(Letter().add("Received", header), {});
  };
  CHECK(of(received(olena, "mx.gurt.example", "ESMTPSA")) == std::nullopt);
  CHECK(of(received("(Authenticated sender: bondar)", "MX.gurt.example", "ESMTPA")) ==
        std::nullopt);
  CHECK(of(received("(Authenticated sender: petro@gurt.example)", "mx.gurt.example", "ESMTPSA")) ==
        "auth=pass for another");
  CHECK(of(received(olena, "mx.evil.example", "ESMTPSA")) == "no verdict");
  CHECK(of(received(olena, "mx.gurt.example", "ESMTPS")) == "no verdict");
  CHECK(of(received("", "mx.gurt.example", "ESMTPSA")) == "no verdict");
  // A greeting of several words is none of Postfix's.
  CHECK(of(received("", "mx.gurt.example", "ESMTP",
                    "x by mx.gurt.example with ESMTPA ?Authenticated sender? bondar?")) ==
        "no verdict");
  CHECK(of(received(olena, "mx.evil.example", "SMTP", "x by mx.gurt.example with ESMTPA")) ==
        "no verdict");
  // Below the topmost stands what others wrote.
  CHECK(failure(Letter()
                    .add("Received", received("", "mx.gurt.example", "ESMTP"))
                    .add("Received", received(olena, "mx.gurt.example", "ESMTPSA")),
                {}) == "no verdict");
}

TEST_CASE("mail: a domain in letters is believed by its form for the wire", "[producers][email]") {
  const auto letter = Letter().set("From", "olena@гурт.укр");
  CHECK(failure(letter, {"mx.gurt.example; spf=pass smtp.mailfrom=x@xn--c1a0agc.xn--j1amh"}) ==
        std::nullopt);
  CHECK(failure(letter, {"mx.gurt.example; auth=pass smtp.auth=olena@xn--c1a0agc.xn--j1amh"}) ==
        std::nullopt);
}

TEST_CASE("mail: a client's answer is doubted only where something speaks against it",
          "[producers][email]") {
  const auto doubt = [](const std::vector<std::string>& headers) {
    auto letter = Letter()
                      .set("From", "buyer@firm.example")
                      .set("To", "bondar@gurt.example")
                      .add("In-Reply-To", "<a1@gurt.example>");
    for (const auto& header : headers) {
      letter.add("Authentication-Results", "mx.gurt.example; " + header);
    }
    const auto mapped = map(
        letter, mail::Settings{.own_domains = {"gurt.example"}, .authserv_id = "mx.gurt.example"});
    return mapped.events.at(0).data.get_if<OfferAnswered>()->authentication_failure;
  };
  CHECK(doubt({}) == std::nullopt);
  CHECK(doubt({"none"}) == std::nullopt);
  CHECK(doubt({"spf=none; dkim=none; dmarc=none"}) == std::nullopt);
  CHECK(doubt({"dkim=fail header.d=firm.example"}) == std::nullopt);
  CHECK(doubt({"spf=fail smtp.mailfrom=firm.example; dkim=pass header.d=firm.example"}) ==
        std::nullopt);
  CHECK(doubt({"dmarc=fail header.from=firm.example"}) == "dmarc=fail");
  CHECK(doubt({"spf=softfail smtp.mailfrom=firm.example"}) == "spf=softfail");
  CHECK(doubt({"spf=fail smtp.mailfrom=firm.example", "dkim=pass header.d=evil.example"}) ==
        "spf=fail; dkim=pass for another");
}
