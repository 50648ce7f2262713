// Goal: whatever is said in whatever order and however it is cut, the answers are those of RFC
// 2033, and a mail ends where CR LF . CR LF stands and nowhere else.
#include "producers/email/lmtp/session.h"

#include "tests/producers/email/lmtp/talk.h"
#include "tests/support/catch.h"

using namespace ledger::lmtp;

namespace {

const std::string kHello = "LHLO mx.firm.ua\r\n";
const std::string kMail =
    "MAIL FROM:<olena@firm.ua>\r\nRCPT TO:<offers@ledger.invalid>\r\nDATA\r\n";

Session session(Session::Settings settings = {.host = "ledger.lan", .recipients = {}}) {
  return Session(std::move(settings));
}

// The same however it is cut.
Talk said(const std::string& text, const Session& one = session()) {
  const Talk whole = Talk::about(one, text, text.size());
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 16U, 61U}) {
    INFO("in pieces of " << piece);
    CHECK(Talk::about(one, text, piece) == whole);
  }
  return whole;
}

// The codes of the answers, in order: "250 2.1.0"; of a longer one only its last line.
std::vector<std::string> codes(const Talk& talk) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < talk.replies.size();) {
    const std::size_t end = talk.replies.find("\r\n", at);
    const std::string line = talk.replies.substr(at, end - at);
    at = end + 2;
    if (line.at(3) == '-') continue;
    const std::size_t space = line.find(' ', 4);
    const bool status = line.find('.') < space && std::isdigit(line.at(4)) != 0;
    all.push_back(status ? line.substr(0, space) : line.substr(0, 3));
  }
  return all;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("lmtp: a greeting says what is offered") {
  CHECK(session().greeting() == "220 ledger.lan LMTP sales activity ledger\r\n");
  const std::string offered =
      "250-ledger.lan\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
      "250-ENHANCEDSTATUSCODES\r\n";
  CHECK(said("lhlo x\r\n", session({.host = "ledger.lan", .size_max = 1000})).replies ==
        offered + "250 SIZE\r\n");
  CHECK(said("LHLO x\r\n", session({.host = "ledger.lan", .size_max = 9, .starttls = true}))
            .replies == offered + "250-STARTTLS\r\n250 SIZE\r\n");
}

TEST_CASE("lmtp: HELO and EHLO are another protocol's") {
  CHECK(codes(said("HELO x\r\nEHLO x\r\nLHLO\r\n")) ==
        Codes{"500 5.5.1", "500 5.5.1", "501 5.5.4"});
}

TEST_CASE("lmtp: two mails in one packet, each recipient answered for himself") {
  const Talk talk = said(kHello + "MAIL FROM:<olena@firm.ua> SIZE=5 BODY=8BITMIME\r\n" +
                         "RCPT TO:<a@ledger.invalid>\r\nRCPT TO:<b@ledger.invalid>\r\nDATA\r\n" +
                         "one\r\n.\r\n" + kMail + "two\r\n.\r\nQUIT\r\n");
  CHECK(codes(talk) == Codes{"250", "250 2.1.0", "250 2.1.5", "250 2.1.5", "354", "250 2.0.0",
                             "250 2.0.0", "250 2.1.0", "250 2.1.5", "354", "250 2.0.0",
                             "221 2.0.0"});
  CHECK(
      talk.replies.find("250 2.0.0 <a@ledger.invalid> kept\r\n250 2.0.0 <b@ledger.invalid> kept") !=
      std::string::npos);
  REQUIRE(talk.mails.size() == 2);
  CHECK(talk.mails[0] ==
        Talk::Mail{"olena@firm.ua", {"a@ledger.invalid", "b@ledger.invalid"}, "one\r\n"});
  CHECK(talk.mails[1].content == "two\r\n");
  CHECK(talk.closed);
}

