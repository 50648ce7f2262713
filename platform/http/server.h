#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "platform/http/router.h"
#include "platform/result.h"

namespace ledger::http {

// HTTP/1.1 with keep-alive on one listening address; the only user of Boost.Beast and Asio.
//
// Threads: `io_threads` run the sockets and the inline handlers; a bounded pool
// (limits::kHttpWorkerThreads, kHttpWorkerQueueMax) runs the worker handlers and body streams.
// A Reply may come from any thread, also when the server has gone: then nobody hears it.
// Deadlines: one for the header, one for the whole request (never re-armed per chunk), one idle
// one; a slow client is closed. Limits on header, body and connections as in platform/limits.h.
// Requests that two parsers could read differently (request smuggling) are refused with 400 and
// the connection is closed: any Transfer-Encoding but one "chunked" on HTTP/1.1, Transfer-Encoding
// beside Content-Length, two different lengths, Host missing or twice.
class Server {
 public:
  struct Options {
    std::string listen;  // "127.0.0.1:8080", "[::1]:8080"; port 0 takes a free one
    int io_threads = 1;
    std::chrono::milliseconds header_timeout;
    std::chrono::milliseconds request_timeout;
    std::chrono::milliseconds idle_timeout;
  };
  // Options with the values of platform/limits.h.
  [[nodiscard]] static Options defaults(std::string listen);

  // Binds and starts serving. `router` must outlive the server. kMisconfigured for an address that
  // does not parse or cannot be bound.
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(Options options, const Router& router);
  // Stops accepting, lets running requests finish for up to two seconds, then closes.
  ~Server();

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] bool loopback_only() const;

  struct Counters {
    std::uint64_t requests = 0;
    std::uint64_t refused = 0;  // malformed, smuggling, over a limit
    std::uint64_t timed_out = 0;
    std::uint64_t connections_open = 0;
  };
  [[nodiscard]] Counters counters() const;

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ledger::http
