// Goal: a report says of each recipient what became of the letter, and of nobody else anything.
// Method: reports as Postfix, Exchange and others write them, and one change at a time.
#include "events/types/offer_response.h"
#include "tests/producers/email/letter.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::letter;

namespace {

struct Report {
  std::string status =
      "Final-Recipient: rfc822; buyer@firm.example\r\n"
      "Original-Recipient: rfc822;buyer@firm.example\r\n"
      "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n";
  std::string status_type = "message/delivery-status";
  std::string original =
      "Content-Type: text/rfc822-headers\r\n\r\nFrom: bondar@gurt.example\r\n"
      "Message-ID: <a1@gurt.example>\r\n";
  std::string per_message =
      "Reporting-MTA: dns; mx.gurt.example\r\nArrival-Date: Tue, 24 Nov 2026 10:15:05 +0200\r\n";

  [[nodiscard]] Letter letter() const {
    std::string body = "--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: " + status_type + "\r\n\r\n" +
                       per_message + "\r\n" + status + "\r\n";
    if (!original.empty()) body += "--b\r\n" + original + "\r\n";
    return Letter()
        .set("From", "MAILER-DAEMON@gurt.example")
        .set("To", "bondar@gurt.example")
        .set("Message-ID", "<d1@gurt.example>")
        .add("Return-Path", "<>")
        .add("Auto-Submitted", "auto-replied")
        .add("MIME-Version", "1.0")
        .add("Content-Type", "multipart/report; report-type=delivery-status; boundary=b")
        .body(body + "--b--\r\n");
  }
};

OfferDeliveryChanged changed(const Mapped& mapped, std::size_t i = 0) {
  return *mapped.events.at(i).data.get_if<OfferDeliveryChanged>();
}

std::string block(const std::string& recipient, const std::string& action,
                  const std::string& status) {
  return "Final-Recipient: rfc822; " + recipient + "\r\nAction: " + action +
         "\r\nStatus: " + status + "\r\n";
}

void check_refused_alone(const Mapped& mapped, const std::string& field) {
  CHECK(mapped.events.empty());
  REQUIRE(mapped.refused.size() == 1);
  CHECK(mapped.refused[0].error.field == field);
}

}  // namespace

TEST_CASE("mail: a bounce with all it says", "[producers][email]") {
  const auto mapped = map(Report().letter());
  REQUIRE(mapped.events.size() == 1);
  CHECK(mapped.refused.empty());
  CHECK(mapped.skipped.empty());
  CHECK(mapped.events[0].id == "<d1@gurt.example>|buyer@firm.example");
  CHECK(format_timestamp(mapped.events[0].time) == "2026-11-24T08:15:00Z");
  const auto event = changed(mapped);
  CHECK(event.message_id == "<a1@gurt.example>");
  CHECK(event.recipient.text() == "buyer@firm.example");
  CHECK(event.status == DeliveryStatus::kBouncedHard);
  CHECK(event.reason == "5.1.1 smtp; 550 5.1.1 User unknown");
}

TEST_CASE("mail: each action is what it says", "[producers][email]") {
  struct Row {
    std::string action, status, diagnostic;
    DeliveryStatus expected;
  };
  const std::vector<Row> rows{{"failed", "5.1.1", "", DeliveryStatus::kBouncedHard},
                              {"FAILED (for good)", "5.0.0", "", DeliveryStatus::kBouncedHard},
                              {"failed", "4.4.7", "", DeliveryStatus::kBouncedSoft},
                              {"failed", "", "smtp; 452 full", DeliveryStatus::kBouncedSoft},
                              {"failed", "", "smtp; 550 no", DeliveryStatus::kBouncedHard},
                              {"failed", "", "", DeliveryStatus::kBouncedHard},
                              {"delayed", "4.4.1", "", DeliveryStatus::kDelayed},
                              {"delivered", "2.1.5", "", DeliveryStatus::kDelivered},
                              {"relayed", "2.1.5", "", DeliveryStatus::kRelayed},
                              {"expanded", "2.1.5", "", DeliveryStatus::kExpanded}};
  for (const auto& row : rows) {
    INFO(row.action << " " << row.status << " " << row.diagnostic);
    const Report report{
        .status = "Final-Recipient: rfc822; a@firm.example\r\nAction: " + row.action +
                  "\r\nStatus: " + row.status + "\r\nDiagnostic-Code: " + row.diagnostic + "\r\n"};
    CHECK(name_of(changed(map(report.letter())).status) == name_of(row.expected));
  }
  const Report unknown{.status = block("a@firm.example", "vanished", "5.0.0")};
  check_refused_alone(map(unknown.letter()), "action");
  // A code of class 5 is a failure by itself; one of class 4 may be a delay.
  const auto silent = [](const std::string& status) {
    const Report report{.status = "Final-Recipient: rfc822; a@firm.example\r\nStatus: " + status};
    return map(report.letter());
  };
  CHECK(changed(silent("5.0.0\r\n")).status == DeliveryStatus::kBouncedHard);
  for (const std::string status : {"4.0.0\r\n", "2.0.0\r\n", "50\r\n"}) {
    INFO(status);
    check_refused_alone(silent(status), "action");
  }
}

