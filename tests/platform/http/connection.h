#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <string_view>

#include "platform/http/server.h"
#include "tests/support/catch.h"

namespace ledger::testing {

// A plain TCP connection with a deadline on every read.
class Connection {
 public:
  explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;  // the server hung up; what it said is read next
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  // All that comes until the server closes, or `enough` says so; fails after ten seconds of
  // silence.
  std::string read(const std::function<bool(const std::string&)>& enough = {}) const {
    std::string all;
    char piece[65536];
    while (!enough || !enough(all)) {
      pollfd wait{socket_, POLLIN, 0};
      REQUIRE(::poll(&wait, 1, 10'000) == 1);
      const auto got = ::recv(socket_, piece, sizeof piece, 0);
      if (got <= 0) break;
      all.append(piece, static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  int socket_;
};

// A server that waits for nobody.
inline http::Server::Options hasty() {
  auto options = http::Server::defaults("127.0.0.1:0");
  options.header_timeout = std::chrono::milliseconds(200);
  options.request_timeout = std::chrono::milliseconds(300);
  options.idle_timeout = std::chrono::milliseconds(200);
  return options;
}

}  // namespace ledger::testing
