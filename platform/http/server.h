#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "platform/http/forwarded.h"
#include "platform/http/router.h"
#include "platform/http/tls_identity.h"
#include "platform/result.h"

namespace ledger::http {

// HTTP/1.1 with keep-alive on one listening address; the only user of Boost.Beast and Asio. Plain,
// or by TLS (tls_identity.h): then a client who speaks plain HTTP is told so, one who does not
// finish the handshake within the header's time is closed, and answers say that only https is to be
// used.
//
// Threads: `io_threads` run the sockets and the inline handlers; a bounded pool
// (limits::kHttpWorkerThreads, kHttpWorkerQueueMax) runs the worker handlers and body streams.
// A Reply may come from any thread, also when the server has gone: then nobody hears it.
// A pushed body costs no thread; no deadline ends it but that of one piece which a client does not
// take, and the server's end. It is sent with Connection: close.
// Deadlines: one for the header, one for the whole request (never re-armed per chunk), one idle
// one; a slow client is closed. Limits on header, body and connections as in platform/limits.h, and
// on the connections of one address. Route and guard are asked by the head alone: of what they
// refuse, and of what is too large, at most 64 KiB of body are kept, `Expect: 100-continue` is not
// answered with 100, and where more is on its way the connection closes behind the answer. Larger
// bodies share 128 MiB of those whom the guard knows, and as much of those whom nobody does; 503
// where that is taken.
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
    std::optional<TlsFiles> tls = {};     // absent: plain
    TrustedProxies trusted_proxies = {};  // who is believed about whom he speaks for
    // What the body of a request to that route takes; absent: limits::kHttpBodyBytesMax.
    std::function<std::size_t(std::string_view method, std::string_view pattern)> body_bytes_max =
        {};
    // Connections of one address that are open at once, but those of trusted proxies, which speak
    // for many. Over it: 503, and by TLS closed. A house behind one address has a few per browser.
    std::size_t connections_per_address_max = 512;
  };
  // Options with the values of platform/limits.h.
  [[nodiscard]] static Options defaults(std::string listen);

  // Binds and starts serving. `router` must outlive the server. kMisconfigured for an address that
  // does not parse or cannot be bound, or files that make no TLS server; the field is the setting.
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(Options options, const Router& router);
  // Stops accepting, lets running requests finish for up to two seconds, then closes.
  ~Server();

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] bool loopback_only() const;

  // Reads the files of TLS again, which it does by itself when they change. New connections get
  // what they hold, if it is whole; those that are open go on with what they have.
  void reload_tls();
  // When the certificate in use ends, as seconds since 1970; nullopt: plain.
  [[nodiscard]] std::optional<std::int64_t> certificate_ends() const;

  // What a client is given a time for. A connection that is idle for its time is no request.
  enum class Awaited { kHandshake, kHeader, kBody, kAnswerTaken, kIdle };
  struct Counters {
    std::uint64_t requests = 0;
    std::uint64_t refused = 0;                 // malformed, smuggling, over a limit
    std::array<std::uint64_t, 5> timed_out{};  // by Awaited
    std::uint64_t connections_open = 0;

    [[nodiscard]] std::uint64_t timed_out_at(Awaited what) const {
      return timed_out[static_cast<std::size_t>(what)];
    }
  };
  [[nodiscard]] Counters counters() const;

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ledger::http