TEST_CASE("mail: a report about several recipients is an event of each", "[producers][email]") {
  const Report report{.status = block("a@firm.example", "failed", "5.1.1") + "\r\n" +
                                block("b@firm.example", "delayed", "4.2.2") + "\r\n\r\n" +
                                block("nobody", "failed", "5.1.1") + "\r\n" +
                                block("c@other.example", "delivered", "2.0.0")};
  const auto mapped = map(report.letter());
  REQUIRE(mapped.events.size() == 3);
  CHECK(mapped.events[1].id == "<d1@gurt.example>|b@firm.example");
  CHECK(changed(mapped, 1).status == DeliveryStatus::kDelayed);
  CHECK(changed(mapped, 2).recipient.text() == "c@other.example");
  REQUIRE(mapped.refused.size() == 1);
  CHECK(mapped.refused[0].where == "recipient 3 of the report");
  CHECK(mapped.refused[0].error.field == "recipient");
}

TEST_CASE("mail: the recipient is the one that we wrote to", "[producers][email]") {
  const std::string forwarded = block("inner@hosting.example", "failed", "5.1.1");
  const Report original{.status = "Original-Recipient: rfc822;buyer@firm.example\r\n" + forwarded};
  CHECK(changed(map(original.letter())).recipient.text() == "buyer@firm.example");
  const std::string path = "bondar+client=firm.example@gurt.example";
  CHECK(changed(map(original.letter().set("To", path))).recipient.text() == "buyer@firm.example");

  const Report final{.status = forwarded};
  CHECK(changed(map(final.letter())).recipient.text() == "inner@hosting.example");
  CHECK(changed(map(final.letter().set("To", path))).recipient.text() == "client@firm.example");
  CHECK(changed(map(final.letter().add("Delivered-To", path))).recipient.text() ==
        "client@firm.example");
  for (const std::string other :
       {"bondar+tag@gurt.example", "a=b@gurt.example", "x+=@gurt.example"}) {
    INFO(other);
    CHECK(changed(map(final.letter().set("To", other))).recipient.text() ==
          "inner@hosting.example");
  }
  // It names one: of two it is not told which.
  const Report two{.status = forwarded + "\r\n" + block("x@firm.example", "failed", "5.1.1")};
  CHECK(changed(map(two.letter().set("To", path))).recipient.text() == "inner@hosting.example");

  const Report none{.status = "Action: failed\r\nStatus: 5.1.1\r\n"};
  check_refused_alone(map(none.letter()), "recipient");
  CHECK(changed(map(none.letter().set("To", path))).recipient.text() == "client@firm.example");
  // Of others' addresses nothing is read.
  const mail::Settings ours{.own_domains = {"gurt.example"}};
  const std::string others = "olena+client=firm.example@evil.example";
  CHECK(changed(map(none.letter().set("To", path), ours)).recipient.text() ==
        "client@firm.example");
  check_refused_alone(map(none.letter().set("To", others), ours), "recipient");

  const Report code_alone{.status = "Status: 5.1.1\r\n"};
  CHECK(changed(map(code_alone.letter().set("To", path))).recipient.text() ==
        "client@firm.example");
  // Whom a report without any block is about is known, what became of the letter is not.
  const Report empty{.status = ""};
  check_refused_alone(map(empty.letter()), "recipient");
  const auto blind = map(empty.letter().set("To", path));
  check_refused_alone(blind, "action");
  CHECK(blind.refused.at(0).error.message.find("client@firm.example") != std::string::npos);
  const Report x400{.status = "Final-Recipient: x400; /c=ua/\r\nAction: failed\r\n"};
  check_refused_alone(map(x400.letter()), "recipient");
}

