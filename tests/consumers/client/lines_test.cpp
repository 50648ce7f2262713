#include "consumers/client/lines.h"

#include <vector>

#include "tests/support/catch.h"

using namespace ledger;

namespace {

std::vector<std::string> lines_of(std::string_view text, std::size_t piece) {
  Lines lines;
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    lines.take(text.substr(at, piece), [&](std::string_view line) { all.emplace_back(line); });
  }
  return all;
}

}  // namespace

TEST_CASE("lines: they are the same however the pieces fall", "[client]") {
  const std::string text = "one\n\n" + std::string(5000, 'x') + "\nlast\nwithout an end";
  for (const std::size_t piece : {1U, 2U, 3U, 4U, 5U, 7U, 1000U, 10'000U}) {
    CAPTURE(piece);
    CHECK(lines_of(text, piece) ==
          std::vector<std::string>{"one", "", std::string(5000, 'x'), "last"});
  }
}
