// Goal: what was refused gets in once its cause is mended, and leaves the file only then. Method:
// as in connector_test.cpp.
#include "consumers/ledger-telephony/retry.h"

#include <algorithm>

#include "tests/consumers/ledger-telephony/beside.h"

using namespace ledger;
using namespace ledger::edge;
using namespace std::chrono_literals;

namespace {

// It rang nobody, and the number that was called is not known to be the house's.
std::string missed(int number) {
  std::string text = line(number);
  text.replace(text.find("\"600\""), 5, "\"380445550101\"");
  text.replace(text.find("PJSIP/101-2"), 11, "");
  return text;
}

// As `systemctl stop`, and the command; the connector is gone behind it.
Result<Retried> retry(Beside& beside) {
  static const FixedClock clock(kEvening + 1h);
  if (beside.running()) REQUIRE(beside.connector().save().has_value());
  beside.crash();
  return retry_refused(beside.options(), clock);
}

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("edge retry: calls whose sides are known by now leave the file", "[consumers][edge]") {
  Beside beside;
  beside.write(missed(1) + "half a line\n" + line(2));
  beside.work();
  beside.work(30s);
  REQUIRE(lines(beside.refused()) == 2);
  const std::string before = beside.refused();
  const auto same = retry(beside);
  REQUIRE(same);
  CHECK(same->gone == 0);
  REQUIRE(same->left.size() == 2);
  CHECK(beside.refused() == before);
  beside.options().cdr.own_numbers = {"0445550101"};
  const auto retried = retry(beside);
  REQUIRE(retried);
  CHECK(retried->gone == 1);
  REQUIRE(retried->left.size() == 1);
  CHECK(retried->left.front().where.find("Master.csv at byte") != std::string::npos);
  CHECK(lines(beside.refused()) == 1);
  CHECK(beside.refused().find("half a line") != std::string::npos);
  CHECK(beside.door.events().size() == 2);
  CHECK(beside.door.events().contains("call:176.1"));
  CHECK(retry(beside)->gone == 0);
}

TEST_CASE("edge retry: a leg that could not be read joins those that were delivered",
          "[consumers][edge]") {
  std::string bad = line(2, "102", 90, 1);
  bad.replace(bad.find(",90,"), 4, ",9999,");  // longer than the call
  Beside beside;
  beside.write(line(1) + bad);
  beside.work();
  beside.work(30s);
  REQUIRE(lines(beside.refused()) == 1);
  CHECK(beside.talk_of("call:176.1") == 60);
  // As if the program had learnt to read it.
  REQUIRE(beside.connector().save().has_value());
  beside.crash();
  std::string mended = beside.refused();
  mended.replace(mended.find(",9999,"), 6, ",90,");
  std::filesystem::remove(beside.folder / "state/refused.ndjson");
  beside.folder.append("state/refused.ndjson", mended);
  CHECK(retry(beside)->gone == 1);
  CHECK(beside.refused().empty());
  CHECK(beside.talk_of("call:176.1") == 90);
  // And stays so when a third leg comes.
  beside.start();
  beside.write(line(3, "101", 10, 1));
  beside.work();
  beside.work(30s);
  CHECK(beside.talk_of("call:176.1") == 90);
}

TEST_CASE("edge retry: what the server refuses still, or is away for, stays", "[consumers][edge]") {
  Beside beside;
  beside.door.refuse("call:176.1", 422, "invalid-field");
  beside.write(line(1));
  beside.work();
  beside.work(30s);
  REQUIRE(lines(beside.refused()) == 1);
  CHECK(retry(beside)->left.size() == 1);
  beside.door.refuse_all(503);
  CHECK_FALSE(retry(beside));
  CHECK(lines(beside.refused()) == 1);
  beside.door.refuse_all(0);
  beside.door.refuse("call:176.1", 0, "");
  CHECK(retry(beside)->gone == 1);
  CHECK(beside.refused().empty());
  CHECK(beside.door.events().size() == 1);
}

TEST_CASE("edge retry: nothing stale replaces what was said since", "[consumers][edge]") {
  Beside beside;
  beside.door.refuse("call:176.1", 422, "invalid-field");
  beside.write(line(1));
  beside.work();
  beside.work(30s);
  beside.door.refuse("call:176.1", 0, "");
  beside.write(line(2, "102", 90, 1));
  beside.work();
  beside.work(30s);
  CHECK(beside.talk_of("call:176.1") == 90);
  CHECK(retry(beside)->gone == 1);  // it is remembered, and so is the leg
  CHECK(beside.talk_of("call:176.1") == 90);
  CHECK(beside.door.said().size() == 1);
}
