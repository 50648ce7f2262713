// Goal: each point of OWASP's API Security Top 10 (2023), as it is read for this ledger, has a test
// of its name. Method: the house of two departments, and the real server where its answers' headers
// count. What needs the real sign-in, and senders' signatures, is in tests/e2e/test_owasp.py.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "platform/http/fetch.h"
#include "platform/http/server.h"
#include "platform/limits.h"
#include "tests/consumers/access/two_departments.h"

using namespace ledger;
using namespace ledger::testing;

namespace {

constexpr const char* kMeeting = R"({"client_id":"c-1","manager_id":"m-1","topic":"умови"})";

// All that a server answers to bytes, on a connection of their own.
std::string ask(std::uint16_t port, const std::string& bytes) {
  const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  REQUIRE(::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(bytes.size()));
  std::string answer;
  std::array<char, 4096> piece{};
  for (ssize_t got = 0; (got = ::recv(connection, piece.data(), piece.size(), 0)) > 0;) {
    answer.append(piece.data(), static_cast<std::size_t>(got));
  }
  ::close(connection);
  return answer;
}

std::string get(std::uint16_t port, std::string_view target, std::string_view more = "") {
  return ask(
      port, fmt::format("GET {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{}\r\n", target, more));
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("owasp API1: an id that is another's is refused like one that is not there") {
  TwoDepartments house;
  house.as_manager();
  const auto of = [&](std::string_view client) {
    return house.say("meeting.held",
                     fmt::format(R"({{"client_id":"{}","manager_id":"m-1","topic":"т"}})", client));
  };
  const auto others = of("c-3");
  const auto absent = of("c-404");
  CHECK(others.status == 403);
  CHECK(others.body == absent.body);
  house.as_head();
  const auto voiding = [&](std::string_view id) {
    return house.say(
        "event.voided",
        fmt::format(R"({{"target_source":"house/crm","target_id":"{}","reason":"т"}})", id));
  };
  const auto theirs =
      house.tell("meeting.held", R"({"client_id":"c-3","manager_id":"m-3","topic":"т"})");
  CHECK(voiding(theirs).body == voiding("absent").body);
}

TEST_CASE("owasp API2: who is not known reaches no handler, and no header makes anybody known") {
  http::Router router;
  int reached = 0;
  router.add("POST", "/v1/events", http::RunOn::kInline, [&](const http::Request& request) {
    ++reached;
    REQUIRE(request.principal);
    return http::Response{200, "text/plain", request.principal->id};
  });
  router.set_guard([](http::Request& request, std::string_view,
                      std::string_view) -> std::optional<http::Response> {
    if (request.header("authorization") != "Bearer test-key") {
      return http::Response{401, "application/problem+json", "{}"};
    }
    request.principal = std::make_shared<Principal>(Principal{"p.m-1", Role::kManager, "Х"});
    return std::nullopt;
  });
  const auto server = http::Server::start(http::Server::defaults("127.0.0.1:0"), router).value();
  const auto post = [&](std::string_view headers) {
    return ask(server->port(),
               fmt::format("POST /v1/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                           "Content-Length: 0\r\n{}\r\n",
                           headers));
  };
  for (const char* forged : {"", "X-User-Id: p.m-1\r\n", "X-Forwarded-User: admin\r\n",
                             "Authorization: Bearer wrong\r\n", "Authorization: test-key\r\n",
                             "Cookie: session=test-key\r\n"}) {
    INFO(forged);
    CHECK(post(forged).starts_with("HTTP/1.1 401 "));
  }
  CHECK(reached == 0);
  CHECK(post("Authorization: Bearer test-key\r\n").ends_with("\r\n\r\np.m-1"));
  CHECK(reached == 1);
}

TEST_CASE("owasp API3: a sender says nothing that is the ledger's to say, and nothing unknown") {
  TwoDepartments house;
  house.as_manager();
  const auto with = [&](std::string_view attribute) {
    return house.post(fmt::format(
        R"({{"specversion":"1.0","id":"a-1","source":"people/p.m-1","type":"org.salesledger.meeting.held.v1","time":"2026-11-25T10:00:00Z",{},"data":{}}})",
        attribute, kMeeting));
  };
  for (const char* stamp : {R"("actor":"m-2")", R"("recordedtime":"2026-11-25T10:00:00Z")",
                            R"("localday":"2026-11-25")", R"("partitionkey":"c-2")",
                            R"("subject":"c-2")", R"("principal":"p.m-2")", R"("role":"admin")"}) {
    INFO(stamp);
    CHECK(with(stamp).status == 422);
  }
  CHECK(house
            .say("meeting.held",
                 R"({"client_id":"c-1","manager_id":"m-1","topic":"т","approved":true})")
            .status == 422);
  CHECK(house
            .say("event.voided",
                 R"({"target_source":"people/p.m-1","target_id":"x","reason":"т","was":{}})")
            .status == 422);
  CHECK(house.get("/v1/clients?role=admin").status == 422);
  CHECK(house.log.end().value().total() == TwoDepartments().log.end().value().total());
}

TEST_CASE("owasp API4: a page, a batch, a body and a stretch of time have their limits") {
  TwoDepartments house;
  CHECK(house.get(fmt::format("/v1/log?limit={}", limits::kPageItemsMax)).status == 200);
  CHECK(house.get(fmt::format("/v1/log?limit={}", limits::kPageItemsMax + 1)).status == 422);
  CHECK(house.get("/v1/access-log?from=2025-11-25").status == 200);
  CHECK(house.get("/v1/access-log?from=2025-11-23").status == 422);
  CHECK(house.get("/v1/duties/secrecy.kept/records?from=2020-01-01&format=csv").status == 422);
  std::string batch = "[";
  for (std::size_t i = 0; i <= limits::kBatchEventsMax; ++i) batch += i == 0 ? "{}" : ",{}";
  CHECK(house.post_batch(batch + "]").status == 413);
  http::Router router;
  router.add("POST", "/v1/events", http::RunOn::kInline,
             [](const http::Request&) { return http::Response{201, "text/plain", ""}; });
  const auto server = http::Server::start(http::Server::defaults("127.0.0.1:0"), router).value();
  const auto answer =
      ask(server->port(),
          fmt::format("POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n",
                      limits::kHttpBodyBytesMax + 1));
  CHECK(answer.starts_with("HTTP/1.1 413 "));
}

TEST_CASE("owasp API5: each role has its routes of writing, and none beside them") {
  TwoDepartments house;
  const auto answers = [&](std::string_view path) {
    return house
        .post_to(path,
                 R"({"client_id":"c-1","invoice_id":"i","reason":"т","nature":"bank_interest"})")
        .status;
  };
  for (const char* path : {"/v1/unmatched/0:0/accept", "/v1/unmatched/0:0/reject",
                           "/v1/unmatched/0:0/rule-out", "/v1/unallocated/0:0/accept",
                           "/v1/unallocated/0:0/reject", "/v1/unallocated/0:0/advance"}) {
    INFO(path);
    house.as_source();
    CHECK(answers(path) == 403);
    house.as_role(Role::kAuditor);
    CHECK(answers(path) == 403);
  }
  house.as_role(Role::kAuditor);
  check_forbidden(house.say("meeting.held", kMeeting), "");
  house.as_source();
  check_forbidden(house.say("meeting.held", kMeeting, "cdr"), "type");
}

TEST_CASE("owasp API6: one person alone changes no contract") {
  TwoDepartments house;
  const auto contract = house.tell(
      "contract.signed",
      R"({"contract_id":"k-1","number":"1/26","client_id":"c-1","manager_id":"m-1","signed_on":"2026-11-25"})");
  const auto voiding =
      fmt::format(R"({{"target_source":"house/crm","target_id":"{}","reason":"т"}})", contract);
  house.as_manager();
  CHECK(house.say("event.voided", voiding).status == 403);
  house.as_head();
  CHECK(house.say("event.voided", voiding).status == 403);
  house.as_role(Role::kAdmin);
  CHECK(house.say("event.voided", voiding).status == 403);
}

TEST_CASE("owasp API7: nobody makes the server ask its own network") {
  CHECK_FALSE(http::is_public_address("127.0.0.1"));
  CHECK_FALSE(http::is_public_address("169.254.169.254"));
  for (const char* url :
       {"https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://2130706433/",
        "http://sns.eu-west-1.amazonaws.com/", "file:///etc/hostname"}) {
    INFO(url);
    CHECK_FALSE(http::fetch_public(url, {1024, std::chrono::milliseconds(500)}));
  }
}

TEST_CASE("owasp API8: an answer says how it may be used, and not by what it was made") {
  http::Router router;
  router.add("GET", "/v1/ok", http::RunOn::kInline,
             [](const http::Request&) { return http::Response{200, "text/html", "<p>"}; });
  router.add("GET", "/v1/bug", http::RunOn::kWorker, [](const http::Request&) -> http::Response {
    throw std::runtime_error("a secret of the inside");
  });
  const auto server = http::Server::start(http::Server::defaults("127.0.0.1:0"), router).value();
  for (const char* target : {"/v1/ok", "/v1/bug", "/v1/absent", "/v1/%"}) {
    INFO(target);
    const auto answer = get(server->port(), target, "Origin: https://evil.example\r\n");
    CHECK(has(answer, "\r\nX-Content-Type-Options: nosniff\r\n"));
    CHECK(has(answer, "\r\nCache-Control: no-store\r\n"));
    CHECK(has(answer, "\r\nReferrer-Policy: no-referrer\r\n"));
    CHECK_FALSE(has(answer, "\r\nServer:"));
    CHECK_FALSE(has(answer, "\r\nX-Powered-By:"));
    CHECK_FALSE(has(answer, "\r\nAccess-Control-Allow-Origin:"));
    CHECK_FALSE(has(answer, "secret of the inside"));
  }
  const auto trace =
      ask(server->port(), "TRACE /v1/ok HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(trace.starts_with("HTTP/1.1 405 "));
}

TEST_CASE("owasp API9: whatever writes is known, and stands behind a rule") {
  std::set<std::string> writing;
  const TwoDepartments house;
  for (const auto& [method, pattern] : house.router().routes()) {
    INFO(method << ' ' << pattern);
    CHECK(pattern.starts_with("/v1/"));
    if (method != "GET") writing.insert(method + " " + pattern);
  }
  // A route that is added here is one that decisions_test or recording_test asks as each role.
  CHECK(writing ==
        std::set<std::string>{
            "POST /v1/events", "POST /v1/events/check", "POST /v1/events/restated",
            "POST /v1/unallocated/{position}/accept", "POST /v1/unallocated/{position}/advance",
            "POST /v1/unallocated/{position}/reject", "POST /v1/unmatched/{position}/accept",
            "POST /v1/unmatched/{position}/reject", "POST /v1/unmatched/{position}/rule-out"});
}
