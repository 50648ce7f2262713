// Goal: a reader's place in the log survives text, and outside text cannot break it. Method: both
// spellings in both directions, and the largest numbers.
#include "events/position.h"

#include "events/log/log_writer.h"
#include "tests/events/samples.h"
#include "tests/events/spelled.h"
#include "tests/support/catch.h"

namespace ledger::testing {

TEST_CASE("position: it is partition and offset", "[events][position]") {
  CHECK(to_string(Position{3, 1207}) == "3:1207");
  CHECK(must(parse_position("3:1207")) == Position{3, 1207});
  CHECK(must(parse_position("0:0")) == Position{0, 0});
  CHECK(must(parse_position("4095:7")) == Position{4095, 7});
  for (const std::string_view text :
       {"", ":", "3", "3:", ":7", "-1:7", "3:-7", "3:7:1", " 3:7", "3:7 ", "+3:7", "3:0x7",
        "4096:7", "99999999999:7", "3:99999999999999999999", "3,7"}) {
    INFO(text);
    CHECK(verdict(parse_position(text)) == "invalid-field");
  }
}

TEST_CASE("position: a frontier is the next offset of each partition", "[events][position]") {
  CHECK(to_string(Frontier({12, 0, 7})) == "12,0,7");
  CHECK(must(parse_frontier("12,0,7")) == Frontier({12, 0, 7}));
  CHECK(must(parse_frontier("12")) == Frontier({12}));
  CHECK(Frontier::start(3) == Frontier({0, 0, 0}));
  CHECK(Frontier({12, 0, 7}).total() == 19);
  for (const std::string_view text : {"", ",", "12,", ",12", "12,,7", "12,-1", "a", "12, 7",
                                      "99999999999999999999", "1:", "1:2,3"}) {
    INFO(text);
    CHECK(verdict(parse_frontier(text)) == "invalid-field");
  }
}

TEST_CASE("position: as a frontier, an event means everything up to and with it",
          "[events][position]") {
  const auto frontier = must(parse_frontier("1:4"));
  CHECK(frontier == Frontier({0, 5}));
  CHECK(frontier.covers(Position{1, 4}));
  CHECK_FALSE(frontier.covers(Position{1, 5}));
}

TEST_CASE("position: a frontier covers another that it has passed everywhere",
          "[events][position]") {
  const Frontier here({12, 0, 7});
  CHECK(here.covers(here));
  CHECK(here.covers(Frontier({11, 0, 7})));
  CHECK_FALSE(here.covers(Frontier({11, 1, 7})));
  CHECK(here.covers(Frontier({12})));
  CHECK(here.covers(Frontier({12, 0, 7, 0})));
  CHECK_FALSE(here.covers(Frontier({12, 0, 7, 1})));
  CHECK_FALSE(here.covers(Position{3, 0}));
  CHECK_FALSE(here.covers(Position{1, 0}));
  CHECK(Frontier().covers(Frontier()));
}

TEST_CASE("position: including never goes back", "[events][position]") {
  Frontier frontier({5});
  frontier.include({0, 2});
  CHECK(frontier == Frontier({5}));
  frontier.include({0, 5});
  CHECK(frontier == Frontier({6}));
  frontier.include({2, 0});
  CHECK(frontier == Frontier({6, 0, 1}));
}

TEST_CASE("position: the largest numbers that are taken can be counted with",
          "[events][position]") {
  // "at_least" comes from outside: no spelling of it may overflow what is computed from it.
  for (const std::string_view text : {"0:9223372036854775807", "9223372036854775807,1"}) {
    CHECK(verdict(parse_frontier(text)) == "invalid-field");
  }
  // Two years of a thousand events a second.
  CHECK(must(parse_frontier("0:63072000000")).total() == 63072000001);
  std::string most = "2251799813685247";
  for (int i = 1; i < 4096; ++i) most += ",2251799813685247";
  CHECK(must(parse_frontier(most)).total() > 0);
  CHECK(verdict(parse_frontier(most + ",0")) == "invalid-field");
}

TEST_CASE("position: keys lie where Kafka's own client puts them", "[events][position]") {
  // murmur2 of org.apache.kafka.common.utils.UtilsTest, made positive, modulo the partitions.
  const std::vector<std::pair<std::string_view, std::int32_t>> hashes{
      {"21", -973932308},
      {"foobar", -790332482},
      {"a-little-bit-long-string", -985981536},
      {"a-little-bit-longer-string", -1486304829},
      {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971},
      {"abc", 479470107}};
  for (const auto& [key, hash] : hashes) {
    for (const std::int32_t partitions : {1, 6, 4096}) {
      CHECK(partition_of(key, partitions) == (hash & 0x7fffffff) % partitions);
    }
  }
}

}  // namespace ledger::testing