TEST_CASE("mail: where the letter did not come back, others may name it", "[producers][email]") {
  for (const std::string type : {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers",
                                 "message/global", "message/global-headers"}) {
    INFO(type);
    const Report report{.original = "Content-Type: " + type +
                                    "\r\n\r\nSubject: x\r\nMessage-Id:\r\n <z9@gurt.example>\r\n"
                                    "\r\nMessage-ID: <body@x>\r\n"};
    CHECK(changed(map(report.letter())).message_id == "<z9@gurt.example>");
  }
  const Report bare{.original = ""};
  check_refused_alone(map(bare.letter()), "message_id");
  CHECK(changed(map(bare.letter().add("In-Reply-To", "<a2@gurt.example>"))).message_id ==
        "<a2@gurt.example>");
  const Report envelope{.original = "",
                        .per_message =
                            "Reporting-MTA: dns; x\r\n"
                            "Original-Envelope-Id: <a3@gurt.example>\r\n"};
  CHECK(changed(map(envelope.letter())).message_id == "<a3@gurt.example>");
  const Report opaque{.original = "",
                      .per_message = "Reporting-MTA: dns; x\r\nOriginal-Envelope-Id: QQ314159\r\n"};
  check_refused_alone(map(opaque.letter()), "message_id");
}

TEST_CASE("mail: reports in every alphabet (RFC 6533)", "[producers][email]") {
  const Report escaped{
      .status = "Original-Recipient: utf-8; \\x{431}\\x{443}\\x{445}@firm.example\r\n" +
                block("x@y.example", "failed", "5.1.1"),
      .status_type = "message/global-delivery-status"};
  CHECK(changed(map(escaped.letter())).recipient.text() == "бух@firm.example");
  const Report plain{.status = "Final-Recipient: utf-8; бух@firm.example\r\nAction: failed\r\n",
                     .status_type = "message/global-delivery-status"};
  CHECK(changed(map(plain.letter())).recipient.text() == "бух@firm.example");
  const Report broken{.status =
                          "Final-Recipient: utf-8; \\x{d800}\\x{110000}@firm.example\r\n"
                          "Action: failed\r\n"};
  check_refused_alone(map(broken.letter()), "recipient");
  const Report encoded{
      .status =
          "RmluYWwtUmVjaXBpZW50OiByZmM4MjI7IGFAZmlybS5leGFtcGxlDQpBY3Rpb246IGZh\r\n"
          "aWxlZA0K\r\n",
      .status_type = "message/delivery-status\r\nContent-Transfer-Encoding: base64",
      .per_message = ""};
  CHECK(changed(map(encoded.letter())).recipient.text() == "a@firm.example");
}

TEST_CASE("mail: a report without a time, a name or a recipient", "[producers][email]") {
  check_refused_alone(map(Report().letter().drop("Date")), "date");
  const auto mapped = map(Report().letter().drop("Message-ID"));
  CHECK(mapped.events.at(0).id.ends_with("@weak.invalid>|buyer@firm.example"));
  const Report empty{.status = ""};
  check_refused_alone(map(empty.letter()), "recipient");
  // Other reports tell of no delivery.
  const Report spam{.status_type = "message/feedback-report"};
  CHECK(map(spam.letter()).skipped.size() == 1);
}

TEST_CASE("mail: a notice in words at a return path of ours waits for a person",
          "[producers][email]") {
  const auto notice = [] {
    return Letter()
        .set("From", "MAILER-DAEMON@hosting.example")
        .set("To", "bondar+zakup=romashka.example@gurt.example")
        .set("Subject", "failure notice")
        .set("Return-Path", "<>")
        .body(
            "Hi. This is the qmail-send program at hosting.example.\r\n"
            "<zakup@romashka.example>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n");
  };
  const mail::Settings ours{.own_domains = {"gurt.example"}};
  for (const auto& letter :
       {notice(), notice().drop("Return-Path").set("X-Failed-Recipients", "zakup@romashka.example"),
        notice().set("Auto-Submitted", "auto-replied").set("X-Failed-Recipients", "x@y.example")}) {
    const auto mapped = map(letter, ours);
    check_refused_alone(mapped, "action");
    CHECK(mapped.skipped.empty());
    CHECK(mapped.refused.at(0).error.message ==
          "is told by this notice about zakup@romashka.example in no form that a program reads");
  }
  // What came to no such path, from a robot on holiday, or is a receipt, is left out as before.
  for (const auto& letter :
       {notice().set("To", "bondar@gurt.example"),
        notice().set("To", "bondar+zakup=romashka.example@evil.example"),
        notice().set("Auto-Submitted", "auto-replied"), notice().set("X-Autoreply", "yes"),
        notice().set("Content-Type",
                     "multipart/report; report-type=disposition-notification; boundary=b")}) {
    const auto mapped = map(letter, ours);
    CHECK(mapped.refused.empty());
    CHECK(mapped.events.empty());
    CHECK(mapped.skipped.size() == 1);
  }
}