TEST_CASE("lmtp: of recipients of which one is refused the others get the mail") {
  const Session one = session({.host = "x", .recipients = {"Offers@ledger.invalid"}});
  const Talk talk = said(kHello +
                             "MAIL FROM:<o@firm.ua>\r\nRCPT TO:<x@ledger.invalid>\r\n"
                             "RCPT TO:<offers@LEDGER.invalid>\r\nDATA\r\nx\r\n.\r\n",
                         one);
  CHECK(codes(talk) == Codes{"250", "250 2.1.0", "550 5.1.1", "250 2.1.5", "354", "250 2.0.0"});
  REQUIRE(talk.mails.size() == 1);
  CHECK(talk.mails[0].recipients == std::vector<std::string>{"offers@LEDGER.invalid"});
  const Talk none = said(kHello + "MAIL FROM:<o@firm.ua>\r\nRCPT TO:<x@y.z>\r\nDATA\r\n", one);
  CHECK(codes(none) == Codes{"250", "250 2.1.0", "550 5.1.1", "503 5.5.1"});
}

TEST_CASE("lmtp: each command has its place") {
  const std::string m = "MAIL FROM:<a@b.c>\r\n";
  const std::string r = "RCPT TO:<d@e.f>\r\n";
  const auto after = [](const std::string& text) { return codes(said(text)).back(); };
  CHECK(after(m) == "503 5.5.1");
  CHECK(after(r) == "503 5.5.1");
  CHECK(after("DATA\r\n") == "503 5.5.1");
  CHECK(after(kHello + r) == "503 5.5.1");
  CHECK(after(kHello + "DATA\r\n") == "503 5.5.1");
  CHECK(after(kHello + m + "DATA\r\n") == "503 5.5.1");
  CHECK(after(kHello + m + m) == "503 5.5.1");
  CHECK(after(kHello + m + "RSET\r\n" + m) == "250 2.1.0");
  CHECK(after(kHello + m + r + "RSET\r\nDATA\r\n") == "503 5.5.1");
  CHECK(after(kHello + m + r + "LHLO again\r\nDATA\r\n") == "503 5.5.1");
  CHECK(after(kHello + m + r + "NOOP\r\nVRFY x\r\nDATA\r\n") == "354");
  CHECK(after(kHello + m + r + "DATA now\r\n") == "501 5.5.4");
  CHECK(after("NOOP\r\n") == "250 2.0.0");
  CHECK(after("RSET\r\n") == "250 2.0.0");
  CHECK(after("VRFY o@firm.ua\r\n") == "252 2.5.2");
  CHECK(after("STARTTLS\r\n") == "502 5.5.1");
  CHECK(after("BDAT 5 LAST\r\n") == "500 5.5.2");
  CHECK(after("AUTH PLAIN\r\n") == "500 5.5.2");
  CHECK(after("\r\n") == "500 5.5.2");
  CHECK(said("GET / HTTP/1.1\r\nMAIL FROM:<a@b.c>\r\n").closed);
  CHECK(said("POST / HTTP/1.1\r\n").closed);
}

TEST_CASE("lmtp: addresses and parameters that are none are refused by name") {
  const auto mail = [](const std::string& argument) {
    return codes(said(kHello + "MAIL " + argument + "\r\n")).back();
  };
  CHECK(mail("FROM:<>") == "250 2.1.0");
  CHECK(mail("from: <a@b.c>") == "250 2.1.0");
  CHECK(mail("FROM:<\"a>b\"@c.d>") == "250 2.1.0");
  CHECK(mail("FROM:a@b.c") == "501 5.5.4");
  CHECK(mail("FROM:<a@b.c") == "501 5.5.4");
  CHECK(mail("FROM:<a@b.c>SIZE=1") == "501 5.5.4");
  CHECK(mail("TO:<a@b.c>") == "501 5.5.4");
  CHECK(mail("") == "501 5.5.4");
  CHECK(mail("FROM:<" + std::string(kAddressBytesMax, 'a') + ">") == "250 2.1.0");
  CHECK(mail("FROM:<" + std::string(kAddressBytesMax + 1, 'a') + ">") == "501 5.1.3");
  CHECK(mail("FROM:<a@b.c> BODY=7BIT") == "250 2.1.0");
  CHECK(mail("FROM:<a@b.c> BODY=BINARYMIME") == "555 5.5.4");
  CHECK(mail("FROM:<a@b.c> RET=HDRS") == "555 5.5.4");
  CHECK(mail("FROM:<a@b.c> SIZE=") == "501 5.5.4");
  CHECK(mail("FROM:<a@b.c> SIZE=99999999999999999999") == "501 5.5.4");
  CHECK(mail("FROM:<a@b.c> SIZE=1 SIZE=1") == "501 5.5.4");
  CHECK(mail("FROM:<олена@firm.ua>") == "553 5.6.7");
  CHECK(mail("FROM:<олена@firm.ua> SMTPUTF8") == "250 2.1.0");
  CHECK(mail("FROM:<\xff@firm.ua> SMTPUTF8") == "501 5.1.3");
  CHECK(mail("FROM:<a@b.c> SMTPUTF8=1") == "555 5.5.4");
  CHECK(mail("FROM:<a\001@b.c>") == "500 5.5.2");
  const auto recipient = [](const std::string& argument, const std::string& more = "") {
    const std::string text = kHello + "MAIL FROM:<a@b.c>" + more + "\r\nRCPT " + argument + "\r\n";
    return codes(said(text)).back();
  };
  CHECK(recipient("TO:<>") == "501 5.1.3");
  CHECK(recipient("TO:<a@b.c> NOTIFY=NEVER") == "555 5.5.4");
  CHECK(recipient("TO:<олена@firm.ua>") == "553 5.6.7");
  CHECK(recipient("TO:<олена@firm.ua>", " SMTPUTF8") == "250 2.1.5");
}

