// Goal: a bank's answer is believed only whole, and a failure says whether to come again. Method: a
// bank of one scripted answer on a free port.
#include "consumers/ledger-bank/bank_client.h"

#include <fmt/format.h>

#include "platform/http/server.h"
#include "tests/support/catch.h"

using namespace ledger;
using namespace ledger::pull;

namespace {

class ScriptedBank {
 public:
  ScriptedBank() {
    for (const char* method : {"GET", "POST"}) {
      router_.add(method, "/page", http::RunOn::kInline, [this](const http::Request& request) {
        token = request.header("x-token");
        return answer;
      });
    }
    server_ = http::Server::start(http::Server::defaults("127.0.0.1:0"), router_).value();
  }
  BankClient client() {
    return BankClient::to(fmt::format("http://127.0.0.1:{}", server_->port()),
                          {{"X-Token", "secret"}}, counters)
        .value();
  }

  http::Response answer;
  std::string token;
  Counters counters;

 private:
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace

TEST_CASE("bank client: the body of a 200 is UTF-8, or says what it is", "[consumers][bank]") {
  ScriptedBank bank;
  auto client = bank.client();
  bank.answer = {200, "application/json", "[]"};
  CHECK(client.get("/page").value() == "[]");
  CHECK(bank.token == "secret");
  bank.answer = {200, "application/json; charset=Windows-1251", "\xd2\xce\xc2"};
  CHECK(client.get("/page").value() == "ТОВ");
  bank.answer = {200, "application/json", "\xd2\xce\xc2"};
  CHECK(client.get("/page").error().retriable());
  CHECK(bank.counters.requests == 3);
}

TEST_CASE("bank client: a failure says whether to come again, and when", "[consumers][bank]") {
  ScriptedBank bank;
  auto client = bank.client();
  const auto code = [&](int status) {
    bank.answer.status = status;
    return client.get("/page").error().code;
  };
  for (const int away : {429, 500, 502, 503}) CHECK(code(away) == ErrorCode::kUnavailable);
  for (const int refused : {401, 403}) CHECK(code(refused) == ErrorCode::kMisconfigured);
  for (const int wrong : {204, 302, 400, 404}) CHECK(code(wrong) == ErrorCode::kInvalidField);
  CHECK_FALSE(client.retry_after());
  bank.answer.headers = {{"Retry-After", "90"}};
  CHECK(code(429) == ErrorCode::kUnavailable);
  CHECK(client.retry_after() == std::chrono::seconds(90));
  bank.answer.headers = {{"Retry-After", "Tue, 24 Nov 2026 08:00:00 GMT"}};
  CHECK(code(503) == ErrorCode::kUnavailable);
  CHECK_FALSE(client.retry_after());
}

TEST_CASE("bank client: what was sent is never repeated", "[consumers][bank]") {
  ScriptedBank bank;
  auto client = bank.client();
  bank.answer = {400, "application/json", "no answer at https://h/hooks/SECRET"};
  CHECK(client.get("/page").error().message.find("no answer at") != std::string::npos);
  CHECK(client.post("/page", "{}").error().message.find("SECRET") == std::string::npos);
}

TEST_CASE("bank client: a token goes nowhere unencrypted", "[consumers][bank]") {
  Counters counters;
  for (const char* url : {"https://acp.privatbank.ua", "http://127.0.0.1:80", "http://localhost/x",
                          "http://[::1]:8080"}) {
    CHECK(BankClient::to(url, {}, counters));
  }
  for (const char* url : {"http://acp.privatbank.ua", "http://127.0.0.1.evil.example",
                          "http://localhost.evil.example", "http://localhost@evil.example",
                          "http://127.0.0.1:80@evil.example", "ftp://x", ""}) {
    INFO(url);
    CHECK_FALSE(BankClient::to(url, {}, counters));
  }
}
