#pragma once

// Included by server.cpp, session.cpp and wire.cpp only.

#include <boost/asio/buffer.hpp>

#include <array>
#include <functional>
#include <memory>
#include <string>

#include "platform/http/shared.h"
#include "platform/http/tls_identity.h"

namespace ledger::http::detail {

// The bytes to and from one client, plain or by TLS. On the thread of its loop; at most one read
// and one write at a time. A callback that is under way keeps what it needs; none comes from within
// a call. The wire must live until they have come.
class Wire {
 public:
  using Opened = std::function<void(error_code error)>;
  using Moved = std::function<void(error_code error, std::size_t bytes)>;

  virtual ~Wire() = default;

  // Before anything else. An error: it is closed, and the client was told what can be told.
  virtual void open(Opened done) = 0;
  virtual void read_some(asio::mutable_buffer buffer, Moved done) = 0;
  // All of both. What they point to must stay.
  virtual void write(const std::array<asio::const_buffer, 2>& buffers, Moved done) = 0;
  // The end as the client can tell it from one that was cut; then it is closed. Not while there is
  // a read or a write.
  virtual void finish(Opened done) = 0;
  void close();  // now

  // Without its port, in one spelling of each, also of IPv4 on a socket of IPv6. Empty: he is gone.
  [[nodiscard]] std::string peer_address();
  // For who is sent to for long: what the kernel keeps for a client that takes nothing is bounded,
  // and one that has vanished without a word is noticed.
  void bound_what_waits();

  [[nodiscard]] virtual bool secure() const = 0;
  // Of a client that showed a certificate which our authority vouches for; else empty. See
  // Request::peer_certificate.
  [[nodiscard]] virtual std::string peer_certificate() const { return {}; }
  [[nodiscard]] virtual Socket& socket() = 0;
};

// `identity` null: plain.
[[nodiscard]] std::unique_ptr<Wire> make_wire(Socket socket, const TlsIdentity* identity);

}  // namespace ledger::http::detail
