#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "platform/result.h"
#include "platform/tcp_stream.h"

namespace ledger {

// A server's certificate and key, TLS 1.2 and later. Copies share it. Threads: any.
class TlsContext {
 public:
  // PEM files: the certificate with those that vouch for it behind it, and its key without a
  // passphrase. kMisconfigured with `cert` or `key` as the field.
  [[nodiscard]] static Result<TlsContext> load(const std::filesystem::path& cert,
                                               const std::filesystem::path& key);

 private:
  friend class TlsStream;
  struct Impl;
  explicit TlsContext(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<Impl> impl_;
};

// A TcpStream whose other side has begun TLS. The same limits on waits and the same errors. One
// thread.
class TlsStream {
 public:
  // The handshake, all of it within `timeout`. kTimeout, kUnavailable: the connection is of no use
  // any more.
  [[nodiscard]] static Result<TlsStream> accept(TcpStream stream, const TlsContext& context,
                                                std::chrono::milliseconds timeout);
  TlsStream(TlsStream&&) noexcept;
  TlsStream& operator=(TlsStream&&) noexcept;
  ~TlsStream();

  // As TcpStream's; also empty when what came in time was no data yet.
  [[nodiscard]] Result<std::string> read(std::chrono::milliseconds timeout);
  [[nodiscard]] Status write(std::string_view bytes, std::chrono::milliseconds timeout);

 private:
  struct Impl;
  explicit TlsStream(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ledger
