// Goal: whatever happens to the file and to the connector, nothing is lost and no call is told by
// half. Method: a door of a few lines over real HTTP, and a clock that the test moves.
#include "consumers/ledger-telephony/connector.h"

#include <algorithm>

#include "tests/consumers/ledger-telephony/beside.h"

using namespace ledger;
using namespace ledger::edge;
using namespace std::chrono_literals;

TEST_CASE("edge: a call is sent when it has settled, with all its legs", "[consumers][edge]") {
  Beside beside;
  beside.write(line(1) + line(2, "102", 90, 1));
  beside.work(1s);
  CHECK(beside.door.events().empty());
  beside.work(30s);
  const auto events = beside.door.events();
  REQUIRE(events.size() == 1);
  const auto* call = events.at("call:176.1").data.get_if<CallCompleted>();
  REQUIRE(call != nullptr);
  CHECK(call->manager_extension == "102");
  CHECK(call->talk_s == 90);
  CHECK(beside.counters().delivered == 1);
  CHECK(beside.counters().legs == 2);
}

TEST_CASE("edge: an internal call is left out and read once", "[consumers][edge]") {
  Beside beside;
  std::string internal = line(1);
  internal.replace(internal.find("0501112233"), 10, "102");
  beside.write(internal);
  beside.work();
  beside.work(30s);
  CHECK(beside.counters().skipped == 1);
  REQUIRE(beside.connector().save().has_value());
  beside.crash();
  beside.start();
  beside.work(60s);
  CHECK(beside.counters().lines == 0);
}

TEST_CASE("edge: a call of which nobody can say with whom it was is kept with its reason",
          "[consumers][edge]") {
  Beside beside;
  std::string missed = line(1);  // it rang nobody, and the number that was called is not known
  missed.replace(missed.find("\"600\""), 5, "\"380445550101\"");
  missed.replace(missed.find("PJSIP/101-2"), 11, "");
  beside.write(missed + line(2));
  beside.work();
  beside.work(30s);
  CHECK(beside.counters().refused == 1);
  CHECK(beside.counters().skipped == 0);
  CHECK(beside.door.events().size() == 1);
  CHECK(beside.refused().find("own_numbers in the settings") != std::string::npos);
  CHECK(beside.refused().find("380445550101") != std::string::npos);
  REQUIRE(beside.connector().refusals().size() == 1);
  CHECK(beside.connector().refusals().front().find("call 176.1: own_numbers") == 0);
  // Its place is passed: it is read once.
  REQUIRE(beside.connector().save().has_value());
  beside.crash();
  beside.start();
  beside.work(60s);
  CHECK(beside.counters().lines == 0);
}

TEST_CASE("edge: what the server has not acknowledged is read again after a crash",
          "[consumers][edge]") {
  Beside beside;
  beside.write(line(1));
  beside.work();
  beside.work(30s);
  beside.door.refuse_all(503);
  beside.write(line(2));
  beside.work(1s);
  beside.work(30s);
  CHECK(beside.counters().failures >= 1);
  CHECK(beside.counters().waiting == 1);
  REQUIRE(beside.connector().save().has_value());
  beside.crash();
  beside.door.refuse_all(0);
  beside.start();
  beside.work();
  CHECK(beside.counters().lines == 1);  // not the first
  beside.work(30s);
  CHECK(beside.door.events().size() == 2);
}

TEST_CASE("edge: a file that was begun and rotated before anything was delivered is read on",
          "[consumers][edge]") {
  Beside beside;
  beside.write("");
  beside.work();  // the file is there and empty
  beside.write(line(1));
  std::filesystem::rename(beside.folder / "Master.csv", beside.folder / "Master.csv.1");
  beside.crash();
  beside.write(line(2));
  beside.start();
  beside.work();
  beside.work(30s);
  CHECK(beside.door.events().size() == 2);
}

TEST_CASE("edge: a late leg restates its call", "[consumers][edge]") {
  Beside beside;
  beside.write(line(1));
  beside.work();
  beside.work(30s);
  beside.write(line(2, "102", 90, 1));
  beside.work(1s);
  beside.work(30s);
  CHECK(beside.counters().delivered == 1);
  CHECK(beside.counters().corrected == 1);
  CHECK(beside.talk_of("call:176.1") == 90);
  // Everything once more, from the beginning: nothing new.
  beside.crash();
  std::filesystem::remove(beside.folder / "state/position");
  beside.start();
  beside.work();
  beside.work(30s);
  CHECK(beside.door.said().size() == 2);
}

