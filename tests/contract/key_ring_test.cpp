// Goal: what a ring hands out is kept and found again, and what it destroyed is gone, from the
// files too. Method: one suite over every ring; then the one on the disk is opened again, with its
// key-encryption key and without, and its files are searched.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>

#include "events/privacy/memory_key_ring.h"
#include "events/privacy/rocks_key_ring.h"
#include "platform/assert.h"
#include "platform/base64.h"
#include "platform/rocks/database.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;
using namespace ledger::privacy;
using ledger::testing::TemporaryDirectory;

namespace fs = std::filesystem;

namespace {

using Ids = std::vector<std::string>;

RocksKeyRingOptions options_in(const TemporaryDirectory& directory) {
  return {directory / "ring", directory / "wrapping.key"};
}

class Rings {
 public:
  Rings() {
    rings_.push_back(memory_key_ring());
    rings_.push_back(open_rocks_key_ring(options_in(directory_)).value());
  }
  [[nodiscard]] const std::vector<std::unique_ptr<KeyRing>>& all() const { return rings_; }

 private:
  TemporaryDirectory directory_;  // outlives what stands in it
  std::vector<std::unique_ptr<KeyRing>> rings_;
};

Ids sorted(Ids ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::string text_of(const AeadKey& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string contents(const fs::path& file) {
  std::ifstream input(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(input), {}};
}

// Names of the ring's files that the bytes stand in.
std::set<std::string> files_with(const TemporaryDirectory& directory, const std::string& bytes) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory / "ring")) {
    if (contents(entry.path()).find(bytes) != std::string::npos) {
      names.insert(entry.path().filename().string());
    }
  }
  return names;
}

// A row as it lies in the ring on the disk, past the ring.
std::string stored_row(const TemporaryDirectory& directory, const std::string& family,
                       const std::string& key) {
  rocks::Database::Options options;
  options.directory = directory / "ring";
  options.families = {family};
  return rocks::Database::open(options).value()->get(family, key).value().value();
}

}  // namespace

TEST_CASE("key ring: a subject has one key, another subject another", "[contract][personal]") {
  const Rings rings;
  for (const auto& ring : rings.all()) {
    const auto olena = ring->key_of("person/c-1/p-1").value();
    CHECK(ring->key_of("person/c-1/p-1").value() == olena);
    const auto other = ring->key_of("person/c-1/p-2").value();
    CHECK(other.id != olena.id);
    CHECK(other.key != olena.key);
    CHECK(other.salt != olena.salt);
    CHECK(olena.key != olena.salt);
    CHECK(olena.id.size() == 22);
    CHECK(base64url_decode(olena.id).value().size() == 16);
    REQUIRE(ring->sync());
    REQUIRE(ring->sync());
  }
}

TEST_CASE("key ring: a key is found by its id, and an id that it never had is unknown",
          "[contract][personal]") {
  const Rings rings;
  for (const auto& ring : rings.all()) {
    const auto olena = ring->key_of("person/c-1/p-1").value();
    const auto found = ring->find(olena.id).value();
    CHECK(found.key == olena);
    CHECK_FALSE(found.erased_by);
    for (const auto* id : {"", "person/c-1/p-1", "AAAAAAAAAAAAAAAAAAAAAA"}) {
      CHECK(ring->find(id).value().unknown());
    }
  }
}

TEST_CASE("key ring: with a subject go the identifiers that are his alone",
          "[contract][personal]") {
  const Rings rings;
  for (const auto& ring : rings.all()) {
    const auto olena = ring->key_of("person/olena").value();
    const auto taras = ring->key_of("person/taras").value();
    const auto own = ring->key_of("phone/own").value();
    const auto shared = ring->key_of("phone/shared").value();
    REQUIRE(ring->link("person/olena", {"phone/own", "phone/shared"}));
    REQUIRE(ring->link("person/olena", {"mail/without-a-key"}));  // added, not put in their place
    REQUIRE(ring->link("person/olena", {"phone/own"}));           // again: nothing new
    REQUIRE(ring->link("person/olena", {}));
    REQUIRE(ring->link("person/taras", {"phone/shared"}));
    CHECK(ring->ids_of("person/olena").value() == sorted({olena.id, own.id}));
    CHECK(ring->ids_of("person/taras").value() == Ids{taras.id});
    CHECK(ring->ids_of("phone/own").value() == Ids{own.id});
    CHECK(ring->ids_of("person/nobody").value().empty());
    const auto mail = ring->key_of("mail/without-a-key").value();
    CHECK(ring->ids_of("person/olena").value() == sorted({olena.id, own.id, mail.id}));
    // Once she is gone, what she shared is his alone.
    REQUIRE(ring->destroy(ring->ids_of("person/olena").value(), "ledger e-1"));
    CHECK(ring->ids_of("person/olena").value().empty());
    CHECK(ring->find(shared.id).value().key == shared);
    CHECK(ring->ids_of("person/taras").value() == sorted({taras.id, shared.id}));
  }
}

