// The only translation unit with Beast: it takes a quarter of a minute to compile.
#include "platform/http/session.h"

#include <fmt/format.h>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <array>
#include <optional>

#include "platform/http/admission.h"
#include "platform/http/forwarded.h"
#include "platform/http/framing.h"
#include "platform/http/pushed_body.h"
#include "platform/http/refusals.h"
#include "platform/http/response_head.h"
#include "platform/http/wire.h"
#include "platform/limits.h"

namespace ledger::http::detail {

namespace {

namespace beast = boost::beast;

// All members are touched on its loop's thread only; what comes from other threads is posted there.
class Connection final : public Session, public std::enable_shared_from_this<Connection> {
 public:
  Connection(Socket socket, Shared& shared, std::shared_ptr<LoopGate> gate)
      : wire_(make_wire(std::move(socket), shared.identity.get())),
        shared_(shared),
        gate_(std::move(gate)) {
    ++shared_.connections;
  }
  ~Connection() override {
    if (pushed_) pushed_->abandon();
    if (--shared_.connections > 0) return;
    const std::lock_guard lock(shared_.mutex);
    shared_.drained.notify_all();
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start(bool crowded) override {
    error_code ignored;
    wire_->socket().set_option(tcp::no_delay(true), ignored);
    origin_.peer = wire_->peer_address();
    origin_.secure = wire_->secure();
    direct_ = origin_;
    if (!shared_.options.trusted_proxies.contains(direct_.peer)) {
      place_ = shared_.places.take(direct_.peer);
      crowded = crowded || !place_;
    }
    // A handshake is dear, and without one nobody could read what we say.
    if (crowded && wire_->secure()) return close();
    expires_after(shared_.options.header_timeout, Awaited::kHandshake);
    wire_->open([self = shared_from_this(), crowded](error_code error) {
      if (error) return self->on_unopened();
      self->peer_certificate_ = self->wire_->peer_certificate();
      if (!crowded) return self->read_request(/*first=*/true);
      self->answer_early(problem({ErrorCode::kUnavailable, "too many connections; try again"}));
    });
  }

  void stop() override {
    close_after_ = true;
    if (!busy_ || pushed_) close();
  }

  void sweep(Clock::time_point now) override {
    if (now < deadline_) return;
    deadline_ = Clock::time_point::max();
    expired_ = true;
    ++shared_.timed_out[static_cast<std::size_t>(awaited_)];
    close();
  }

  void abandon() override { awaiting_.reset(); }

  void take_answer(Response response) override {
    const auto self = std::move(awaiting_);  // until respond() has begun to write
    respond(std::move(response));
  }

 private:
  using Awaited = Server::Awaited;
  static constexpr std::size_t kReadBytes = 16 * 1024;
  static constexpr auto kFarewell = std::chrono::milliseconds(1000);
  static constexpr const char* kStrict = "max-age=31536000";  // by https alone, for a year

  void expires_after(std::chrono::milliseconds time, Awaited what) {
    deadline_ = Clock::now() + time;
    awaited_ = what;
  }

  void on_unopened() {
    if (!expired_) ++shared_.refused;
    close();
  }

  void read_request(bool first) {
    if (close_after_ || shared_.stopping) return close();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(limits::kHttpHeaderBytesMax));
    parser_->body_limit(boost::none);  // said by the route
    header_taken_ = false;
    head_ = false;
    // What is here already (pipelining) does not wait for the idle deadline.
    idle_ = !first && buffer_.size() == 0;
    idle_ ? expires_after(shared_.options.idle_timeout, Awaited::kIdle)
          : expires_after(shared_.options.header_timeout, Awaited::kHeader);
    parse();
  }

  void parse() {
    error_code error;
    while (buffer_.size() > 0 && !parser_->is_done()) {
      buffer_.consume(parser_->put(buffer_.data(), error));
      if (error == beast::http::error::need_more) break;
      if (error) return on_parse_error(error);
      if (parser_->is_header_done() && !header_taken_ && !take_header()) return;
    }
    if (parser_->is_done()) return on_request();
    read_more();
  }

  void read_more() {
    wire_->read_some(buffer_.prepare(kReadBytes), [self = shared_from_this()](error_code error,
                                                                              std::size_t size) {
      // Also a message that was cut: there is nobody left to answer.
      if (error) return self->close();
      self->buffer_.commit(size);
      if (self->idle_) {
        self->idle_ = false;
        self->expires_after(self->shared_.options.header_timeout, Awaited::kHeader);
      }
      self->parse();
    });
  }

