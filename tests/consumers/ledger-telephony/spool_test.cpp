// Goal: records of the manager interface are on the disk, bounded, and never run into one another.
#include "consumers/ledger-telephony/spool.h"

#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;
using namespace ledger::edge;

TEST_CASE("edge spool: lines stay, also after a crash in the middle of one", "[consumers][edge]") {
  testing::TemporaryDirectory folder;
  folder.append("ami.csv", "half a li");
  const auto spool = Spool::open(folder / "ami.csv");
  REQUIRE(spool.has_value());
  REQUIRE((*spool)->append("one\n").has_value());
  CHECK(folder.read("ami.csv") == "half a li\none\n");
}

TEST_CASE("edge spool: a whole part gets a name, and goes when reading is past it",
          "[consumers][edge]") {
  testing::TemporaryDirectory folder;
  const auto spool = Spool::open(folder / "ami.csv").value_or(nullptr);
  REQUIRE(spool);
  const std::string large(kSpoolPartBytes, 'x');
  for (const char* line : {"one\n", "two\n"}) {
    REQUIRE(spool->append(large).has_value());
    REQUIRE(spool->append(line).has_value());
  }
  // 1 is the first, "one" begins the second; what is written goes behind all.
  CHECK(folder.read("ami.csv-1") == large);
  CHECK(folder.read("ami.csv-2") == "one\n" + large);
  CHECK(folder.read("ami.csv") == "two\n");
  REQUIRE(Spool::parts(folder / "ami.csv").size() == 2);
  spool->remove_before(0);
  spool->remove_before(Spool::inode_of(folder / "ami.csv-1"));
  CHECK(Spool::parts(folder / "ami.csv").size() == 2);
  spool->remove_before(Spool::inode_of(folder / "ami.csv-2"));
  CHECK(Spool::parts(folder / "ami.csv") == std::vector{folder / "ami.csv-2"});
  spool->remove_before(Spool::inode_of(folder / "ami.csv"));
  CHECK(Spool::parts(folder / "ami.csv").empty());
  CHECK(folder.read("ami.csv") == "two\n");
}

TEST_CASE("edge spool: its parts are numbered on, and count to what it holds",
          "[consumers][edge]") {
  testing::TemporaryDirectory folder;
  folder.append("ami.csv-9", "");
  folder.append("ami.csv-10", "");
  folder.append("ami.csv-x", "");
  folder.append("ami.csv", std::string(kSpoolPartBytes, 'x'));
  std::filesystem::resize_file(folder / "ami.csv-10", kSpoolBytesMax - kSpoolPartBytes - 6);
  const auto spool = Spool::open(folder / "ami.csv").value_or(nullptr);
  REQUIRE(spool);  // with a line end behind what is there
  CHECK(Spool::parts(folder / "ami.csv").back() == folder / "ami.csv-11");
  CHECK(spool->append("too long\n").error().code == ErrorCode::kTooLarge);
  spool->remove_before(Spool::inode_of(folder / "ami.csv-11"));
  REQUIRE(spool->append("long\n").has_value());
  CHECK(Spool::parts(folder / "ami.csv") == std::vector{folder / "ami.csv-11"});
}

TEST_CASE("edge spool: a full one says so and keeps what it has", "[consumers][edge]") {
  testing::TemporaryDirectory folder;
  std::filesystem::create_directories(folder.path());
  folder.append("ami.csv", "");
  std::filesystem::resize_file(folder / "ami.csv", kSpoolBytesMax - 2);
  const auto spool = Spool::open(folder / "ami.csv");
  REQUIRE(spool.has_value());
  const auto status = (*spool)->append("too long\n");
  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().code == ErrorCode::kTooLarge);
  CHECK(std::filesystem::file_size(folder / "ami.csv-1") == kSpoolBytesMax - 2);
  CHECK(folder.read("ami.csv") == "\n");
}
