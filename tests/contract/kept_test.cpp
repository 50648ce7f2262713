// Goal: what is kept of rows is at every question what one would make of them anew, however many
// threads write and ask, and what a commit did not touch is not made again.
#include "projections/store/kept.h"

#include <atomic>
#include <functional>
#include <random>
#include <thread>
#include <utility>

#include "platform/assert.h"
#include "projections/store/rocks_view_store.h"
#include "tests/support/catch.h"
#include "tests/support/passing_store.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;

namespace {

constexpr std::string_view kLeft = "left.v1";
constexpr std::string_view kRight = "right.v1";
const std::vector<std::string> kFamilies{std::string(kLeft), std::string(kRight)};
using Rows = std::vector<std::pair<std::string, std::string>>;

void put(ViewStore& store, std::string_view family, const Rows& rows) {
  auto changes = store.begin();
  for (const auto& [key, value] : rows) {
    if (value.empty()) {
      changes->erase(family, key);
    } else {
      changes->put(family, key, value);
    }
  }
  LEDGER_ASSERT(store.commit(std::move(changes), Frontier({0})), "a commit that nothing hinders");
}

std::string row_of(const ViewSnapshot& snapshot, std::string_view family, std::string_view key) {
  return snapshot.get(family, key).value().value_or("-");
}

// All rows that begin so, up to the first whose key has a letter.
std::string rows_from(const ViewSnapshot& snapshot, std::string_view family,
                      std::string_view prefix, std::string_view from, char letter) {
  std::string all;
  const auto status =
      snapshot.scan(family, prefix, from, [&](std::string_view key, std::string_view value) {
        if (key.find(letter) != std::string_view::npos) return false;
        all += std::string(key) + '=' + std::string(value) + ' ';
        return true;
      });
  LEDGER_ASSERT(status, "a scan that nothing hinders");
  return all;
}

using Make = std::function<Result<std::string>(const ViewSnapshot&)>;

std::string kept_value(const ViewSnapshot& snapshot, const std::string& key, const Make& make) {
  return *kept<std::string>(snapshot, "test", key, make).value();
}

// Something happens before the next snapshot is taken.
class Interrupted final : public testing::PassingStore {
 public:
  using PassingStore::PassingStore;
  std::shared_ptr<const ViewSnapshot> current() const override {
    if (const auto now = std::exchange(meanwhile, nullptr)) now();
    return PassingStore::current();
  }
  mutable std::function<void()> meanwhile;
};

}  // namespace

TEST_CASE("kept: what a commit did not touch is not made again", "[store][contract]") {
  const auto store = keeping_views(memory_view_store(1));
  put(*store, kLeft, {{"a1", "1"}, {"a3", "3"}, {"b1", "5"}});
  put(*store, kRight, {{"a1", "9"}});
  int made = 0;
  const auto ask = [&] {
    return kept_value(*store->current(), "key", [&](const ViewSnapshot& snapshot) {
      ++made;
      return rows_from(snapshot, kLeft, "a", "", 'z') + row_of(snapshot, kLeft, "c");
    });
  };
  CHECK(ask() == "a1=1 a3=3 -");
  CHECK(ask() == "a1=1 a3=3 -");
  put(*store, kLeft, {{"b1", "6"}, {"b", "0"}});
  put(*store, kRight, {{"a2", "9"}, {"c", "9"}});
  CHECK(ask() == "a1=1 a3=3 -");
  CHECK(made == 1);
  put(*store, kLeft, {{"a2", "2"}});  // within what was scanned, though it was not there
  CHECK(ask() == "a1=1 a2=2 a3=3 -");
  put(*store, kLeft, {{"c", "7"}});  // was looked for, and not there
  CHECK(ask() == "a1=1 a2=2 a3=3 7");
  put(*store, kLeft, {{"a1", ""}});
  CHECK(ask() == "a2=2 a3=3 7");
  CHECK(made == 4);
}

TEST_CASE("kept: a scan that ended early depends on no row behind its end", "[store][contract]") {
  const auto store = keeping_views(memory_view_store(1));
  put(*store, kLeft, {{"a1", "1"}, {"a5z", "5"}, {"a7", "7"}});
  int made = 0;
  const auto ask = [&] {
    return kept_value(*store->current(), "key", [&](const ViewSnapshot& snapshot) {
      ++made;
      return rows_from(snapshot, kLeft, "a", "a1", 'z');
    });
  };
  CHECK(ask() == "a1=1 ");
  put(*store, kLeft, {{"a0", "0"}, {"a6", "6"}});
  CHECK(ask() == "a1=1 ");
  CHECK(made == 1);
  put(*store, kLeft, {{"a5z", ""}});
  CHECK(ask() == "a1=1 a6=6 a7=7 ");
}

TEST_CASE("kept: what several values share drops them all", "[store][contract]") {
  const auto store = keeping_views(memory_view_store(1));
  put(*store, kLeft, {{"own", "1"}, {"shared", "2"}, {"later", "3"}});
  int made = 0;
  const auto ask = [&] {
    const auto snapshot = store->current();
    const SharedReads shared(*snapshot);
    const std::string all = row_of(shared.snapshot(), kLeft, "shared");
    const auto found = kept<std::string>(
        *snapshot, "test", "key",
        [&](const ViewSnapshot& noted) -> Result<std::string> {
          ++made;
          return row_of(noted, kLeft, "own") + all + row_of(shared.snapshot(), kLeft, "later");
        },
        &shared);
    return *found.value();
  };
  CHECK(ask() == "123");
  CHECK(ask() == "123");
  CHECK(made == 1);
  put(*store, kLeft, {{"shared", "4"}});
  CHECK(ask() == "143");
  put(*store, kLeft, {{"later", "5"}});  // read while the value was made
  CHECK(ask() == "145");
  CHECK(made == 3);
}