TEST_CASE("edge: a leg alone does not replace a call whose other legs are forgotten",
          "[consumers][edge]") {
  // As ids are: the call began at 10:00:00 in Kyiv.
  const auto with_id = [](std::string text) {
    for (std::size_t at = 0; (at = text.find("\"176.", at)) != std::string::npos; ++at) {
      text.replace(at, 5, "\"1795507200.");
    }
    return text;
  };
  std::string late = with_id(line(2, "102", 90, 1));
  for (std::size_t at = 0; (at = late.find("10:00:00", at)) != std::string::npos; ++at) {
    late.replace(at, 8, "10:05:00");
  }
  late.replace(late.find(",600,"), 5, ",300,");
  Beside beside;
  beside.write(with_id(line(1)));
  beside.work();
  beside.work(30s);
  beside.crash();
  std::filesystem::remove(beside.folder / "state/position");
  std::filesystem::remove(beside.folder / "Master.csv");
  beside.start();
  beside.write(late);
  beside.work();
  beside.work(30s);
  CHECK(beside.counters().corrected == 0);
  CHECK(beside.counters().refused == 1);
  CHECK(beside.refused().find("first legs are not known") != std::string::npos);
  CHECK(beside.door.events().size() == 1);
  // With the other leg known it is a correction.
  beside.crash();
  std::filesystem::remove(beside.folder / "state/position");
  std::filesystem::remove(beside.folder / "Master.csv");
  beside.write(with_id(line(1)) + late);
  beside.start();
  beside.work();
  beside.work(30s);
  CHECK(beside.counters().corrected == 1);
}

TEST_CASE("edge: a call that the ledger has whole is not left cut to its first leg",
          "[consumers][edge]") {
  Beside beside;
  beside.write(line(1) + line(2, "102", 90, 1));
  beside.work();
  beside.work(30s);
  REQUIRE(beside.door.events().size() == 1);
  beside.crash();
  std::filesystem::remove(beside.folder / "state/position");
  std::filesystem::remove(beside.folder / "Master.csv");
  // Between the two legs so much, and so much later, that the first is settled without the second.
  std::string between;
  for (int i = 3; i < 1600; ++i) between += line(i);
  for (std::size_t at = 0; (at = between.find("10:10:00", at)) != std::string::npos; ++at) {
    between.replace(at, 8, "10:20:00");
  }
  beside.write(line(1) + between + line(2, "102", 90, 1));
  beside.start();
  beside.work();
  beside.work(30s);
  beside.crash();
  beside.start();
  beside.work(60s);
  // Cut by the chunk, and whole again.
  auto said = beside.door.said();
  CHECK(std::count(said.begin(), said.end(), "call:176.1") == 3);
  CHECK(beside.talk_of("call:176.1") == 90);
}

TEST_CASE("edge: a crash behind a restatement, before it is saved, leaves no call cut",
          "[consumers][edge]") {
  Beside beside;
  beside.write(line(1) + line(2, "102", 90, 1));
  beside.work();
  beside.work(30s);
  beside.crash();
  std::filesystem::remove(beside.folder / "state/position");
  std::filesystem::remove(beside.folder / "Master.csv");
  std::string between;
  for (int i = 3; i < 1600; ++i) between += line(i);
  for (std::size_t at = 0; (at = between.find("10:10:00", at)) != std::string::npos; ++at) {
    between.replace(at, 8, "10:20:00");
  }
  beside.write(line(1) + between + line(2, "102", 90, 1));
  beside.start();
  // Its first leg alone is told, and with that the connector is gone.
  while (beside.talk_of("call:176.1") == 90) REQUIRE(beside.connector().step().has_value());
  CHECK(beside.talk_of("call:176.1") == 60);
  beside.crash();
  // This time both legs are read before the call is told; the ledger was told the same at first.
  beside.options().settle = 24h;
  beside.start();
  beside.work();
  beside.work(48h);
  CHECK(beside.talk_of("call:176.1") == 90);
}

