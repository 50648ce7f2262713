#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger {

// A TCP connection, with a time limit on every wait. For line protocols; HTTP has its own client.
// One thread.
class TcpStream {
 public:
  // "127.0.0.1:5038", "pbx.lan:5038", "[::1]:5038". kMisconfigured for what is no such address,
  // kUnavailable with the reason if nobody answers there.
  [[nodiscard]] static Result<TcpStream> connect(std::string_view address,
                                                 std::chrono::milliseconds timeout);
  TcpStream(TcpStream&& other) noexcept;
  TcpStream& operator=(TcpStream&& other) noexcept;
  ~TcpStream();

  // What has come, at least a byte of it; empty if nothing came in time. kUnavailable: the other
  // side has closed, or the connection broke.
  [[nodiscard]] Result<std::string> read(std::chrono::milliseconds timeout);
  // All of it or an error: kTimeout, kUnavailable.
  [[nodiscard]] Status write(std::string_view bytes, std::chrono::milliseconds timeout);

 private:
  friend class TcpListener;
  explicit TcpStream(int socket) : socket_(socket) {}
  int socket_;
};

// Where others connect to us. One thread.
class TcpListener {
 public:
  // An address as above. kMisconfigured for what is no such address, or is another's, or taken.
  [[nodiscard]] static Result<TcpListener> listen(std::string_view address);
  TcpListener(TcpListener&& other) noexcept;
  TcpListener& operator=(TcpListener&& other) noexcept;
  ~TcpListener();

  // Who has connected; nullopt if nobody did in time. kUnavailable: the system has no room for one
  // more connection just now.
  [[nodiscard]] Result<std::optional<TcpStream>> accept(std::chrono::milliseconds timeout);

 private:
  explicit TcpListener(int socket) : socket_(socket) {}
  int socket_;
};

// Whether the text is a host and a port.
[[nodiscard]] Status check_address(std::string_view address, std::string field);

}  // namespace ledger
