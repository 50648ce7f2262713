#include "platform/http/wire.h"

#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <string_view>
#include <utility>

namespace ledger::http::detail {

namespace {

// Each buffer is a TLS record of its own: a short answer goes in one.
constexpr std::size_t kRecordBytes = 16 * 1024;

constexpr std::string_view kSpeaksTls =
    "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nConnection: close\r\n"
    "Content-Length: 143\r\n\r\n"
    R"({"type":"urn:salesledger:problem:malformed","title":"Bad Request","status":400,)"
    R"("detail":"this port speaks TLS: ask by https","retriable":false})";

class PlainWire final : public Wire {
 public:
  explicit PlainWire(Socket socket) : socket_(std::move(socket)) {}

  void open(Opened done) override {
    asio::post(socket_.get_executor(), [done = std::move(done)] { done({}); });
  }
  void read_some(asio::mutable_buffer buffer, Moved done) override {
    socket_.async_read_some(buffer, std::move(done));
  }
  void write(const std::array<asio::const_buffer, 2>& buffers, Moved done) override {
    asio::async_write(socket_, buffers, std::move(done));
  }
  void finish(Opened done) override {
    close();
    asio::post(socket_.get_executor(), [done = std::move(done)] { done({}); });
  }
  [[nodiscard]] bool secure() const override { return false; }
  [[nodiscard]] Socket& socket() override { return socket_; }

 private:
  Socket socket_;
};

class TlsWire final : public Wire {
 public:
  TlsWire(Socket socket, TlsIdentity::Context identity)
      : identity_(std::move(identity)),
        context_(shared(identity_)),
        stream_(std::move(socket), context_) {}

  void open(Opened done) override {
    stream_.async_handshake(asio::ssl::stream_base::server,
                            [this, done = std::move(done)](error_code error) {
                              if (speaks_http(error)) return tell_and_close(done);
                              if (error) close();
                              done(error);
                            });
  }
  void read_some(asio::mutable_buffer buffer, Moved done) override {
    stream_.async_read_some(buffer, std::move(done));
  }
  void write(const std::array<asio::const_buffer, 2>& buffers, Moved done) override {
    if (buffers[1].size() == 0 || asio::buffer_size(buffers) > kRecordBytes) {
      return asio::async_write(stream_, buffers, std::move(done));
    }
    record_.resize(asio::buffer_size(buffers));
    asio::buffer_copy(asio::buffer(record_), buffers);
    asio::async_write(stream_, asio::buffer(record_), std::move(done));
  }
  void finish(Opened done) override {
    stream_.async_shutdown([this, done = std::move(done)](error_code error) {
      close();
      done(error);
    });
  }
  [[nodiscard]] bool secure() const override { return true; }
  [[nodiscard]] std::string peer_certificate() const override {
    SSL* ssl = const_cast<Stream&>(stream_).native_handle();
    const X509* certificate = SSL_get0_peer_certificate(ssl);
    if (certificate == nullptr || SSL_get_verify_result(ssl) != X509_V_OK) return {};
    return describe_certificate(*certificate);
  }
  [[nodiscard]] Socket& socket() override { return stream_.next_layer(); }

 private:
  using Stream = asio::ssl::stream<Socket>;

  // Asio's own, which frees what it is given once.
  static asio::ssl::context shared(const TlsIdentity::Context& identity) {
    SSL_CTX_up_ref(identity.get());
    return asio::ssl::context(identity.get());
  }
  static bool speaks_http(error_code error) {
    return error.category() == asio::error::get_ssl_category() &&
           ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_HTTP_REQUEST;
  }
  void tell_and_close(Opened done) {
    asio::async_write(socket(), asio::buffer(kSpeaksTls),
                      [this, done = std::move(done)](error_code, std::size_t) {
                        close();
                        done(asio::error::operation_not_supported);
                      });
  }

  TlsIdentity::Context identity_;
  asio::ssl::context context_;
  Stream stream_;
  std::string record_;
};

}  // namespace

void Wire::close() {
  error_code ignored;
  socket().shutdown(tcp::socket::shutdown_both, ignored);
  socket().close(ignored);
}

std::string Wire::peer_address() {
  error_code gone;
  const auto address = socket().remote_endpoint(gone).address();
  if (gone) return {};
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address.to_string();
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
}

void Wire::bound_what_waits() {
  error_code ignored;
  constexpr auto kBytes = static_cast<int>(limits::kPushedBytesMax);
  socket().set_option(asio::socket_base::send_buffer_size(kBytes), ignored);
  constexpr auto kTimeout =
      static_cast<unsigned>(std::chrono::milliseconds(limits::kPushedPeerTimeout).count());
  (void)::setsockopt(socket().native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &kTimeout,
                     sizeof kTimeout);
}

std::unique_ptr<Wire> make_wire(Socket socket, const TlsIdentity* identity) {
  if (identity == nullptr) return std::make_unique<PlainWire>(std::move(socket));
  return std::make_unique<TlsWire>(std::move(socket), identity->current());
}

}  // namespace ledger::http::detail
