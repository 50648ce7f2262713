// The only translation unit with Beast: it takes a quarter of a minute to compile.
#include "platform/http/session.h"

#include <fmt/format.h>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <array>
#include <optional>

#include "platform/http/framing.h"
#include "platform/http/response_head.h"
#include "platform/http/target.h"
#include "platform/limits.h"

namespace ledger::http::detail {

namespace {

namespace beast = boost::beast;

std::string lower_case(beast::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

// All members are touched on its loop's thread only; what comes from other threads is posted there.
class Connection final : public Session, public std::enable_shared_from_this<Connection> {
 public:
  Connection(Socket socket, Shared& shared, std::shared_ptr<LoopGate> gate)
      : socket_(std::move(socket)), shared_(shared), gate_(std::move(gate)) {
    ++shared_.connections;
  }
  ~Connection() override {
    if (--shared_.connections > 0) return;
    const std::lock_guard lock(shared_.mutex);
    shared_.drained.notify_all();
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start(bool crowded) override {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    if (!crowded) return read_request(/*first=*/true);
    close_after_ = true;
    respond(problem({ErrorCode::kUnavailable, "too many connections; try again"}));
  }

  void stop() override {
    close_after_ = true;
    if (!busy_) close();
  }

  void sweep(Clock::time_point now) override {
    if (now < deadline_) return;
    deadline_ = Clock::time_point::max();
    expired_ = true;
    close();
  }

  void abandon() override { awaiting_.reset(); }

 private:
  static constexpr std::size_t kReadBytes = 16 * 1024;

  void expires_after(std::chrono::milliseconds time) { deadline_ = Clock::now() + time; }

  void read_request(bool first) {
    if (close_after_ || shared_.stopping) return close();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(limits::kHttpHeaderBytesMax));
    parser_->body_limit(limits::kHttpBodyBytesMax);
    header_taken_ = false;
    // What is here already (pipelining) does not wait for the idle deadline.
    idle_ = !first && buffer_.size() == 0;
    expires_after(idle_ ? shared_.options.idle_timeout : shared_.options.header_timeout);
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
    socket_.async_read_some(buffer_.prepare(kReadBytes),
                            [self = shared_from_this()](error_code error, std::size_t size) {
                              if (error) {
                                // Also a message that was cut: there is nobody left to answer.
                                if (self->expired_) ++self->shared_.timed_out;
                                return self->close();
                              }
                              self->buffer_.commit(size);
                              if (self->idle_) {
                                self->idle_ = false;
                                self->expires_after(self->shared_.options.header_timeout);
                              }
                              self->parse();
                            });
  }

  // False: the request is answered, or goes on when the client was told to.
  bool take_header() {
    header_taken_ = true;
    busy_ = true;
    request_ = {};
    for (const auto& field : parser_->get()) {
      request_.headers.emplace_back(lower_case(field.name_string()), std::string(field.value()));
    }
    const bool http_1_1 = parser_->get().version() >= 11;
    if (auto status = check_framing(request_.headers, http_1_1); !status) {
      refuse(problem(status.error()));
      return false;
    }
    // The one deadline of the whole request: not renewed by what trickles in.
    expires_after(shared_.options.request_timeout);
    const auto expects = request_.header("expect");
    if (expects.empty() || lower_case({expects.data(), expects.size()}) != "100-continue") {
      return true;
    }
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(socket_, asio::buffer(kContinue),
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
    auto answer =
        problem({ErrorCode::kTooLarge,
                 fmt::format("the {} takes at most {} bytes", body ? "body" : "header",
                             body ? limits::kHttpBodyBytesMax : limits::kHttpHeaderBytesMax)});
    if (!body) answer.status = 431;
    refuse(std::move(answer));
  }

  void refuse(Response answer) {
    ++shared_.refused;
    close_after_ = true;
    busy_ = true;
    respond(std::move(answer));
  }

  void on_request() {
    ++shared_.requests;
    auto& message = parser_->get();
    http_1_1_ = message.version() >= 11;
    head_ = message.method() == beast::http::verb::head;
    close_after_ = close_after_ || !message.keep_alive();
    request_.method = std::string(message.method_string());
    request_.body = std::move(message.body());
    if (auto status = parse_target({message.target().data(), message.target().size()}, request_);
        !status) {
      return respond(problem(status.error()));
    }
    auto match = shared_.router.find(request_.method, request_.segments);
    if (match.handler == nullptr) return respond(std::move(match.refusal));
    request_.captures = std::move(match.captures);
    dispatch(*match.handler, match.where);
  }

  void dispatch(const Handler& handler, RunOn where) {
    auto reply = make_reply();
    const auto run = [&handler](Request request, const Reply& answer) {
      try {
        handler(std::move(request), answer);
      } catch (const std::exception&) {
        answer(problem({ErrorCode::kInternal, "the server failed on this request"}));
      }
    };
    // The answer may take as long as it takes the log; reading is over, so nobody can trickle.
    deadline_ = Clock::time_point::max();
    if (where == RunOn::kInline) return run(std::move(request_), reply);
    const bool taken = shared_.to_worker(
        [run, request = std::move(request_), reply]() mutable { run(std::move(request), reply); });
    if (!taken) {
      reply(problem({ErrorCode::kUnavailable, "too many requests are waiting; try again"}));
    }
  }

  // Answers once; a reply that is dropped unanswered answers too, so no client hangs on a bug.
  class Answer {
   public:
    Answer(std::shared_ptr<LoopGate> gate, std::weak_ptr<Connection> session)
        : gate_(std::move(gate)), session_(std::move(session)) {}
    ~Answer() {
      if (!given_) give(problem({ErrorCode::kInternal, "the request was left unanswered"}));
    }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;
    void give(Response response) {
      if (given_.exchange(true)) return;
      // Locked on the loop's thread only: elsewhere this might be the last to hold it.
      gate_->run([weak = session_, response = std::move(response)]() mutable {
        if (const auto session = weak.lock()) session->take_answer(std::move(response));
      });
    }

   private:
    std::shared_ptr<LoopGate> gate_;
    std::weak_ptr<Connection> session_;
    std::atomic<bool> given_ = false;
  };
  Reply make_reply() {
    awaiting_ = shared_from_this();
    auto answer = std::make_shared<Answer>(gate_, weak_from_this());
    return [answer](Response response) { answer->give(std::move(response)); };
  }

  void take_answer(Response response) {
    const auto self = std::move(awaiting_);  // until respond() has begun to write
    respond(std::move(response));
  }

  void respond(Response response) {
    expires_after(shared_.options.request_timeout);
    body_stream_ = head_ ? BodyStream() : std::move(response.stream);
    const BodyEnd end = !body_stream_ ? BodyEnd::kLength
                        : http_1_1_   ? BodyEnd::kChunked
                                      : BodyEnd::kClose;
    close_after_ = close_after_ || end == BodyEnd::kClose;
    const auto reason =
        beast::http::obsolete_reason(static_cast<beast::http::status>(response.status));
    response_head_ =
        response_head(response, {reason.data(), reason.size()}, http_1_1_, !close_after_, end);
    if (body_stream_) return write_stream_head();
    response_body_ = head_ ? std::string() : std::move(response.body);
    const std::array message{asio::buffer(response_head_), asio::buffer(response_body_)};
    asio::async_write(socket_, message, [self = shared_from_this()](error_code error, std::size_t) {
      self->on_written(error);
    });
  }

  void on_written(error_code error) {
    busy_ = false;
    if (error || close_after_) return close();
    read_request(/*first=*/false);
  }

  void write_stream_head() {
    asio::async_write(socket_, asio::buffer(response_head_),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (error) return self->on_written(error);
                        self->next_chunk();
                      });
  }

  // One chunk at a time: the next is made only when the client has taken this one.
  void next_chunk() {
    deadline_ = Clock::time_point::max();
    const bool taken = shared_.to_worker([self = shared_from_this()] {
      auto chunk = std::make_shared<std::string>();
      const bool more = self->body_stream_(*chunk);
      asio::post(self->socket_.get_executor(),
                 [self, chunk, more] { self->write_chunk(chunk, more); });
    });
    if (!taken) close();  // cut: the client sees that the end is missing
  }

  void write_chunk(const std::shared_ptr<std::string>& chunk, bool more) {
    expires_after(shared_.options.request_timeout);
    const auto then = [self = shared_from_this(), chunk, more](error_code error, std::size_t) {
      if (error || !more) return self->on_written(error);
      self->next_chunk();
    };
    if (!http_1_1_) return asio::async_write(socket_, asio::buffer(*chunk), then);
    if (!more) return asio::async_write(socket_, beast::http::make_chunk_last(), then);
    asio::async_write(socket_, beast::http::make_chunk(asio::buffer(*chunk)), then);
  }

  void close() {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

  Socket socket_;
  Shared& shared_;
  std::shared_ptr<LoopGate> gate_;
  std::shared_ptr<Connection> awaiting_;  // itself, from the request to its reply
  Clock::time_point deadline_ = Clock::time_point::max();
  beast::flat_buffer buffer_;
  std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
  Request request_;
  std::string response_head_;
  std::string response_body_;
  BodyStream body_stream_;
  bool header_taken_ = false;
  bool idle_ = false;  // waits for the first byte of another request
  bool http_1_1_ = true;
  bool head_ = false;
  bool busy_ = false;
  bool close_after_ = false;
  bool expired_ = false;
};

}  // namespace

std::shared_ptr<Session> make_session(Socket socket, Shared& shared,
                                      std::shared_ptr<LoopGate> gate) {
  return std::make_shared<Connection>(std::move(socket), shared, std::move(gate));
}

}  // namespace ledger::http::detail
