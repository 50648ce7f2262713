#include "platform/tls_stream.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ledger {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kPieceBytes = 16 * 1024;  // of a TLS record

// The oldest of this thread's errors, and none of them stays for the next call.
std::string reason() {
  std::array<char, 200> text{};
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  if (code == 0) return "the other side ended TLS";
  ERR_error_string_n(code, text.data(), text.size());
  return text.data();
}

tl::unexpected<Error> broken() { return fail(ErrorCode::kUnavailable, reason()); }

milliseconds left_until(Clock::time_point deadline) {
  return std::max(milliseconds(0),
                  std::chrono::duration_cast<milliseconds>(deadline - Clock::now()));
}

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Ssl = std::unique_ptr<SSL, decltype(&SSL_free)>;

}  // namespace

struct TlsContext::Impl {
  Context context{nullptr, &SSL_CTX_free};
};

Result<TlsContext> TlsContext::load(const std::filesystem::path& cert,
                                    const std::filesystem::path& key) {
  Context context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (!context) return fail(ErrorCode::kInternal, reason());
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  if (SSL_CTX_use_certificate_chain_file(context.get(), cert.c_str()) != 1) {
    return fail(ErrorCode::kMisconfigured, cert.string() + ": " + reason(), "cert");
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return fail(ErrorCode::kMisconfigured, key.string() + ": " + reason(), "key");
  }
  return TlsContext(std::make_shared<Impl>(Impl{std::move(context)}));
}

// OpenSSL sees two buffers, never the socket: waits and their limits stay with TcpStream.
struct TlsStream::Impl {
  Impl(TcpStream the_stream, TlsContext the_context)
      : stream(std::move(the_stream)),
        context(std::move(the_context)),
        ssl(SSL_new(context.impl_->context.get()), &SSL_free) {
    if (!ssl) return;
    BIO* in = BIO_new(BIO_s_mem());
    BIO* out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl.get(), in, out);  // owns both
    SSL_set_accept_state(ssl.get());
  }

  // Sends what OpenSSL wants to be sent.
  Status flush(Clock::time_point deadline) {
    std::array<char, kPieceBytes> piece;
    for (;;) {
      const int size = BIO_read(SSL_get_wbio(ssl.get()), piece.data(), kPieceBytes);
      if (size <= 0) return {};
      LEDGER_CHECK(
          stream.write({piece.data(), static_cast<std::size_t>(size)}, left_until(deadline)));
    }
  }
  // False: nothing came in time.
  Result<bool> fill(Clock::time_point deadline) {
    LEDGER_TRY(const std::string bytes, stream.read(left_until(deadline)));
    if (bytes.empty()) return false;
    if (BIO_write(SSL_get_rbio(ssl.get()), bytes.data(), static_cast<int>(bytes.size())) <= 0) {
      return broken();
    }
    return true;
  }

  TcpStream stream;
  TlsContext context;
  Ssl ssl;
};

TlsStream::TlsStream(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsStream::TlsStream(TlsStream&&) noexcept = default;
TlsStream& TlsStream::operator=(TlsStream&&) noexcept = default;
TlsStream::~TlsStream() = default;

Result<TlsStream> TlsStream::accept(TcpStream stream, const TlsContext& context,
                                    milliseconds timeout) {
  auto impl = std::make_unique<Impl>(std::move(stream), context);
  if (!impl->ssl) return fail(ErrorCode::kUnavailable, reason());
  const auto deadline = Clock::now() + timeout;
  for (;;) {
    const int done = SSL_do_handshake(impl->ssl.get());
    const int what = SSL_get_error(impl->ssl.get(), done);
    LEDGER_CHECK(impl->flush(deadline));
    if (done == 1) return TlsStream(std::move(impl));
    if (what != SSL_ERROR_WANT_READ) return broken();
    LEDGER_TRY(const bool more, impl->fill(deadline));
    if (!more && Clock::now() >= deadline) {
      return fail(ErrorCode::kTimeout, "the other side does not finish the handshake");
    }
  }
}

Result<std::string> TlsStream::read(milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  for (bool filled = false;; filled = true) {
    std::string bytes(kPieceBytes, '\0');
    const int size = SSL_read(impl_->ssl.get(), bytes.data(), static_cast<int>(bytes.size()));
    if (size > 0) {
      bytes.resize(static_cast<std::size_t>(size));
      return bytes;
    }
    if (SSL_get_error(impl_->ssl.get(), size) != SSL_ERROR_WANT_READ) return broken();
    LEDGER_CHECK(impl_->flush(deadline));  // an answer of the protocol itself
    if (filled) return std::string();
    LEDGER_TRY(const bool more, impl_->fill(deadline));
    if (!more) return std::string();
  }
}

Status TlsStream::write(std::string_view bytes, milliseconds timeout) {
  const auto deadline = Clock::now() + timeout;
  while (!bytes.empty()) {
    const std::size_t piece = std::min(bytes.size(), kPieceBytes);
    if (SSL_write(impl_->ssl.get(), bytes.data(), static_cast<int>(piece)) <= 0) return broken();
    LEDGER_CHECK(impl_->flush(deadline));
    bytes.remove_prefix(piece);
  }
  return {};
}

}  // namespace ledger
