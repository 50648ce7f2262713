// Goal: what only the embedded log promises. Method: a temporary directory each.
#include "events/log/embedded_log.h"

#include "tests/contract/log_under_test.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;
using ledger::testing::append_and_wait;
using ledger::testing::TemporaryDirectory;

TEST_CASE("embedded log: the number of partitions is fixed when it is made", "[contract][log]") {
  const TemporaryDirectory directory;
  {
    REQUIRE(EmbeddedLog::open({directory.path(), 6}));
  }
  const auto other = EmbeddedLog::open({directory.path(), 7});
  REQUIRE_FALSE(other);
  CHECK(other.error().code == ErrorCode::kMisconfigured);
  CHECK(other.error().field == "partitions");
}

TEST_CASE("embedded log: one process at a time holds the directory", "[contract][log]") {
  const TemporaryDirectory directory;
  {
    const auto first = EmbeddedLog::open({directory.path(), 6});
    REQUIRE(first);
    const auto second = EmbeddedLog::open({directory.path(), 6});
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::kMisconfigured);
    CHECK(second.error().message.find("in use") != std::string::npos);
  }
}
