// Goal: what a database acknowledged is there, and what it refused is not, on a disk that fills up
// or does not confirm. Method: the C library's own file calls fail, at every byte of a write.
#include "platform/rocks/database.h"

#include <cstdlib>
#include <filesystem>
#include <set>

#include "tests/support/catch.h"
#include "tests/support/faulty_disk.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;
using ledger::rocks::Database;
using ledger::testing::FaultyDisk;
using ledger::testing::TemporaryDirectory;

namespace {

std::unique_ptr<Database> open(const TemporaryDirectory& directory) {
  Database::Options options;
  options.directory = directory.path();
  options.families = {"rows"};
  return Database::open(options).value();
}

Status put(Database& database, const std::string& key, std::size_t bytes = 100) {
  const auto batch = database.batch();
  batch->put("rows", key, std::string(bytes, 'x'));
  batch->put("rows", key + "'", "its other half");
  return database.write(*batch, /*sync=*/true);
}

std::set<std::string> keys_of(const Database& database) {
  std::set<std::string> keys;
  const auto at = database.iterate("rows", "", "", nullptr);
  for (; at->valid(); at->next()) keys.emplace(at->key());
  CHECK(at->status());
  return keys;
}

// Tries a write until it is taken, as every caller does with what is retriable.
bool goes_on(Database& database, const std::string& key) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (std::chrono::steady_clock::now() < deadline) {
    if (put(database, key)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("rocks: a full disk refuses, keeps nothing of the batch, and the database goes on",
          "[contract][rocks]") {
  // The write breaks off within its header, within its first half, and short of its end.
  const auto room = GENERATE(std::size_t{0}, std::size_t{5}, std::size_t{60}, std::size_t{140});
  const TemporaryDirectory directory;
  FaultyDisk disk(directory.path());
  auto database = open(directory);
  REQUIRE(put(*database, "before"));
  disk.leave(room);
  const auto refused = put(*database, "lost");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kUnavailable);
  CHECK_FALSE(put(*database, "lost too"));
  CHECK(database->get("rows", "before", nullptr).value());
  disk.heal();
  CHECK(goes_on(*database, "after"));
  const std::set<std::string> kept{"after", "after'", "before", "before'"};
  CHECK(keys_of(*database) == kept);
  database.reset();
  CHECK(keys_of(*open(directory)) == kept);
}

TEST_CASE("rocks: a device that does not confirm makes the write doubtful, whole or not at all",
          "[contract][rocks]") {
  const TemporaryDirectory directory;
  FaultyDisk disk(directory.path());
  auto database = open(directory);
  REQUIRE(put(*database, "before"));
  disk.fail_syncs();
  const auto doubtful = put(*database, "doubtful");
  REQUIRE_FALSE(doubtful);
  CHECK(doubtful.error().code == ErrorCode::kPossiblyPersisted);
  disk.heal();
  database.reset();
  const auto kept = keys_of(*open(directory));
  CHECK(kept.contains("before"));
  CHECK(kept.contains("doubtful") == kept.contains("doubtful'"));
}

TEST_CASE("rocks: a directory in use is refused by its name", "[contract][rocks]") {
  const TemporaryDirectory directory;
  const auto database = open(directory);
  Database::Options options;
  options.directory = directory.path();
  const auto second = Database::open(options);
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::kMisconfigured);
  CHECK(second.error().message.find("in use") != std::string::npos);
}

namespace {

// Names of the files that the bytes stand in.
std::set<std::string> files_with(const TemporaryDirectory& directory, const std::string& bytes) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
    const std::string name = entry.path().filename().string();
    if (directory.read(name).find(bytes) != std::string::npos) names.insert(name);
  }
  return names;
}

std::unique_ptr<Database> open_forgetful(const TemporaryDirectory& directory) {
  Database::Options options;
  options.directory = directory.path();
  options.families = {"rows", "others"};
  options.forgets_keys = true;
  return Database::open(options).value();
}

Status put_one(Database& database, const std::string& family, const std::string& key,
               const std::string& value) {
  const auto batch = database.batch();
  batch->put(family, key, value);
  return database.write(*batch, /*sync=*/true);
}

Status erase_one(Database& database, const std::string& key) {
  const auto batch = database.batch();
  batch->erase("rows", key);
  return database.write(*batch, /*sync=*/true);
}

}  // namespace

TEST_CASE("rocks: what was erased or overwritten is in no file after a purge",
          "[contract][rocks]") {
  // In the log only, in a table of the last level, or read from the log by another start.
  const auto before = GENERATE(as<std::string>{}, "in the log", "in a table", "after a start");
  CAPTURE(before);
  const std::string secret = "Zq7!vW2#kP9@xR4$mT6^";
  const std::string overwritten = "Hn3%bY8&cU1*jL5(gD0)";
  const std::string key = "Ks2~fE6+oI4=aQ8<wX0>";
  const TemporaryDirectory directory;
  auto database = open_forgetful(directory);
  REQUIRE(put_one(*database, "rows", "kept", "stays"));
  REQUIRE(put_one(*database, "others", "kept", "stays"));
  REQUIRE(put_one(*database, "rows", key, secret));
  REQUIRE(put_one(*database, "rows", "kept too", overwritten));
  if (before == "in a table") REQUIRE(database->purge("rows"));
  if (before == "after a start") {
    database.reset();
    database = open_forgetful(directory);
  }
  CHECK_FALSE(files_with(directory, secret).empty());
  CHECK_FALSE(files_with(directory, overwritten).empty());
  REQUIRE(erase_one(*database, key));
  REQUIRE(put_one(*database, "rows", "kept too", "newer"));
  REQUIRE(database->purge("rows"));
  CHECK(files_with(directory, secret) == std::set<std::string>{});
  CHECK(files_with(directory, overwritten) == std::set<std::string>{});
  CHECK(files_with(directory, key) == std::set<std::string>{});
  CHECK(keys_of(*database) == std::set<std::string>{"kept", "kept too"});
  database.reset();
  database = open_forgetful(directory);
  CHECK(keys_of(*database) == std::set<std::string>{"kept", "kept too"});
  CHECK(database->get("others", "kept").value() == "stays");
  CHECK(database->get("rows", "kept too").value() == "newer");
}

TEST_CASE("rocks: a purge of the last row, of nothing, and twice", "[contract][rocks]") {
  const std::string key = "Ks2~fE6+oI4=aQ8<wX0>";
  const TemporaryDirectory directory;
  const auto database = open_forgetful(directory);
  REQUIRE(database->purge("rows"));
  REQUIRE(put_one(*database, "rows", key, "secret"));
  REQUIRE(erase_one(*database, key));
  REQUIRE(database->purge("rows"));
  CHECK(files_with(directory, key) == std::set<std::string>{});
  REQUIRE(database->purge("rows"));
  REQUIRE(database->purge("unknown"));
  CHECK(keys_of(*database).empty());
  REQUIRE(put_one(*database, "rows", "next", "taken"));
}

TEST_CASE("rocks: what a snapshot has kept goes with the purge after it", "[contract][rocks]") {
  const std::string secret = "Zq7!vW2#kP9@xR4$mT6^";
  const TemporaryDirectory directory;
  const auto database = open_forgetful(directory);
  REQUIRE(put_one(*database, "rows", "key", secret));
  auto snapshot = database->snapshot();
  REQUIRE(erase_one(*database, "key"));
  REQUIRE(database->purge("rows"));
  CHECK(database->get("rows", "key", snapshot.get()).value() == secret);
  snapshot.reset();
  REQUIRE(database->purge("rows"));
  CHECK(files_with(directory, secret) == std::set<std::string>{});
}
