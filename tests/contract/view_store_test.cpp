// Goal: a commit is rows and offsets at once, seen by nobody before and by everybody after, however
// many threads write families of their own. Method: the same for every store.
#include <thread>

#include "platform/assert.h"
#include "projections/store/rocks_view_store.h"
#include "projections/store/view_store.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;

namespace {

const std::vector<std::string> kFamilies{"left.v1", "right.v1"};

class Stores {
 public:
  Stores() {
    stores_.push_back(memory_view_store(1));
    stores_.push_back(open_rocks_view_store(directory_.path(), kFamilies, 1, 1024 * 1024).value());
  }
  [[nodiscard]] const std::vector<std::unique_ptr<ViewStore>>& all() const { return stores_; }

 private:
  testing::TemporaryDirectory directory_;  // outlives what stands in it
  std::vector<std::unique_ptr<ViewStore>> stores_;
};

void put(ViewStore& store, const std::string& family, std::int64_t number) {
  auto changes = store.begin();
  changes->put(family, "row", std::to_string(number));
  changes->advance(family, Frontier({number}));
  // Not CHECK: Catch takes assertions of one thread alone.
  LEDGER_ASSERT(store.commit(std::move(changes), Frontier({number})),
                "a commit that nothing hinders");
}

}  // namespace

TEST_CASE("view store: a commit is seen with its offset, and says nothing of other families") {
  const Stores stores;
  for (const auto& store : stores.all()) {
    put(*store, "left.v1", 1);
    CHECK(store->current()->get("left.v1", "row").value() == "1");
    CHECK(store->current()->position() == Frontier({1}));
    CHECK(store->progress("left.v1", 1).value() == Frontier({1}));
    CHECK(store->progress("right.v1", 1).value() == Frontier::start(1));
  }
}

TEST_CASE("view store: on disk a snapshot stays as it was") {
  const Stores stores;
  ViewStore& on_disk = *stores.all().back();
  const auto before = on_disk.current();
  put(on_disk, "left.v1", 1);
  CHECK_FALSE(before->get("left.v1", "row").value().has_value());
  CHECK(on_disk.current()->get("left.v1", "row").value().has_value());
}

TEST_CASE("view store: threads write families of their own side by side") {
  constexpr std::int64_t kCommits = 50;
  const Stores stores;
  for (const auto& store : stores.all()) {
    std::vector<std::jthread> writers;
    for (const auto& family : kFamilies) {
      writers.emplace_back([&store, family] {
        for (std::int64_t number = 1; number <= kCommits; ++number) put(*store, family, number);
      });
    }
    writers.clear();
    for (const auto& family : kFamilies) {
      CHECK(store->current()->get(family, "row").value() == std::to_string(kCommits));
      CHECK(store->progress(family, 1).value() == Frontier({kCommits}));
    }
  }
}