TEST_CASE("lmtp: a dot ends a mail only on a line of its own, between CR LF") {
  const auto content = [](const std::string& text) {
    const Talk talk = said(kHello + kMail + text + "NOOP\r\n");
    REQUIRE(talk.mails.size() == 1);
    CHECK(talk.replies.ends_with("250 2.0.0 nothing done\r\n"));
    return talk.mails.front().content;
  };
  CHECK(content(".\r\n").empty());
  CHECK(content("a\r\n.\r\n") == "a\r\n");
  CHECK(content("..a\r\n.b\r\n...\r\n.\r\n") == ".a\r\nb\r\n..\r\n");
  CHECK(content("a.\r\na.b\r\n.\r\n") == "a.\r\na.b\r\n");
  // What other readers took for an end: SMTP smuggling.
  CHECK(content("a\n.\nb\r\n.\r\n") == "a\n.\nb\r\n");
  CHECK(content("a\n.\r\nb\r\n.\r\n") == "a\n.\r\nb\r\n");
  CHECK(content("a\r.\r\nb\r\n.\r\n") == "a\r.\r\nb\r\n");
  CHECK(content("a\r\n.\nMAIL FROM:<x@y.z>\r\n.\r\n") == "a\r\n\nMAIL FROM:<x@y.z>\r\n");
  CHECK(content("a\r\n.\rb\r\n.\r\n") == "a\r\n\rb\r\n");
  CHECK(content("a\r\n.\r\r\n.\r\n") == "a\r\n\r\r\n");
  CHECK(content("a\r\r\n.\r\n") == "a\r\r\n");
  CHECK(content(std::string("\0\xff\r\n.\r\n", 7)) == std::string("\0\xff\r\n", 4));
  const std::string long_line(100'000, 'x');
  CHECK(content(long_line + "\r\n.\r\n") == long_line + "\r\n");
}

TEST_CASE("lmtp: a bare LF in a command ends the conversation") {
  const Talk talk = said(kHello + "MAIL FROM:<a@b.c>\nRCPT TO:<d@e.f>\r\nDATA\r\n");
  CHECK(codes(talk) == Codes{"250", "500 5.5.2"});
  CHECK(talk.closed);
  // A CR that no LF follows is no end of a line either.
  CHECK(codes(said(kHello + "NOOP\rQUIT\r\nNOOP\r\n")) == Codes{"250", "500 5.5.2", "250 2.0.0"});
}

TEST_CASE("lmtp: a command that is too long is passed over whole") {
  const std::string fits = "NOOP " + std::string(kCommandBytesMax - 6, 'x');
  CHECK(codes(said(fits + "\r\nNOOP\r\n")) == Codes{"250 2.0.0", "250 2.0.0"});
  CHECK(codes(said(fits + "x\r\nNOOP\r\n")) == Codes{"500 5.5.2", "250 2.0.0"});
  const std::string much = fits + std::string(100'000, 'y') + " MAIL FROM:<a@b.c>";
  CHECK(codes(said(much + "\r\nNOOP\r\n")) == Codes{"500 5.5.2", "250 2.0.0"});
}

TEST_CASE("lmtp: a mail over its size is read to the end and refused for each recipient") {
  const Session one = session({.host = "x", .size_max = 10});
  const Talk told = said(kHello + "MAIL FROM:<a@b.c> SIZE=11\r\n" + kMail + "ok\r\n.\r\n", one);
  CHECK(codes(told) == Codes{"250", "552 5.3.4", "250 2.1.0", "250 2.1.5", "354", "250 2.0.0"});
  CHECK(told.dropped == 1);
  CHECK(codes(said(kHello + "MAIL FROM:<a@b.c> SIZE=10\r\n", one)).back() == "250 2.1.0");
  const Talk fits = said(kHello + kMail + "12345678\r\n.\r\n", one);
  CHECK(fits.mails.size() == 1);
  const Talk over =
      said(kHello + "MAIL FROM:<a@b.c>\r\nRCPT TO:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\n" +
               "123456789\r\nQUIT\r\n.\r\n" + kMail + "ok\r\n.\r\n",
           one);
  CHECK(codes(over) == Codes{"250", "250 2.1.0", "250 2.1.5", "250 2.1.5", "354", "552 5.3.4",
                             "552 5.3.4", "250 2.1.0", "250 2.1.5", "354", "250 2.0.0"});
  CHECK(over.dropped == 1);
  REQUIRE(over.mails.size() == 1);
  CHECK(over.mails.front().content == "ok\r\n");
  // A stuffed dot is no byte of the mail.
  CHECK(said(kHello + kMail + "..234567\r\n.\r\n", one).mails.front().content.size() == 9);
}

TEST_CASE("lmtp: recipients and mistakes have their limits") {
  std::string many = kHello + "MAIL FROM:<a@b.c>\r\n";
  for (std::size_t i = 0; i <= kRecipientsMax; ++i) many += "RCPT TO:<a@b.c>\r\n";
  const Codes all = codes(Talk::about(session(), many, many.size()));
  CHECK(all[kRecipientsMax + 1] == "250 2.1.5");
  CHECK(all[kRecipientsMax + 2] == "452 4.5.3");
  std::string wrong;
  for (int i = 0; i < kMistakesMax + 5; ++i) wrong += "XYZZY\r\n";
  const Talk talk = said(wrong);
  CHECK(talk.closed);
  CHECK(codes(talk).size() == kMistakesMax + 1);
  CHECK(codes(talk).back() == "421 4.7.0");
}

TEST_CASE(
    "lmtp: what comes in the clear behind STARTTLS is not heard, and the greeting is forgotten") {
  Session one = session({.host = "x", .starttls = true});
  const auto step = one.take(kHello + "MAIL FROM:<a@b.c>\r\nSTARTTLS\r\nRCPT TO:<d@e.f>\r\n");
  CHECK(step.then == Session::Then::kStartTls);
  CHECK(step.taken == kHello.size() + 29);
  CHECK(step.replies.ends_with("220 2.0.0 begin\r\n"));
  one.tls_started();
  CHECK(one.take("MAIL FROM:<a@b.c>\r\n").replies.starts_with("503 5.5.1"));
  const auto hello = one.take(kHello);
  CHECK(hello.replies.find("STARTTLS") == std::string::npos);
  CHECK(one.take("STARTTLS\r\n").replies.starts_with("503 5.5.1"));
  CHECK(one.take("RCPT TO:<d@e.f>\r\n").replies.starts_with("503 5.5.1"));
}

TEST_CASE("lmtp: an answer is one line of ASCII, whatever it says") {
  CHECK(to_line({451, "4.3.0", "так\r\n250 ok"}) == "451 4.3.0 ????????250 ok\r\n");
  CHECK(to_line({250, "2.0.0", std::string(1000, 'x')}).size() < 512);
}
