// Goal: a sender that is told to stop, or to come again, leaves nothing behind. Method: the real
// door and quarantine over logs of vectors.
#include "tests/producers/webhook/hooks.h"
#include "tests/support/catch.h"

using namespace ledger;
using testing::Hooks;

TEST_CASE("webhook: a sender that is told to stop, or to come again") {
  Hooks hooks;
  const auto send = [&](const std::string& when, const std::string& body) {
    http::Request request;
    request.method = "POST";
    request.segments = {"v1", "hooks", "choosy"};
    request.headers = {{"when", when}};
    request.body = body;
    return hooks.send(request).status;
  };
  CHECK(send("old", "id=1") == 406);
  CHECK(send("soon", "id=1") == 503);
  CHECK(hooks.recorded() == 0);
  CHECK(hooks.kept.end()->total() == 0);
  CHECK(send("now", "id=1") == 200);
  CHECK(hooks.recorded() == 1);
  CHECK(send("now", "id=45678901") == 200);  // its own limit: into the quarantine
  CHECK(hooks.recorded() == 1);
  const auto counters = hooks.ingest().counters();
  CHECK(counters.forged == 1);
  CHECK(counters.sent_back == 1);
  CHECK(counters.quarantined == 1);
}
