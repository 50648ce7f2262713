// Goal: records of the manager interface are on the disk, bounded, and never run into one another.
#include "consumers/ledger-telephony/spool.h"

#include "tests/consumers/ledger-telephony/folder.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::edge;

TEST_CASE("edge spool: lines stay, also after a crash in the middle of one", "[consumers][edge]") {
  TestFolder folder;
  folder.append("ami.csv", "half a li");
  const auto spool = Spool::open(folder / "ami.csv");
  REQUIRE(spool.has_value());
  REQUIRE((*spool)->append("one\n").has_value());
  CHECK(folder.read("ami.csv") == "half a li\none\n");
}

TEST_CASE("edge spool: it is emptied once all of it is done, not before", "[consumers][edge]") {
  TestFolder folder;
  const auto spool = Spool::open(folder / "ami.csv").value_or(nullptr);
  REQUIRE(spool);
  REQUIRE(spool->append("small\n").has_value());
  spool->empty_if_done(6);
  CHECK(folder.read("ami.csv").size() == 6);  // not worth it
  const std::string large(kSpoolEmptiedAt, 'x');
  REQUIRE(spool->append(large).has_value());
  spool->empty_if_done(large.size());  // something came since
  CHECK(folder.read("ami.csv").size() == large.size() + 6);
  spool->empty_if_done(large.size() + 6);
  CHECK(folder.read("ami.csv").empty());
  REQUIRE(spool->append("next\n").has_value());
  CHECK(folder.read("ami.csv") == "next\n");
}

TEST_CASE("edge spool: a full one says so and keeps what it has", "[consumers][edge]") {
  TestFolder folder;
  std::filesystem::create_directories(folder.path());
  folder.append("ami.csv", "");
  std::filesystem::resize_file(folder / "ami.csv", kSpoolBytesMax - 2);
  const auto spool = Spool::open(folder / "ami.csv");
  REQUIRE(spool.has_value());
  const auto status = (*spool)->append("too long\n");
  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().code == ErrorCode::kTooLarge);
  CHECK(std::filesystem::file_size(folder / "ami.csv") == kSpoolBytesMax - 1);
}