TEST_CASE("key ring: identifiers of a subject without a key of his own are found",
          "[contract][personal]") {
  const Rings rings;
  for (const auto& ring : rings.all()) {
    REQUIRE(ring->link("person/olena", {"phone/own"}));
    CHECK(ring->ids_of("person/olena").value().empty());
    const auto own = ring->key_of("phone/own").value();
    CHECK(ring->ids_of("person/olena").value() == Ids{own.id});
  }
}

TEST_CASE("key ring: a destroyed key is gone, and it is known by which event",
          "[contract][personal]") {
  const Rings rings;
  for (const auto& ring : rings.all()) {
    const auto olena = ring->key_of("person/olena").value();
    const auto taras = ring->key_of("person/taras").value();
    REQUIRE(ring->destroy({olena.id, "never-had"}, "ledger e-1"));
    for (const std::string& id : {olena.id, std::string("never-had")}) {
      const auto found = ring->find(id).value();
      CHECK_FALSE(found.key);
      CHECK(found.erased_by == "ledger e-1");
      CHECK_FALSE(found.unknown());
    }
    CHECK(ring->find(taras.id).value().key == taras);
    CHECK(ring->key_of("person/taras").value() == taras);
    // Again: nothing happens.
    REQUIRE(ring->destroy({olena.id}, "ledger e-2"));
    REQUIRE(ring->destroy({}, "ledger e-3"));
    CHECK(ring->find(olena.id).value().erased_by == "ledger e-1");
    // Who comes back is somebody new.
    CHECK(ring->key_of("person/olena").value().id != olena.id);
    CHECK(ring->find(olena.id).value().erased_by == "ledger e-1");
  }
}

TEST_CASE("key ring: eight threads get one key for one name, while others are destroyed",
          "[contract][personal]") {
  constexpr int kNames = 50;
  const Rings rings;
  for (const auto& ring : rings.all()) {
    std::vector<std::vector<SubjectKey>> seen(8);
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < seen.size(); ++t) {
      threads.emplace_back([&ring, &mine = seen[t], t] {
        for (int n = 0; n < kNames; ++n) {
          const std::string name = "phone/" + std::to_string(n);
          mine.push_back(ring->key_of(name).value());
          // Not CHECK: Catch takes assertions of one thread alone.
          LEDGER_ASSERT(ring->link("person/" + std::to_string(t), {name}), "a link");
          LEDGER_ASSERT(ring->sync(), "a sync");
          LEDGER_ASSERT(ring->find(mine.back().id).value().key == mine.back(), "a key is found");
        }
        const std::string own = "person/" + std::to_string(t);
        const auto gone = ring->key_of(own).value();
        LEDGER_ASSERT(ring->destroy({gone.id}, "ledger e-1"), "a key is destroyed");
        LEDGER_ASSERT(!ring->find(gone.id).value().key, "a destroyed key is not found");
      });
    }
    threads.clear();
    for (const auto& keys : seen) CHECK(keys == seen.front());
    CHECK(std::set<std::string>{seen[0][0].id, seen[0][1].id}.size() == 2);
  }
}

TEST_CASE("key ring: on the disk keys, links and what was erased survive", "[contract][personal]") {
  const TemporaryDirectory directory;
  const auto options = options_in(directory);
  auto ring = open_rocks_key_ring(options).value();
  const auto olena = ring->key_of("person/olena").value();
  const auto phone = ring->key_of("phone/own").value();
  const auto gone = ring->key_of("person/gone").value();
  REQUIRE(ring->link("person/olena", {"phone/own"}));
  REQUIRE(ring->destroy({gone.id}, "ledger e-1"));
  REQUIRE(ring->sync());
  ring.reset();
  ring = open_rocks_key_ring(options).value();
  CHECK(ring->find(phone.id).value().key == phone);
  CHECK(ring->key_of("person/olena").value() == olena);
  CHECK(ring->ids_of("person/olena").value() == sorted({olena.id, phone.id}));
  CHECK(ring->find(gone.id).value().erased_by == "ledger e-1");
  CHECK(ring->key_of("person/gone").value().id != gone.id);
}

