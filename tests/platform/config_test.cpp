// Goal: what people write for our programs is read, or refused with the member's name and its line.
// Method: one file, one oddity at a time.
#include "platform/config.h"

#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::config;

TEST_CASE("config: members, sections and lists of sections", "[platform]") {
  const auto read = parse_toml(
      "a = \"x\"\nmany = [1, 2]\nnone = []\n[s]\nb = true\n\"грн\" = \"UAH\"\n"
      "[[folder]]\npath = \"p\"\n[[folder]]\npath = \"q\"\n");
  REQUIRE(read);
  CHECK(read->members.at("a").values == std::vector<Value>{"x"});
  CHECK(read->members.at("many").values == std::vector<Value>{std::int64_t{1}, std::int64_t{2}});
  CHECK(read->members.at("none").values.empty());
  CHECK(read->members.at("s.b").values == std::vector<Value>{true});
  CHECK(read->members.at("s.b").line == 5);
  CHECK(read->members.contains("s.грн"));
  REQUIRE(read->lists.at("folder").size() == 2);
  CHECK(read->lists.at("folder")[1].at("path").values == std::vector<Value>{"q"});
  CHECK(parse_toml("")->members.empty());
}

TEST_CASE("config: what is none is refused by line or member", "[platform]") {
  const auto error = [](std::string_view text) { return parse_toml(text).error(); };
  CHECK(error("a = 1\nb = ;\n").code == ErrorCode::kMalformed);
  CHECK(error("a = 1\nb = ;\n").message.find("line 2") != std::string::npos);
  CHECK(error("a = 1\na = 2\n").code == ErrorCode::kMalformed);
  CHECK(error("a = 1.5\n").field == "a");
  CHECK(error("[s.t]\na = 1\n").field == "s.t");
  CHECK(error("a = [1, [2]]\n").field == "a");
  CHECK(error("[[f]]\na = {b = 1}\n").field == "a");
  CHECK(error("\xff").code == ErrorCode::kMalformed);
  CHECK(error(std::string(kConfigBytesMax + 1, '#')).code == ErrorCode::kTooLarge);
}