TEST_CASE("edge: no call is settled by the clock while more of the file is there",
          "[consumers][edge]") {
  Beside beside;
  std::string between;
  for (int i = 3; i < 4000; ++i) between += line(i);  // three chunks
  beside.write(line(1) + between + line(2, "102", 90, 1));
  REQUIRE(beside.connector().step().has_value());
  beside.work(31s);
  beside.work(30s);
  CHECK(beside.counters().corrected == 0);
  CHECK(beside.door.events().at("call:176.1").data.get_if<CallCompleted>()->talk_s == 90);
}

TEST_CASE("edge: another file begins at its own beginning", "[consumers][edge]") {
  Beside beside;
  beside.write(line(1));
  beside.work();
  beside.work(30s);
  REQUIRE(beside.connector().save().has_value());
  beside.crash();
  beside.folder.append("Other.csv", line(2));
  beside.options().cdr_file = beside.folder / "Other.csv";
  beside.start();
  beside.work();
  beside.work(30s);
  CHECK(beside.door.events().size() == 2);
  CHECK(beside.counters().rests_lost == 0);
}

TEST_CASE("edge: what was spooled is delivered without the manager interface too",
          "[consumers][edge]") {
  Beside beside;
  beside.crash();
  beside.folder.append("state/ami.csv", line(1));
  beside.start();
  beside.write(line(1));  // the file has it as well
  beside.work();
  beside.work(30s);
  CHECK(beside.door.events().size() == 1);
  CHECK(beside.counters().repeated == 1);
}

TEST_CASE("edge: columns that contradict the settings stop the reading, and refuse nothing",
          "[consumers][edge]") {
  std::string short_line = line(1);  // 17 columns: no userfield, no newcdrcolumns
  short_line = short_line.substr(0, short_line.find(",\"\",\"\",\"176.")) + "\n";
  for (const bool told : {false, true}) {
    Beside beside;
    if (told) beside.options().cdr.columns = asterisk::Columns{true, true, true};
    beside.crash();
    beside.start();
    beside.write(line(2) + "half a line\n" + short_line + line(3));
    beside.work();
    beside.work(30s);
    beside.work(30s);
    CHECK(beside.connector().trouble().find("17 columns") != std::string::npos);
    CHECK(beside.counters().delivered == 1);  // what stood before it
    CHECK(beside.counters().refused == 1);    // damaged
    CHECK(beside.counters().lines == 2);
    // Set right, reading goes on with that record.
    REQUIRE(beside.connector().save().has_value());
    beside.crash();
    std::filesystem::resize_file(
        beside.folder / "Master.csv",
        std::filesystem::file_size(beside.folder / "Master.csv") - line(3).size());
    beside.options().cdr.columns = asterisk::Columns{.uniqueid = true};
    beside.start();
    beside.work();
    beside.work(30s);
    CHECK(beside.connector().trouble().empty());
    CHECK(beside.door.events().size() == 2);
  }
}

TEST_CASE("edge: parts of the spool are read in their order and deleted when delivered",
          "[consumers][edge]") {
  Beside beside;
  beside.crash();
  const std::string spool = "state/ami.csv";
  std::filesystem::file_time_type age = std::filesystem::file_time_type::clock::now();
  for (const auto& [name, number] : {std::pair{"-9", 1}, {"-10", 2}, {"", 3}}) {
    beside.folder.append(spool + name, line(number));
    std::filesystem::last_write_time(beside.folder / (spool + name), age += 1s);
  }
  beside.start();  // nothing was saved of the spool yet
  CHECK(beside.connector().lag_bytes() > 0);
  beside.work();
  CHECK(beside.counters().legs == 3);
  beside.door.refuse_all(503);
  beside.work(61s);
  beside.work(61s);
  CHECK(std::filesystem::exists(beside.folder / (spool + "-9")));
  beside.door.refuse_all(0);
  for (int i = 0; i < 3; ++i) beside.work(61s);
  CHECK(beside.door.events().size() == 3);
  CHECK_FALSE(std::filesystem::exists(beside.folder / (spool + "-9")));
  CHECK_FALSE(std::filesystem::exists(beside.folder / (spool + "-10")));
  beside.crash();
  beside.start();
  beside.work(61s);
  CHECK(beside.counters().legs == 0);
  CHECK(beside.counters().rests_lost == 0);
}