  // False: the request is answered, or goes on when the client was told to.
  bool take_header() {
    header_taken_ = true;
    busy_ = true;
    request_ = {};
    const auto& message = parser_->get();
    head_ = message.method() == beast::http::verb::head;
    for (const auto& field : message) {
      request_.headers.emplace_back(
          lower_case({field.name_string().data(), field.name_string().size()}),
          std::string(field.value()));
    }
    origin_ = origin_of(request_.headers, direct_, shared_.options.trusted_proxies);
    strip_forwarded(request_.headers);
    if (auto status = check_framing(request_.headers, message.version() >= 11); !status) {
      refuse(problem(status.error()));
      return false;
    }
    // The one deadline of the whole request: not renewed by what trickles in.
    expires_after(shared_.options.request_timeout, Awaited::kBody);
    ++shared_.requests;
    http_1_1_ = message.version() >= 11;
    close_after_ = close_after_ || !message.keep_alive();
    request_.method = std::string(message.method_string());
    request_.peer = origin_.peer;
    request_.secure = origin_.secure;
    request_.peer_certificate = peer_certificate_;
    const auto length = parser_->content_length();
    const Announced body{!parser_->is_done(), length ? std::optional(*length) : std::nullopt};
    admission_ = admit(shared_, {message.target().data(), message.target().size()}, body, request_);
    if (admission_.at_once) {
      answer_early(*std::move(admission_.refusal));
      return false;
    }
    parser_->body_limit(admission_.body_bytes_max);
    if (!admission_.waits) return true;
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    wire_->write({asio::buffer(kContinue), {}},
                 [self = shared_from_this()](error_code error, std::size_t) {
                   if (error) return self->close();
                   self->parse();
                 });
    return false;
  }

  void on_parse_error(error_code error) {
    const bool body = error == beast::http::error::body_limit;
    if (!body && error != beast::http::error::header_limit) {
      return refuse(problem({ErrorCode::kMalformed, "this is not HTTP: " + error.message()}));
    }
    refuse(body ? body_too_large(admission_.body_bytes_max) : header_too_large());
  }

  void refuse(Response answer) {
    ++shared_.refused;
    answer_early(std::move(answer));
  }

  // While more of the request may be on its way.
  void answer_early(Response answer) {
    close_after_ = true;
    unread_ = true;
    busy_ = true;
    respond(std::move(answer));
  }

  void on_request() {
    if (admission_.refusal) return respond(*std::move(admission_.refusal));
    request_.body = std::move(parser_->get().body());
    dispatch(admission_.match);
  }

  void dispatch(const Router::Match& match) {
    awaiting_ = shared_from_this();
    auto reply = shared_.router.witnessed(request_, match.method, match.pattern,
                                          reply_once(gate_, weak_from_this()));
    // The answer may take as long as it takes the log; reading is over, so nobody can trickle.
    deadline_ = Clock::time_point::max();
    hand_over(shared_, match, std::move(request_), reply);
  }

  void respond(Response response) {
    admission_.share.reset();
    expires_after(shared_.options.request_timeout, Awaited::kAnswerTaken);
    const bool made_as_sent = response.stream || response.push;
    body_stream_ = head_ ? BodyStream() : std::move(response.stream);
    push_ = head_ ? Push() : std::move(response.push);
    const BodyEnd end = !made_as_sent ? BodyEnd::kLength
                        : head_       ? BodyEnd::kUnsaid
                        : http_1_1_   ? BodyEnd::kChunked
                                      : BodyEnd::kClose;
    close_after_ = close_after_ || end == BodyEnd::kClose || push_;
    if (origin_.secure) response.headers.emplace_back("Strict-Transport-Security", kStrict);
    const auto reason =
        beast::http::obsolete_reason(static_cast<beast::http::status>(response.status));
    response_head_ =
        response_head(response, {reason.data(), reason.size()}, http_1_1_, !close_after_, end);
    if (body_stream_ || push_) return write_stream_head();
    response_body_ = head_ ? std::string() : std::move(response.body);
    wire_->write(
        {asio::buffer(response_head_), asio::buffer(response_body_)},
        [self = shared_from_this()](error_code error, std::size_t) { self->on_written(error); });
  }

  void on_written(error_code error) {
    busy_ = false;
    if (error) return close();
    if (close_after_) return finish();
    read_request(/*first=*/false);
  }

  void write_stream_head() {
    wire_->write({asio::buffer(response_head_), {}},
                 [self = shared_from_this()](error_code error, std::size_t) {
                   if (error) return self->on_written(error);
                   if (self->push_) return self->begin_push();
                   self->next_chunk();
                 });
  }

  // From here the connection lives by its read, which ends with the client, and by what it writes.
  void begin_push() {
    if (shared_.stopping) return close();
    deadline_ = Clock::time_point::max();
    wire_->bound_what_waits();
    pushed_ = std::make_shared<PushedBody>(limits::kPushedBytesMax,
                                           [gate = gate_, weak = weak_from_this()] {
                                             gate->run([weak] {
                                               if (const auto session = weak.lock())
                                                 session->push_more();
                                             });
                                           });
    buffer_.consume(buffer_.size());
    // A request behind this one would never be answered: who speaks is as good as gone.
    wire_->read_some(buffer_.prepare(1),
                     [self = shared_from_this()](error_code, std::size_t) { self->close(); });
    std::exchange(push_, {})(pushed_);
  }

