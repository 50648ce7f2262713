// Goal: a Date header is the instant it names, or an error; never a guess. Method: a table of
// spellings, and of their invalid neighbours.
#include "producers/email/message/header_date.h"
#include "tests/support/catch.h"

using namespace ledger;

TEST_CASE("header date: every spelling of RFC 5322", "[producers][email]") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"Tue, 24 Nov 2026 10:15:00 +0200", "2026-11-24T08:15:00Z"},
      {"24 Nov 2026 10:15:00 +0200", "2026-11-24T08:15:00Z"},
      {"Tue, 24 Nov 2026 10:15 +0200", "2026-11-24T08:15:00Z"},
      {"Tue, 24 Nov 2026 10:15:00 +0200 (EET)", "2026-11-24T08:15:00Z"},
      {"Tue (a (nested) day),\r\n 24 Nov 2026\t10:15:00 +0200", "2026-11-24T08:15:00Z"},
      {"tue, 4 nov 2026 10:15:00 GMT", "2026-11-04T10:15:00Z"},
      {"Tue, 24 Nov 26 10:15:00 UT", "2026-11-24T10:15:00Z"},
      {"24 Nov 99 10:15:00 +0000", "1999-11-24T10:15:00Z"},
      {"24 Nov 126 10:15:00 +0000", "2026-11-24T10:15:00Z"},
      {"24 Nov 2026 10:15:00 EST", "2026-11-24T15:15:00Z"},
      {"24 Nov 2026 10:15:00 EDT", "2026-11-24T14:15:00Z"},
      {"24 Nov 2026 10:15:00 PST", "2026-11-24T18:15:00Z"},
      {"24 Nov 2026 10:15:00 PDT", "2026-11-24T17:15:00Z"},
      {"24 Nov 2026 10:15:00 Z", "2026-11-24T10:15:00Z"},
      {"24 Nov 2026 10:15:00 A", "2026-11-24T10:15:00Z"},
      {"24 Nov 2026 10:15:00 -0330", "2026-11-24T13:45:00Z"},
      {"31 Dec 2026 23:59:60 +0000", "2027-01-01T00:00:00Z"},
      {"29 Feb 2028 00:00:00 +0000", "2028-02-29T00:00:00Z"},
      {"1 Jan 1990 00:00:00 +0000", "1990-01-01T00:00:00Z"},
      {"31 Dec 2100 00:00:00 +0000", "2100-12-31T00:00:00Z"}};
  for (const auto& [text, expected] : rows) {
    INFO(text);
    const auto instant = mail::parse_header_date(text);
    REQUIRE(instant.has_value());
    CHECK(format_timestamp(*instant) == expected);
  }
}

TEST_CASE("header date: what is no date is an error", "[producers][email]") {
  const std::vector<std::pair<std::string, ErrorCode>> rows{
      {"", ErrorCode::kInvalidField},
      {"yesterday", ErrorCode::kInvalidField},
      {"2026-11-24 10:15:00 +0200", ErrorCode::kInvalidField},
      {"24 Nov 2026 10:15:00", ErrorCode::kInvalidField},  // no zone
      {"24 Nov 2026 10:15:00 EET", ErrorCode::kInvalidField},
      {"24 Nov 2026 10:15:00 J", ErrorCode::kInvalidField},
      {"24 Nov 2026 10:15:00 +9999", ErrorCode::kInvalidField},
      {"24 Nov 2026 10:15:00 +0260", ErrorCode::kInvalidField},
      {"24 Nov 2026 24:00:00 +0200", ErrorCode::kInvalidField},
      {"24 Nov 2026 10:60:00 +0200", ErrorCode::kInvalidField},
      {"24 Nov 2026 10:15:61 +0200", ErrorCode::kInvalidField},
      {"24 Nov 2026 10:15:0 +0200", ErrorCode::kInvalidField},
      {"24 Nov 2026 -1:15:00 +0200", ErrorCode::kInvalidField},
      {"0 Nov 2026 10:15:00 +0200", ErrorCode::kInvalidField},
      {"31 Nov 2026 10:15:00 +0200", ErrorCode::kInvalidField},
      {"29 Feb 2026 10:15:00 +0200", ErrorCode::kInvalidField},
      {"24 Lis 2026 10:15:00 +0200", ErrorCode::kInvalidField},
      {"24 Nov 2026 10:15:00 +0200 extra", ErrorCode::kInvalidField},
      {"31 Dec 1969 23:00:00 +0000", ErrorCode::kOutOfRange},
      {"31 Dec 1989 23:59:59 +0000", ErrorCode::kOutOfRange},
      {"1 Jan 2101 00:00:00 +0000", ErrorCode::kOutOfRange}};
  for (const auto& [text, code] : rows) {
    INFO(text);
    const auto instant = mail::parse_header_date(text);
    REQUIRE_FALSE(instant.has_value());
    CHECK(name_of(instant.error().code) == name_of(code));
    CHECK(instant.error().field == "date");
  }
}
