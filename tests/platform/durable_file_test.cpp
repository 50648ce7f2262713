// Goal: what a program wrote down is found whole after a crash, and one process at a time works in
// a folder.
#include "platform/durable_file.h"

#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;

TEST_CASE("durable file: replaced as a whole, for its owner alone", "[platform]") {
  testing::TemporaryDirectory folder;
  REQUIRE(replace_durably(folder / "position", "a long first state"));
  REQUIRE(replace_durably(folder / "position", "second"));
  CHECK(folder.read("position") == "second");
  CHECK_FALSE(std::filesystem::exists(folder / "position.new"));
  const auto mode = std::filesystem::status(folder / "position").permissions();
  CHECK((mode & std::filesystem::perms::mask) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  // What a crash left of an earlier try is no part of it.
  folder.append("position.new", "half of something longer");
  REQUIRE(replace_durably(folder / "position", "third"));
  CHECK(folder.read("position") == "third");
}

TEST_CASE("durable file: a line begins anew behind half a line", "[platform]") {
  testing::TemporaryDirectory folder;
  REQUIRE(append_line_durably(folder / "lines", "one"));
  folder.append("lines", "ha");
  REQUIRE(append_line_durably(folder / "lines", "two"));
  CHECK(folder.read("lines") == "one\nha\ntwo\n");
}

TEST_CASE("durable file: a folder that is gone is said", "[platform]") {
  testing::TemporaryDirectory folder;
  for (const auto& status : {replace_durably(folder / "none" / "file", "x"),
                             append_line_durably(folder / "none" / "file", "x")}) {
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::kUnavailable);
    CHECK(status.error().message.find("none") != std::string::npos);
  }
}

TEST_CASE("durable file: one holds a folder", "[platform]") {
  testing::TemporaryDirectory folder;
  {
    auto held = LockedFolder::open(folder / "state");
    REQUIRE(held);
    const LockedFolder moved = std::move(*held);
    const auto other = LockedFolder::open(folder / "state");
    REQUIRE_FALSE(other);
    CHECK(other.error().code == ErrorCode::kMisconfigured);
    CHECK(other.error().field == "state");
  }
  CHECK(LockedFolder::open(folder / "state"));
}