  void push_more() {
    if (pushed_->gone()) return close();
    if (pushing_) return;  // asked again when the client has taken what is on its way
    auto [bytes, state] = pushed_->take();
    const bool last = state == PushedBody::State::kEnding;
    if (bytes.empty() && !last) return;
    pushing_ = true;
    expires_after(shared_.options.request_timeout, Awaited::kAnswerTaken);
    send_chunk(std::move(bytes), last,
               [self = shared_from_this(), last](error_code error, std::size_t) {
                 self->pushing_ = false;
                 self->deadline_ = Clock::time_point::max();
                 if (error || last) return self->close();
                 self->push_more();
               });
  }

  // A piece of a body without a length, as it goes on the wire.
  void send_chunk(std::string bytes, bool last, Wire::Moved done) {
    response_head_.clear();
    if (http_1_1_ && !bytes.empty()) {
      response_head_ = fmt::format("{:x}\r\n", bytes.size());
      bytes += "\r\n";
    }
    if (http_1_1_ && last) bytes += "0\r\n\r\n";
    response_body_ = std::move(bytes);
    wire_->write({asio::buffer(response_head_), asio::buffer(response_body_)}, std::move(done));
  }

  // One chunk at a time: the next is made only when the client has taken this one.
  void next_chunk() {
    deadline_ = Clock::time_point::max();
    const bool taken = shared_.to_worker([self = shared_from_this()] {
      std::string chunk;
      const bool more = self->body_stream_(chunk);
      asio::post(self->wire_->socket().get_executor(),
                 [self, chunk = std::move(chunk), more]() mutable {
                   self->write_chunk(std::move(chunk), more);
                 });
    });
    if (!taken) close();  // cut: the client sees that the end is missing
  }

  void write_chunk(std::string chunk, bool more) {
    expires_after(shared_.options.request_timeout, Awaited::kAnswerTaken);
    send_chunk(std::move(chunk), !more,
               [self = shared_from_this(), more](error_code error, std::size_t) {
                 if (error || !more) return self->on_written(error);
                 self->next_chunk();
               });
  }

  // A client of TLS is told that this is the end, as far as he takes it.
  void finish() {
    expires_after(kFarewell, Awaited::kIdle);
    if (std::exchange(unread_, false)) return linger();
    if (!wire_->secure()) return close();
    wire_->finish([self = shared_from_this()](error_code) { self->close(); });
  }

  // Closed with something unread, the system would take the answer back that is on its way to him
  // (RFC 9112 9.6): he is told that nothing more comes, and heard out for a moment.
  void linger() {
    error_code ignored;
    if (!wire_->secure()) wire_->socket().shutdown(tcp::socket::shutdown_send, ignored);
    discard(limits::kHttpBodyBytesMax);
  }
  void discard(std::size_t bytes_max) {
    buffer_.consume(buffer_.size());
    wire_->read_some(buffer_.prepare(kReadBytes),
                     [self = shared_from_this(), bytes_max](error_code error, std::size_t size) {
                       if (error || size >= bytes_max) return self->finish();
                       self->discard(bytes_max - size);
                     });
  }

  void close() {
    deadline_ = Clock::time_point::max();
    if (pushed_) pushed_->abandon();
    wire_->close();
  }

  std::unique_ptr<Wire> wire_;
  Shared& shared_;
  std::shared_ptr<LoopGate> gate_;
  std::shared_ptr<Connection> awaiting_;  // itself, from the request to its reply
  Clock::time_point deadline_ = Clock::time_point::max();
  Awaited awaited_ = Awaited::kIdle;  // until then
  Origin direct_;                     // by the socket itself
  Origin origin_;                     // by what a trusted proxy says of the request
  std::string peer_certificate_;
  beast::flat_buffer buffer_;
  std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
  Request request_;
  Admission admission_;  // of request_
  Share place_;          // among those of its address
  std::string response_head_;
  std::string response_body_;
  BodyStream body_stream_;
  Push push_;
  std::shared_ptr<PushedBody> pushed_;
  bool header_taken_ = false;
  bool idle_ = false;  // waits for the first byte of another request
  bool http_1_1_ = true;
  bool head_ = false;
  bool busy_ = false;
  bool close_after_ = false;
  bool expired_ = false;
  bool unread_ = false;   // more of what is answered may come
  bool pushing_ = false;  // a piece of pushed_ is on its way
};

}  // namespace

std::shared_ptr<Session> make_session(Socket socket, Shared& shared,
                                      std::shared_ptr<LoopGate> gate) {
  return std::make_shared<Connection>(std::move(socket), shared, std::move(gate));
}

}  // namespace ledger::http::detail
