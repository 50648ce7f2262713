// Goal: every route that the server has stands in the table of roles, and every row of the table is
// a route's. Method: the server itself, with everything on that adds routes.
#include <algorithm>

#include "consumers/access/looks.h"
#include "consumers/access/policy.h"
#include "consumers/ledgerd/application.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_directory.h"

using namespace ledger;

TEST_CASE("routes: the table names each, and no other", "[access]") {
  const testing::TemporaryDirectory directory;
  ServerOptions options;
  options.data = directory.path();
  options.listen = "127.0.0.1:0";
  options.partitions = 1;
  options.webhooks.binotel_secret = "a-secret-of-binotel";
  options.webhooks.postmark_user = "postmark";
  options.webhooks.postmark_password = "a-password-of-postmark";
  options.webhooks.twilio_token = "a-token-of-twilio";
  options.webhooks.twilio_url = "https://ledger.example";
  options.webhooks.mail = true;
  const auto application = Application::start(options).value();
  const auto routes = application->router().routes();
  for (const auto& [method, pattern] : routes) {
    INFO(method << ' ' << pattern << " is not in the table of consumers/access/policy.cpp");
    CHECK(policy::find(method, pattern) != nullptr);
  }
  for (const auto& pattern : patterns_of_one()) {
    INFO(pattern << " of consumers/access/looks.cpp is no route: who looks would leave no trace");
    CHECK(std::any_of(routes.begin(), routes.end(), [&](const auto& route) {
      return route.first == "GET" && route.second == pattern;
    }));
  }
  for (const auto& rule : policy::rules()) {
    INFO(rule.method << ' ' << rule.pattern << " is no route");
    CHECK(std::any_of(routes.begin(), routes.end(), [&](const auto& route) {
      return policy::find(route.first, route.second) == &rule;
    }));
  }
}
