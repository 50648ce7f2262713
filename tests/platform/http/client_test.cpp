// Goal: what a client says of its errors names whom and why, and no secret.
#include "platform/http/client.h"

#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::http;

TEST_CASE("http client: errors say to whom and why", "[platform][http]") {
  CHECK_FALSE(Client::to("ftp://x"));
  auto nobody = Client::to("http://127.0.0.1:1").value();
  const auto refused = nobody.send({.path = "/"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kUnavailable);
  CHECK(refused.error().message.find("127.0.0.1:1") != std::string::npos);
}

TEST_CASE("http client: no password is shown", "[platform][http]") {
  CHECK(without_userinfo("https://a:b@ledger.lan:8443/x@y") == "https://ledger.lan:8443/x@y");
  CHECK(without_userinfo("http://a:p@ss@ledger.lan") == "http://ledger.lan");
  CHECK(without_userinfo("http://ledger.lan/a@b") == "http://ledger.lan/a@b");
  CHECK(without_userinfo("a:b@ledger.lan") == "ledger.lan");
  auto nobody = Client::to("http://me:secret@127.0.0.1:1").value();
  CHECK(nobody.send({.path = "/"}).error().message.find("secret") == std::string::npos);
  CHECK(Client::to("me:secret@ledger.lan").error().message.find("secret") == std::string::npos);
}