TEST_CASE("key ring: the key-encryption key is made once, for its owner alone",
          "[contract][personal]") {
  const TemporaryDirectory directory;
  const auto options = options_in(directory);
  REQUIRE(open_rocks_key_ring(options));
  const std::string made = contents(options.key_encryption_key);
  CHECK(made.size() == 65);
  CHECK(made.find_first_not_of("0123456789abcdef\n") == std::string::npos);
  CHECK(fs::status(options.key_encryption_key).permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
  REQUIRE(open_rocks_key_ring(options));
  CHECK(contents(options.key_encryption_key) == made);
}

TEST_CASE("key ring: without its key-encryption key, or with another, a ring is not opened",
          "[contract][personal]") {
  const TemporaryDirectory directory;
  const auto options = options_in(directory);
  const auto olena = open_rocks_key_ring(options).value()->key_of("person/olena").value();
  const std::string right = contents(options.key_encryption_key);
  fs::remove(options.key_encryption_key);
  const auto refused = [&] {
    const auto ring = open_rocks_key_ring(options);
    REQUIRE_FALSE(ring);
    CHECK(ring.error().code == ErrorCode::kMisconfigured);
    CHECK(ring.error().message.find(options.key_encryption_key.string()) != std::string::npos);
    CHECK(ring.error().message.find("back") != std::string::npos);
  };
  refused();
  CHECK_FALSE(fs::exists(options.key_encryption_key));
  for (const std::string& wrong : {std::string(64, 'a') + "\n", std::string("short"), std::string(),
                                   right.substr(0, 63), std::string(64, 'g')}) {
    fs::remove(options.key_encryption_key);
    directory.append("wrapping.key", wrong);
    refused();
  }
  fs::remove(options.key_encryption_key);
  directory.append("wrapping.key", right);
  CHECK(open_rocks_key_ring(options).value()->find(olena.id).value().key == olena);
}

TEST_CASE("key ring: a damaged record is told, and can be destroyed", "[contract][personal]") {
  const TemporaryDirectory directory;
  const auto options = options_in(directory);
  auto ring = open_rocks_key_ring(options).value();
  const auto olena = ring->key_of("person/olena").value();
  ring.reset();
  std::string row = stored_row(directory, "keys", olena.id);
  row.back() = static_cast<char>(row.back() ^ 1);
  {
    rocks::Database::Options raw;
    raw.directory = options.directory;
    raw.families = {"keys"};
    const auto database = rocks::Database::open(raw).value();
    const auto batch = database->batch();
    batch->put("keys", olena.id, row);
    REQUIRE(database->write(*batch, /*sync=*/true));
  }
  ring = open_rocks_key_ring(options).value();
  CHECK(ring->find(olena.id).error().code == ErrorCode::kCorrupt);
  CHECK(ring->key_of("person/olena").error().code == ErrorCode::kCorrupt);
  REQUIRE(ring->destroy({olena.id}, "ledger e-1"));
  CHECK(ring->find(olena.id).value().erased_by == "ledger e-1");
  CHECK(ring->key_of("person/olena").value().id != olena.id);
}

TEST_CASE("key ring: neither names, keys nor salts stand in its files, nor a destroyed record",
          "[contract][personal]") {
  const TemporaryDirectory directory;
  const auto options = options_in(directory);
  auto ring = open_rocks_key_ring(options).value();
  const auto olena = ring->key_of("person/olena").value();
  const auto taras = ring->key_of("person/taras").value();
  REQUIRE(ring->link("person/olena", {"phone/+380501234567"}));
  REQUIRE(ring->link("person/taras", {"phone/+380501234567"}));
  ring.reset();
  // By its digest and what is wrapped the record stands in the files, until it is destroyed.
  const std::string row = stored_row(directory, "keys", olena.id);
  const std::string digest = row.substr(1, 32);
  const std::string wrapped = row.substr(33);
  const std::string others = stored_row(directory, "keys", taras.id).substr(33);
  REQUIRE_FALSE(files_with(directory, wrapped).empty());
  REQUIRE_FALSE(files_with(directory, digest).empty());
  ring = open_rocks_key_ring(options).value();
  const std::set<std::string> none;
  for (const auto& secret : {text_of(olena.key), text_of(olena.salt), std::string("olena"),
                             std::string("380501234567")}) {
    CHECK(files_with(directory, secret) == none);
  }
  REQUIRE(ring->destroy({olena.id}, "ledger e-1"));
  CHECK(files_with(directory, wrapped) == none);
  CHECK(files_with(directory, digest) == none);
  for (const auto& part : {wrapped.substr(0, 16), wrapped.substr(40, 16), digest.substr(0, 16),
                           text_of(olena.key), text_of(olena.salt)}) {
    CHECK(files_with(directory, part) == none);
  }
  CHECK_FALSE(files_with(directory, others).empty());
  CHECK(ring->find(taras.id).value().key == taras);
}

TEST_CASE("key ring: a destroy that was broken off before the purge is finished by the next start",
          "[contract][personal]") {
  const TemporaryDirectory directory;
  const auto options = options_in(directory);
  const auto olena = open_rocks_key_ring(options).value()->key_of("person/olena").value();
  const std::string wrapped = stored_row(directory, "keys", olena.id).substr(33);
  {
    rocks::Database::Options raw;
    raw.directory = options.directory;
    raw.families = {"keys", "ring"};
    const auto database = rocks::Database::open(raw).value();
    const auto batch = database->batch();
    batch->erase("keys", olena.id);
    batch->put("ring", "purge is due", "\x01");
    REQUIRE(database->write(*batch, /*sync=*/true));
  }
  REQUIRE_FALSE(files_with(directory, wrapped).empty());
  const auto ring = open_rocks_key_ring(options).value();
  CHECK(files_with(directory, wrapped) == std::set<std::string>{});
  CHECK(ring->find(olena.id).value().unknown());
}