TEST_CASE("kept: an error is told and not kept, and kinds are apart", "[store][contract]") {
  const auto store = keeping_views(memory_view_store(1));
  const auto snapshot = store->current();
  const Make fails = [](const ViewSnapshot&) -> Result<std::string> {
    return fail(ErrorCode::kCorrupt, "as it may be");
  };
  CHECK_FALSE(kept<std::string>(*snapshot, "test", "key", fails).has_value());
  CHECK(kept_value(*snapshot, "key", [](const auto&) { return std::string("one"); }) == "one");
  const auto other = kept<std::string>(*snapshot, "other", "key",
                                       [](const auto&) -> Result<std::string> { return "two"; });
  CHECK(*other.value() == "two");
}

TEST_CASE("kept: what was kept before a view was given back is not of a snapshot after it",
          "[store][contract]") {
  auto behind = std::make_unique<Interrupted>();
  auto& meanwhile = behind->meanwhile;
  const auto store = keeping_views(std::move(behind));
  put(*store, kLeft, {{"a", "1"}});
  const auto ask = [&] {
    return kept_value(*store->current(), "key",
                      [](const auto& snapshot) { return row_of(snapshot, kLeft, "a"); });
  };
  CHECK(ask() == "1");
  // Between what is kept and the snapshot: who is told of the commit is not who was looked at.
  meanwhile = [&] {
    store->renewals().set_aside({std::string(kRight), RenewalCause::kUnreadable, "as it may be"});
    store->give_back(kRight);
    put(*store, kLeft, {{"a", "2"}});
  };
  CHECK(ask() == "2");
}

TEST_CASE("kept: what is of a later commit than anybody asked at does not stand for those before",
          "[store][contract]") {
  testing::TemporaryDirectory directory;
  auto behind = std::make_unique<Interrupted>(
      open_rocks_view_store(directory.path(), kFamilies, 1, {.write_buffer_bytes = 1024 * 1024})
          .value());
  auto& meanwhile = behind->meanwhile;
  const auto store = keeping_views(std::move(behind));
  const auto ask = [&](const ViewSnapshot& snapshot, const std::string& key) {
    return kept_value(snapshot, key, [](const auto& noted) { return row_of(noted, kLeft, "a"); });
  };
  put(*store, kLeft, {{"a", "1"}});
  std::shared_ptr<const ViewSnapshot> earlier;
  meanwhile = [&] {
    put(*store, kRight, {{"b", "1"}});
    earlier = store->current();
    CHECK(ask(*earlier, "other") == "1");
    put(*store, kLeft, {{"a", "2"}});
  };
  const auto later = store->current();
  CHECK(ask(*later, "key") == "2");
  CHECK(ask(*earlier, "key") == "1");
}

TEST_CASE("kept: of a store that keeps nothing a value is made each time", "[store][contract]") {
  const auto store = memory_view_store(1);
  int made = 0;
  for (int i = 0; i < 2; ++i) {
    kept_value(*store->current(), "key", [&](const auto&) {
      ++made;
      return std::string();
    });
  }
  CHECK(made == 2);
}

// Each key is a function of a few rows of both families, and two writers change them all the time.
TEST_CASE("kept: the same as made anew while others write and ask", "[store][contract]") {
  testing::TemporaryDirectory directory;
  const auto store = keeping_views(
      open_rocks_view_store(directory.path(), kFamilies, 1, {.write_buffer_bytes = 1024 * 1024})
          .value());
  constexpr int kWrites = 400;
  constexpr unsigned kKeys = 12;
  std::atomic<int> writing = 2;
  const auto write = [&](std::string_view family, unsigned seed) {
    std::mt19937 random(seed);
    for (int i = 0; i < kWrites; ++i) {
      const std::string key = "k" + std::to_string(random() % kKeys);
      put(*store, family, {{key, random() % 4 == 0 ? "" : std::to_string(i)}});
    }
    --writing;
  };
  std::atomic<int> wrong = 0;
  std::atomic<int> kept_ones = 0;
  const auto ask = [&](unsigned seed) {
    std::mt19937 random(seed);
    while (writing > 0) {
      const auto snapshot = store->current();
      for (unsigned i = 0; i < 2 * kKeys; ++i) {
        const std::string key = "k" + std::to_string(random() % kKeys);
        bool made = false;
        const Make make = [&](const ViewSnapshot& noted) -> Result<std::string> {
          made = true;
          return row_of(noted, kLeft, key) + ' ' + rows_from(noted, kRight, "k", key, '9');
        };
        if (kept_value(*snapshot, key, make) != make(*snapshot).value()) ++wrong;
      }
      for (unsigned i = 0; i < kKeys; ++i) {
        bool made = false;
        kept_value(*snapshot, "k" + std::to_string(i), [&](const ViewSnapshot& noted) {
          made = true;
          return row_of(noted, kLeft, "k" + std::to_string(i)) + ' ' +
                 rows_from(noted, kRight, "k", "k" + std::to_string(i), '9');
        });
        if (!made) ++kept_ones;
      }
    }
  };
  std::vector<std::thread> threads;
  threads.emplace_back(write, kLeft, 1U);
  threads.emplace_back(write, kRight, 2U);
  threads.emplace_back(ask, 3U);
  threads.emplace_back(ask, 4U);
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(kept_ones > 0);
}
