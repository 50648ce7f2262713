// Goal: the look through all rows after the start reads them, and cannot take the server with it.
// Method: views in memory, behind a store that runs out of it.
#include "consumers/watch/row_check.h"

#include <new>

#include "projections/row_shapes.h"
#include "tests/support/catch.h"
#include "tests/support/passing_store.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

// One row a family, which none of its tables has.
void fill(ViewStore& store) {
  auto changes = store.begin();
  for (const auto& [family, readers] : row_shapes().readers) changes->put(family, "", "x");
  REQUIRE(store.commit(std::move(changes), Frontier({0})));
}

// Has memory for so many families, and for no more.
class Exhausted final : public PassingStore {
 public:
  std::shared_ptr<const ViewSnapshot> current() const override {
    class Snapshot final : public PassingSnapshot {
     public:
      using PassingSnapshot::PassingSnapshot;
      Status scan(std::string_view, std::string_view, std::string_view,
                  const Visit&) const override {
        throw std::bad_alloc();
      }
    };
    if (left == 0) return std::make_shared<Snapshot>(PassingStore::current());
    --left;
    return PassingStore::current();
  }
  mutable std::size_t left = 2;
};

}  // namespace

TEST_CASE("row check: a row that is of no table of its view is reported", "[consumers][watch]") {
  const auto store = memory_view_store(1);
  fill(*store);
  RowCheck check(*store);
  check.look();
  CHECK(check.rows() == 0);
  CHECK(store->renewals().reported().size() == row_shapes().readers.size());
}

TEST_CASE("row check: it ends where there is no memory, and nothing else does",
          "[consumers][watch]") {
  Exhausted store;
  fill(store);
  RowCheck check(store);
  CHECK_NOTHROW(check.look());
  CHECK(store.renewals().reported().size() == 2);  // what it had read by then
}
