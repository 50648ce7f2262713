// Goal: a letter has the same time and so the same events whenever it is delivered, and what the
// quarantine keeps of the settings gives the same mapping again.
#include "producers/email/gateway.h"

#include "platform/http/form.h"
#include "tests/support/catch.h"

using namespace ledger;

namespace {

Timestamp at(std::string_view text) { return parse_timestamp(text).value(); }
const Timestamp kNow = at("2026-11-26T10:00:00Z");

Timestamp taken(std::string_view headers) {
  return mail::taken_at(
      std::string(headers) + "\r\nReceived: late; Mon, 23 Nov 2026 08:00:00 +0000", kNow);
}

}  // namespace

TEST_CASE("gateway: the first Received header says when the house took a letter") {
  CHECK(taken("Return-Path: <a@b.c>\r\nreceived: from pc (pc [10.0.0.1])\r\n\tby mx.firm.ua; \r\n"
              " Wed, 25 Nov 2026 11:15:00 +0200 (EET)\r\n"
              "Received: from far; Tue, 24 Nov 2026 08:00:00 +0000\r\n") ==
        at("2026-11-25T09:15:00Z"));
  CHECK(taken("Received: by mx.firm.ua;\n Wed, 25 Nov 2026 09:15:00 +0000\n") ==
        at("2026-11-25T09:15:00Z"));
}

TEST_CASE("gateway: a Received header that cannot be ours is passed over for the clock") {
  CHECK(taken("Subject: none\r\n") == kNow);
  CHECK(taken("Received: by mx.firm.ua\r\n") == kNow);
  CHECK(taken("Received: by mx.firm.ua; yesterday\r\n") == kNow);
  CHECK(taken("Received: x; Thu, 26 Nov 2026 10:00:01 +0000\r\n") == kNow);
  CHECK(taken("Received: x; Thu, 26 Nov 2026 10:00:00 +0000\r\n") == kNow);
  CHECK(taken("Received: x; Tue, 27 Oct 2026 10:00:00 +0000\r\n") == at("2026-10-27T10:00:00Z"));
  CHECK(taken("Received: x; Tue, 27 Oct 2026 09:59:59 +0000\r\n") == kNow);
  CHECK(mail::taken_at("", kNow) == kNow);
}

TEST_CASE("gateway: the settings of a mapping survive the quarantine") {
  mail::Settings settings;
  settings.source = "mail/київ & co";
  settings.own_domains = {"firm.ua", "firm.com"};
  settings.own_addresses = {"olena.gurt@ukr.net"};
  settings.authserv_id = "mx.firm.ua";
  settings.received_at = kNow;
  settings.unstamped_believed = true;
  http::Request request;
  request.query = http::parse_form(mail::to_query(settings)).value();
  const auto again = mail::settings_of(request).value();
  CHECK(again.source == settings.source);
  CHECK(again.own_domains == settings.own_domains);
  CHECK(again.own_addresses == settings.own_addresses);
  CHECK(again.authserv_id == settings.authserv_id);
  CHECK(again.unstamped_believed);
  CHECK(again.received_at == settings.received_at);
  request.query = http::parse_form(mail::to_query({})).value();
  CHECK(mail::settings_of(request)->own_domains.empty());
  CHECK_FALSE(mail::settings_of(request)->received_at);
  request.query = {{"received_at", "today"}};
  CHECK(mail::settings_of(request).error().field == "received_at");
}
