#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/result.h"

struct ssl_ctx_st;  // OpenSSL's SSL_CTX and X509
struct x509_st;

namespace ledger::http {

// PEM files of a server that speaks TLS.
struct TlsFiles {
  std::filesystem::path certificate;  // its own first, then those that vouch for it
  std::filesystem::path key;          // without a passphrase
  // Who vouches for clients' certificates. Empty: none is asked for. Else a client may show one,
  // and one that these do not vouch for, or that is not valid now, ends the handshake.
  std::filesystem::path client_authority = {};
};

namespace detail {

// What a server shows of itself, and whom it believes: TLS 1.2 and later, forward secrecy and
// authenticated encryption alone, no renegotiation, no resumption (so that a certificate that was
// believed is believed no longer than its connection), ALPN http/1.1. Of one thread, but current().
class TlsIdentity {
 public:
  using Context = std::shared_ptr<ssl_ctx_st>;

  // kMisconfigured with the setting as its field: tls-cert, tls-key or tls-client-ca.
  [[nodiscard]] static Result<std::unique_ptr<TlsIdentity>> load(TlsFiles files);

  // For the next connection; those that are open keep theirs.
  [[nodiscard]] Context current() const { return std::atomic_load(&context_); }
  // Reads the files again if they are others than before, or in any case. True: they are in use
  // now. An error: they do not fit each other or cannot be read, and what was in use stays; told
  // once of each state of the files.
  [[nodiscard]] Result<bool> refresh(bool in_any_case);
  // The certificate's last moment, as seconds since 1970.
  [[nodiscard]] std::int64_t not_after() const { return not_after_; }

 private:
  struct Stamp {  // what a changed file differs by
    std::filesystem::file_time_type written;
    std::uintmax_t size = 0;
    bool operator==(const Stamp&) const = default;
  };
  explicit TlsIdentity(TlsFiles files) : files_(std::move(files)) {}
  [[nodiscard]] std::vector<Stamp> stamps() const;

  TlsFiles files_;
  std::vector<Stamp> stamps_;
  Context context_;
  std::atomic<std::int64_t> not_after_ = 0;
};

// What is told of a client's certificate: its subject as RFC 2253 writes it, then each of its other
// names on a line of its own, "DNS:…", "URI:…" or "email:…". Names with control characters are left
// out.
[[nodiscard]] std::string describe_certificate(const x509_st& certificate);

}  // namespace detail
}  // namespace ledger::http
