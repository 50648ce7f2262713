// Goal: nobody makes the server ask its own network. Method: addresses by their ranges, both sides
// of each end; a fetch of this machine.
#include "platform/http/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "tests/support/catch.h"

using namespace ledger;
using http::is_public_address;

TEST_CASE("fetch: what is no host of the public internet") {
  for (const char* address : {"0.0.0.0",
                              "0.255.255.255",
                              "10.0.0.0",
                              "10.255.255.255",
                              "100.64.0.0",
                              "100.127.255.255",
                              "127.0.0.1",
                              "169.254.169.254",
                              "172.16.0.0",
                              "172.31.255.255",
                              "192.0.0.8",
                              "192.168.255.255",
                              "198.18.0.1",
                              "198.19.255.255",
                              "203.0.113.9",
                              "224.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::ffff:10.0.0.1",
                              "::ffff:52.1.2.3",
                              "fe80::1",
                              "fc00::1",
                              "fd00:ec2::254",
                              "ff02::1",
                              "64:ff9b::a00:1",
                              "2002:a00:1::",
                              "2001::1",
                              "2001:db8::1",
                              "fe80::1%lo",
                              "",
                              "sns.amazonaws.com",
                              "10.1",
                              "52.1.2.3.4"}) {
    INFO(address);
    CHECK_FALSE(is_public_address(address));
  }
  for (const char* address :
       {"1.0.0.0", "9.255.255.255", "11.0.0.0", "52.94.1.2", "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.1", "172.15.255.255", "172.32.0.0", "192.167.255.255",
        "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2600:1f00::1",
        "2a05:d000::1", "2001:200::1"}) {
    INFO(address);
    CHECK(is_public_address(address));
  }
}

TEST_CASE("fetch: https and the outside only") {
  CHECK(http::fetch_public("http://sns.eu-central-1.amazonaws.com/").error().code ==
        ErrorCode::kInvalidField);
  CHECK(http::fetch_public("file:///etc/passwd").error().code == ErrorCode::kInvalidField);
}

TEST_CASE("fetch: nobody on this machine is so much as connected to") {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  REQUIRE(listener >= 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(listen(listener, 8) == 0);
  REQUIRE(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  const std::string port = std::to_string(ntohs(address.sin_port));
  for (const char* host : {"127.0.0.1", "localhost", "2130706433", "0"}) {
    const std::string url = std::string("https://") + host + ":" + port + "/";
    INFO(url);
    const auto answer = http::fetch_public(url, {.timeout = std::chrono::milliseconds(2000)});
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == ErrorCode::kUnavailable);
    CHECK(answer.error().message.find(url) == 0);
    CHECK(accept(listener, nullptr, nullptr) == -1);
  }
  close(listener);
}
