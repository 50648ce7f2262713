#include <set>

#include "consumers/client/lines.h"
#include "tests/support/catch.h"
#include "tests/support/house.h"

using namespace ledger;
using ledger::testing::House;

namespace {

std::string meeting(int number) {
  return R"({"specversion":"1.0","id":"e-)" + std::to_string(number) +
         R"(","source":"test","type":"org.salesledger.meeting.held.v1",
  "time":"2026-11-24T08:00:00Z",
  "data":{"client_id":"c-1","manager_id":"m-1","topic":")" +
         std::string(4000, 'x') + R"("}})";
}

}  // namespace

TEST_CASE("rows: a row of a megabyte comes in chunks that a slow reader can take", "[query]") {
  House house;
  for (int number = 0; number < 150; ++number) house.post(meeting(number));
  const auto answer = house.get("/v1/rows");
  REQUIRE(answer.stream);
  Lines lines;
  std::set<std::string> rows;
  std::size_t longest = 0;
  std::string chunk;
  while (answer.stream(chunk)) {
    REQUIRE(chunk.size() <= 256 * 1024);
    lines.take(chunk, [&](std::string_view line) {
      CHECK(line.starts_with(rows.empty() ? R"({"position":)" : R"({"family":)"));
      CHECK(line.ends_with('}'));
      rows.emplace(line);
      longest = std::max(longest, line.size());
    });
    chunk.clear();
  }
  CHECK(longest > 1024 * 1024);
  CHECK(rows.size() > 10);
}
