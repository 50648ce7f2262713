#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger {

// A TCP connection as a client has it, with a time limit on every wait. For line protocols; HTTP
// has its own client. One thread.
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
  explicit TcpStream(int socket) : socket_(socket) {}
  int socket_;
};

// Whether the text is a host and a port.
[[nodiscard]] Status check_address(std::string_view address, std::string field);

}  // namespace ledger
