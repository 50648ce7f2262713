#include "platform/cursor.h"

#include "tests/support/catch.h"

using namespace ledger;

TEST_CASE("cursor: a place comes back as it was, whatever bytes it has", "[platform]") {
  for (const std::string& place : {std::string("c-3"), std::string("1c-1\0c-5", 8),
                                   std::string("ї\xff\xfe?>~"), std::string(2000, '\xfb')}) {
    const std::string cursor = seal_cursor("/v1/clients", place);
    CHECK(cursor.find_first_not_of(
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    CHECK(open_cursor("/v1/clients", cursor) == place);
  }
}

TEST_CASE("cursor: of another route or none of ours it is refused", "[platform]") {
  const std::string cursor = seal_cursor("/v1/clients", "c-3");
  const auto other = open_cursor("/v1/receivables", cursor);
  REQUIRE_FALSE(other);
  CHECK(other.error() ==
        Error{ErrorCode::kInvalidField, "is a cursor of another question", "cursor"});
  for (const std::string& text :
       {std::string(), std::string("c-3"), std::string("="), cursor + "=", "A" + cursor,
        cursor.substr(0, 4), std::string("AAAAAAAAAA"), std::string("a b"), std::string("\xff")}) {
    INFO(text);
    const auto opened = open_cursor("/v1/clients", text);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().field == "cursor");
  }
}
