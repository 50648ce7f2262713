// Goal: a commit is rows and offsets at once, seen by nobody before and by everybody after, however
// many threads write families of their own. Method: the same for every store.
#include <thread>

#include "platform/assert.h"
#include "projections/store/kept.h"
#include "projections/store/rocks_view_store.h"
#include "projections/store/view_batch.h"
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
    stores_.push_back(keeping_views(memory_view_store(1)));
    stores_.push_back(
        open_rocks_view_store(directory_.path(), kFamilies, 1, {.write_buffer_bytes = 1024 * 1024})
            .value());
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

namespace {

struct NumberRow {
  static constexpr char kTable = 'n';
  std::int64_t number = 0;
  static void fields(auto&& field) { field("number", &NumberRow::number); }
};

// Why a row of that family cannot be read by it, alone or among all; nullopt: it can.
std::optional<ErrorCode> refusal_of(const ViewSnapshot& snapshot, const std::string& family) {
  const auto row = read_row<NumberRow>(snapshot, family, "one");
  Status scanned = scan_rows<NumberRow>(snapshot, family, "", "",
                                        [](std::string_view, const NumberRow&) { return true; });
  CHECK(row.has_value() == scanned.has_value());
  if (row) return std::nullopt;
  return row.error().code;
}

void put_row(ViewStore& store, const std::string& family, const std::string& bytes) {
  auto changes = store.begin();
  changes->put(family, "none", bytes);  // table 'n', key "one"
  changes->advance(family, Frontier({1}));
  REQUIRE(store.commit(std::move(changes), Frontier({1})));
}

const std::string kNumber = rows::encode(NumberRow{7});

}  // namespace

TEST_CASE("view store: a row that cannot be read is said to be worth asking again, and reported") {
  const Stores stores;
  for (const auto& store : stores.all()) {
    put_row(*store, "left.v1", kNumber);
    CHECK_FALSE(refusal_of(*store->current(), "left.v1"));
    CHECK(store->renewals().reported().empty());
    put_row(*store, "left.v1", kNumber + "x");  // as another build would have written it
    CHECK(refusal_of(*store->current(), "left.v1") == ErrorCode::kUnavailable);
    const auto reported = store->renewals().reported();
    REQUIRE(reported.size() == 1);
    CHECK(reported[0].family == "left.v1");
    CHECK(reported[0].cause == RenewalCause::kUnreadable);
    CHECK(reported[0].detail == "a view row cannot be read: bytes left over");
  }
}

TEST_CASE("view store: what is set aside is read by its writer alone, until it is given back") {
  const Stores stores;
  for (const auto& store : stores.all()) {
    put_row(*store, "left.v1", kNumber);
    put_row(*store, "right.v1", kNumber);
    const auto before = store->current();
    store->renewals().set_aside({"left.v1", RenewalCause::kUnreadable, "x"});
    REQUIRE(store->empty("left.v1"));
    CHECK(store->progress("left.v1", 1).value() == Frontier::start(1));
    CHECK(refusal_of(*before, "left.v1") == ErrorCode::kUnavailable);
    CHECK(refusal_of(*store->current(), "left.v1") == ErrorCode::kUnavailable);
    CHECK_FALSE(refusal_of(*store->current(), "right.v1"));
    CHECK_FALSE(read_row<NumberRow>(*store->unguarded(), "left.v1", "one").value());
    put_row(*store, "left.v1", kNumber);
    CHECK(read_row<NumberRow>(*store->unguarded(), "left.v1", "one")->value().number == 7);
    CHECK(refusal_of(*store->current(), "left.v1") == ErrorCode::kUnavailable);
    store->give_back("left.v1");
    CHECK_FALSE(refusal_of(*store->current(), "left.v1"));
    CHECK(read_row<NumberRow>(*store->current(), "left.v1", "one")->value().number == 7);
    // Its rows are gone from under the older one, which must not take that for "there are none".
    CHECK(refusal_of(*before, "left.v1") == ErrorCode::kUnavailable);
    CHECK_FALSE(refusal_of(*before, "right.v1"));
    CHECK(store->renewals().times("left.v1") == 1);
  }
}

TEST_CASE("view store: of what is set aside its writer alone reports what cannot be read") {
  const Stores stores;
  for (const auto& store : stores.all()) {
    const auto before = store->current();
    store->renewals().set_aside({"left.v1", RenewalCause::kBehind, ""});
    put_row(*store, "left.v1", kNumber + "x");
    CHECK(refusal_of(*before, "left.v1") == ErrorCode::kUnavailable);
    store->current()->report("left.v1", "read under who makes it anew");
    CHECK(store->renewals().reported().empty());
    CHECK(refusal_of(*store->unguarded(), "left.v1") == ErrorCode::kUnavailable);
    REQUIRE(store->renewals().reported().size() == 1);
    store->renewals().set_aside(store->renewals().reported()[0]);
    CHECK(store->renewals().reported().empty());
    CHECK(store->renewals().times("left.v1") == 2);
  }
}

TEST_CASE(
    "view store: on disk rows of another shape are emptied at the next start, and no others") {
  const testing::TemporaryDirectory directory;
  const auto open = [&](std::map<std::string, std::string> shapes) {
    return open_rocks_view_store(directory.path(), kFamilies, 1,
                                 {.write_buffer_bytes = 1024 * 1024, .shapes = std::move(shapes)})
        .value();
  };
  const auto renewed = [](const ViewStore& store) {
    std::vector<std::string> families;
    for (const auto& view : store.renewals().aside()) {
      CHECK(view.cause == RenewalCause::kOtherShape);
      families.push_back(view.family);
    }
    return families;
  };
  using Families = std::vector<std::string>;
  {
    const auto store = open({});  // a build that knows nothing of shapes
    for (const auto& family : kFamilies) put_row(*store, family, kNumber);
  }
  {
    const auto store = open({{"left.v1", "a"}, {"right.v1", "b"}});
    CHECK(renewed(*store) == kFamilies);
    CHECK(store->progress("left.v1", 1).value() == Frontier::start(1));
    for (const auto& family : kFamilies) put_row(*store, family, kNumber);
  }
  {
    const auto store = open({{"left.v1", "a"}, {"right.v1", "b"}});
    CHECK(renewed(*store) == Families{});
    CHECK_FALSE(refusal_of(*store->current(), "left.v1"));
  }
  {
    const auto store = open({{"left.v1", "a"}, {"right.v1", "c"}});
    CHECK(renewed(*store) == Families{"right.v1"});
    CHECK_FALSE(refusal_of(*store->current(), "left.v1"));
    CHECK_FALSE(read_row<NumberRow>(*store->unguarded(), "right.v1", "one").value());
    CHECK(store->progress("right.v1", 1).value() == Frontier::start(1));
    put_row(*store, "right.v1", kNumber);
  }
  // An older build writes its own rows and forgets the shapes: whose they are is not known then.
  {
    const auto store = open({});
  }
  CHECK(renewed(*open({{"left.v1", "a"}, {"right.v1", "c"}})) == kFamilies);
}
