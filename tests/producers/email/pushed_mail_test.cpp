// Goal: times, ids and reasons of providers are read as they write them, and a letter that is put
// together again gives what was put in. Method: both sides of each rule.
#include "producers/email/pushed_mail.h"

#include "events/types/offer.h"
#include "tests/support/catch.h"

using namespace ledger;

namespace {

webhook::Fields fields(const std::string& json) { return webhook::Fields::of_json(json).value(); }

std::string epoch(const std::string& number) {
  const auto time = mail::epoch_of(fields("{\"t\":\"" + number + "\"}"), "t");
  if (time) return format_timestamp(*time);
  CHECK(time.error().field == "t");
  return std::string(name_of(time.error().code));
}

}  // namespace

TEST_CASE("pushed mail: seconds since 1970") {
  CHECK(epoch("1795593600") == "2026-11-25T08:00:00Z");
  CHECK(epoch("1795593600.5") == "2026-11-25T08:00:00.500000Z");
  CHECK(epoch("1795593600.9081817") == "2026-11-25T08:00:00.908181Z");
  CHECK(epoch("631152000") == "1990-01-01T00:00:00Z");
  CHECK(epoch("4133980799") == "2100-12-31T23:59:59Z");
  CHECK(epoch("631151999") == "out-of-range");
  CHECK(epoch("4133980800") == "out-of-range");
  CHECK(epoch("99999999999999999999") == "out-of-range");
  for (const char* wrong : {"soon", "1.", ".5", "1.5.5", "-1", "+1", "1e9", "0x5", "1 "}) {
    INFO(wrong);
    CHECK(epoch(wrong) == "invalid-field");
  }
  CHECK(mail::epoch_of(fields("{}"), "t").error().code == ErrorCode::kMissingField);
}

TEST_CASE("pushed mail: a fraction of any length") {
  const auto instant = [](const std::string& text) {
    const auto time = mail::instant_of(fields("{\"t\":\"" + text + "\"}"), "t");
    return time ? format_timestamp(*time) : time.error().field;
  };
  CHECK(instant("2026-11-25T04:00:10.2735393-04:00") == "2026-11-25T08:00:10.273539Z");
  CHECK(instant("2026-11-25T08:00:10.273Z") == "2026-11-25T08:00:10.273000Z");
  CHECK(instant("2026-11-25T08:00:10Z") == "2026-11-25T08:00:10Z");
  CHECK(instant("2026-11-25T08:00:10.Z") == "t");
  CHECK(instant("2026-11-25") == "t");
}

TEST_CASE("pushed mail: message ids and reasons") {
  CHECK(mail::message_id_of("a1@gurt.example") == "<a1@gurt.example>");
  CHECK(mail::message_id_of(" <a1@gurt.example>\r\n") == "<a1@gurt.example>");
  CHECK(mail::message_id_of("14c5d75ce93") == "14c5d75ce93");
  CHECK(mail::reason_of({"", " "}) == std::nullopt);
  CHECK(mail::reason_of({"550", "", "no\r\nuser"}) == "550: no  user");
  CHECK(mail::reason_of({std::string(3000, 'x')})->size() == 1000);
}

TEST_CASE("pushed mail: a letter put together again") {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  const mail::Letter letter{{{"From", "olena@gurt.example"},
                             {"To", "buyer@firm.example"},
                             {"Date", "Tue, 24 Nov 2026 10:15:00 +0200"},
                             {"Message-ID", "<a1@gurt.example>"},
                             {"MIME-Version", "2.0"},
                             {"Bad:Name", "x"}},
                            {{"Ціни 2026.xlsx", "application/zip", bytes},
                             {"", "text/plain", "x"},
                             {"letter", "message/rfc822", "From: a@b.example\r\n\r\n"},
                             {"odd\r\nname", "no type", ""}}};
  const std::string message = mail::compose(letter);
  CHECK(message.find("2.0") == std::string::npos);
  CHECK(message.find("Bad") == std::string::npos);
  const auto mapped = mail::map_message(message, {});
  REQUIRE(mapped.events.size() == 1);
  const auto* offer = mapped.events.front().data.get_if<OfferEmailed>();
  REQUIRE(offer != nullptr);
  REQUIRE(offer->attachments.size() == 4);
  CHECK(offer->attachments[0].name == "Ціни 2026.xlsx");
  CHECK(offer->attachments[0].media_type == "application/zip");
  CHECK(offer->attachments[0].size_bytes == 256);
  CHECK(offer->attachments[1].media_type == "text/plain");
  CHECK(offer->attachments[2].media_type == "application/octet-stream");
  CHECK(offer->attachments[2].size_bytes == 21);
  CHECK(offer->attachments[3].name == "odd  name");
  CHECK(offer->attachments[3].size_bytes == 0);
}

TEST_CASE("pushed mail: the words of a letter are its body") {
  mail::Letter letter{.headers = {{"Subject", "x"}}, .html = "<b>Ціни</b>"};
  CHECK(mail::compose(letter) ==
        "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nPGI+0KbRltC90Lg8L2I+\r\n");
  letter.text = "Ціни";
  letter.attachments.push_back({"a.txt", "text/plain", "A"});
  CHECK(mail::compose(letter) ==
        "Subject: x\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=\"=_ledger\"\r\n\r\n--=_ledger\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "0KbRltC90Lg=\r\n--=_ledger\r\nContent-Type: text/plain\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename*=UTF-8''a.txt\r\n\r\nQQ==\r\n--=_ledger--\r\n");
}

TEST_CASE("pushed mail: a date as headers have it") {
  CHECK(mail::header_date(parse_timestamp("2026-11-24T08:05:09.5Z").value()) ==
        "Tue, 24 Nov 2026 08:05:09 +0000");
  CHECK(mail::header_date(parse_timestamp("2026-02-01T23:59:59Z").value()) ==
        "Sun, 01 Feb 2026 23:59:59 +0000");
}
