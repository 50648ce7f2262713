// The only translation unit with Beast and Asio: it takes a quarter of a minute to compile.
#include "platform/http/server.h"

#include <fmt/format.h>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "platform/http/framing.h"
#include "platform/http/target.h"
#include "platform/limits.h"

namespace ledger::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using beast::error_code;
using Parser = beast::http::request_parser<beast::http::string_body>;
using Message = beast::http::response<beast::http::string_body>;

constexpr auto kDrain = std::chrono::seconds(2);

struct Shared {
  Shared(const Router& the_router, Server::Options the_options)
      : router(the_router), options(std::move(the_options)) {}
  const Router& router;
  Server::Options options;
  asio::thread_pool workers{limits::kHttpWorkerThreads};
  std::atomic<std::size_t> worker_tasks = 0;
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> refused = 0;
  std::atomic<std::uint64_t> timed_out = 0;
  std::atomic<std::uint64_t> connections = 0;
  std::atomic<bool> stopping = false;
  std::mutex mutex;
  std::condition_variable drained;  // the last connection went

  // False: the pool's queue is full and nothing was taken.
  template <class Task>
  bool to_worker(Task task) {
    if (worker_tasks.fetch_add(1) >= limits::kHttpWorkerQueueMax) {
      worker_tasks.fetch_sub(1);
      return false;
    }
    asio::post(workers, [this, task = std::move(task)]() mutable {
      task();
      worker_tasks.fetch_sub(1);
    });
    return true;
  }
};

std::string lower_case(beast::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

// One connection, one request at a time. All members are touched on its strand only; what comes
// from other threads is posted there.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Shared& shared) : stream_(std::move(socket)), shared_(shared) {
    ++shared_.connections;
  }
  ~Session() {
    if (--shared_.connections > 0) return;
    const std::lock_guard lock(shared_.mutex);
    shared_.drained.notify_all();
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start(bool crowded) {
    error_code ignored;
    stream_.socket().set_option(tcp::no_delay(true), ignored);
    asio::dispatch(stream_.get_executor(), [self = shared_from_this(), crowded] {
      if (!crowded) return self->read_request(/*first=*/true);
      self->close_after_ = true;
      self->respond(problem({ErrorCode::kUnavailable, "too many connections; try again"}));
    });
  }

  void stop() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
      self->close_after_ = true;
      if (!self->busy_) self->close();
    });
  }

 private:
  void read_request(bool first) {
    if (close_after_ || shared_.stopping) return close();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(limits::kHttpHeaderBytesMax));
    parser_->body_limit(limits::kHttpBodyBytesMax);
    // What is here already (pipelining) does not wait for the idle deadline.
    const bool waiting = !first && buffer_.size() == 0;
    stream_.expires_after(waiting ? shared_.options.idle_timeout : shared_.options.header_timeout);
    beast::http::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](error_code error, std::size_t) { self->on_header(error); });
  }

  void on_header(error_code error) {
    if (error == beast::http::error::end_of_stream || error == asio::error::connection_reset) {
      return close();
    }
    if (error) return on_read_error(error);
    busy_ = true;
    const bool http_1_1 = parser_->get().version() >= 11;
    request_ = {};
    for (const auto& field : parser_->get()) {
      request_.headers.emplace_back(lower_case(field.name_string()), std::string(field.value()));
    }
    if (auto status = check_framing(request_.headers, http_1_1); !status) {
      return refuse(status.error());
    }
    // The one deadline of the whole request: not renewed by what trickles in.
    stream_.expires_after(shared_.options.request_timeout);
    const auto expects = request_.header("expect");
    if (!expects.empty() && lower_case(expects) == "100-continue") return send_continue();
    read_body();
  }

  void send_continue() {
    auto interim = std::make_shared<beast::http::response<beast::http::empty_body>>(
        beast::http::status::continue_, 11);
    beast::http::async_write(stream_, *interim,
                             [self = shared_from_this(), interim](error_code error, std::size_t) {
                               if (error) return self->close();
                               self->read_body();
                             });
  }

  void read_body() {
    beast::http::async_read(stream_, buffer_, *parser_,
                            [self = shared_from_this()](error_code error, std::size_t) {
                              if (error) return self->on_read_error(error);
                              self->on_request();
                            });
  }

  void on_read_error(error_code error) {
    if (error == beast::error::timeout) {
      ++shared_.timed_out;
      return close();
    }
    if (error == beast::http::error::body_limit || error == beast::http::error::header_limit) {
      const bool body = error == beast::http::error::body_limit;
      auto answer =
          problem({ErrorCode::kTooLarge,
                   fmt::format("the {} takes at most {} bytes", body ? "body" : "header",
                               body ? limits::kHttpBodyBytesMax : limits::kHttpHeaderBytesMax)});
      if (!body) answer.status = 431;
      return refuse_with(std::move(answer));
    }
    if (error.category() == make_error_code(beast::http::error::bad_method).category() &&
        error != beast::http::error::partial_message) {
      return refuse({ErrorCode::kMalformed, "this is not HTTP: " + error.message()});
    }
    close();
  }

  void refuse(const Error& error) { refuse_with(problem(error)); }
  void refuse_with(Response answer) {
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
    stream_.expires_never();
    if (where == RunOn::kInline) return run(std::move(request_), reply);
    const bool taken = shared_.to_worker(
        [run, request = std::move(request_), reply]() mutable { run(std::move(request), reply); });
    if (!taken)
      reply(problem({ErrorCode::kUnavailable, "too many requests are waiting; try again"}));
  }

  // Answers once; a reply that is dropped unanswered answers too, so no client hangs on a bug.
  class Answer {
   public:
    explicit Answer(std::shared_ptr<Session> session) : session_(std::move(session)) {}
    ~Answer() { give(problem({ErrorCode::kInternal, "the request was left unanswered"})); }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;
    void give(Response response) {
      if (given_.exchange(true)) return;
      auto executor = session_->stream_.get_executor();
      asio::dispatch(executor,
                     [session = std::move(session_), response = std::move(response)]() mutable {
                       session->respond(std::move(response));
                     });
    }

   private:
    std::shared_ptr<Session> session_;
    std::atomic<bool> given_ = false;
  };
  Reply make_reply() {
    auto answer = std::make_shared<Answer>(shared_from_this());
    return [answer](Response response) { answer->give(std::move(response)); };
  }

  void respond(Response response) {
    stream_.expires_after(shared_.options.request_timeout);
    body_stream_ = head_ ? BodyStream() : std::move(response.stream);
    if (body_stream_ && !http_1_1_) close_after_ = true;  // the end of the body is the close
    message_.emplace(static_cast<beast::http::status>(response.status), http_1_1_ ? 11 : 10);
    message_->keep_alive(!close_after_);
    message_->set(beast::http::field::content_type, response.content_type);
    message_->set("X-Content-Type-Options", "nosniff");
    message_->set(beast::http::field::cache_control, "no-store");
    for (const auto& [name, value] : response.headers) message_->set(name, value);
    if (body_stream_) {
      if (http_1_1_) message_->chunked(true);
      return write_stream_header();
    }
    message_->content_length(response.body.size());
    if (!head_) message_->body() = std::move(response.body);
    beast::http::async_write(
        stream_, *message_,
        [self = shared_from_this()](error_code error, std::size_t) { self->on_written(error); });
  }

  void on_written(error_code error) {
    busy_ = false;
    if (error || close_after_) return close();
    read_request(/*first=*/false);
  }

  void write_stream_header() {
    serializer_.emplace(*message_);
    beast::http::async_write_header(stream_, *serializer_,
                                    [self = shared_from_this()](error_code error, std::size_t) {
                                      if (error) return self->on_written(error);
                                      self->next_chunk();
                                    });
  }

  // One chunk at a time: the next is made only when the client has taken this one.
  void next_chunk() {
    const bool taken = shared_.to_worker([self = shared_from_this()] {
      auto chunk = std::make_shared<std::string>();
      const bool more = self->body_stream_(*chunk);
      asio::post(self->stream_.get_executor(),
                 [self, chunk, more] { self->write_chunk(chunk, more); });
    });
    if (!taken) close();  // cut: the client sees that the end is missing
  }

  void write_chunk(const std::shared_ptr<std::string>& chunk, bool more) {
    stream_.expires_after(shared_.options.request_timeout);
    const auto then = [self = shared_from_this(), chunk, more](error_code error, std::size_t) {
      if (error || !more) return self->on_written(error);
      self->next_chunk();
    };
    if (!http_1_1_) return asio::async_write(stream_, asio::buffer(*chunk), then);
    if (!more) return asio::async_write(stream_, beast::http::make_chunk_last(), then);
    asio::async_write(stream_, beast::http::make_chunk(asio::buffer(*chunk)), then);
  }

  void close() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.close();
  }

  beast::tcp_stream stream_;
  Shared& shared_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  Request request_;
  std::optional<Message> message_;
  std::optional<beast::http::response_serializer<beast::http::string_body>> serializer_;
  BodyStream body_stream_;
  bool http_1_1_ = true;
  bool head_ = false;
  bool busy_ = false;
  bool close_after_ = false;
};

Result<tcp::endpoint> parse_endpoint(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  std::string host = listen.substr(0, colon == std::string::npos ? 0 : colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  const std::string digits = colon == std::string::npos ? "" : listen.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  error_code error;
  const auto address = asio::ip::make_address(host, error);
  if (error || bad != std::errc() || digits.empty() || end != digits.data() + digits.size()) {
    return fail(ErrorCode::kMisconfigured,
                fmt::format("'{}' is not an address and port such as 127.0.0.1:8080", listen),
                "listen");
  }
  return tcp::endpoint(address, port);
}

}  // namespace

class Server::Impl {
 public:
  Impl(Options options, const Router& router)
      : shared_(router, std::move(options)), context_(shared_.options.io_threads) {}

  ~Impl() {
    shared_.stopping = true;
    asio::post(context_, [this] {
      error_code ignored;
      acceptor_.close(ignored);
    });
    {
      const std::lock_guard lock(mutex_);
      for (const auto& weak : sessions_) {
        if (const auto session = weak.lock()) session->stop();
      }
    }
    // What runs may finish; what hangs is cut.
    {
      std::unique_lock lock(shared_.mutex);
      shared_.drained.wait_for(lock, kDrain, [this] { return shared_.connections == 0; });
    }
    shared_.workers.join();
    context_.stop();
    for (auto& thread : threads_) thread.join();
  }

  Status start() {
    LEDGER_TRY(const auto endpoint, parse_endpoint(shared_.options.listen));
    error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return fail(ErrorCode::kMisconfigured,
                  fmt::format("cannot listen on {}: {}", shared_.options.listen, error.message()),
                  "listen");
    }
    accept();
    for (int i = 0; i < shared_.options.io_threads; ++i) {
      threads_.emplace_back([this] { context_.run(); });
    }
    return {};
  }

  [[nodiscard]] tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
  [[nodiscard]] Counters counters() const {
    return {shared_.requests, shared_.refused, shared_.timed_out, shared_.connections};
  }

 private:
  void accept() {
    acceptor_.async_accept(
        asio::make_strand(context_), [this](error_code error, tcp::socket socket) {
          if (shared_.stopping || error == asio::error::operation_aborted) return;
          if (!error) {
            const bool crowded = shared_.connections >= limits::kHttpConnectionsMax;
            auto session = std::make_shared<Session>(std::move(socket), shared_);
            remember(session);
            session->start(crowded);
          }
          accept();
        });
  }

  void remember(const std::shared_ptr<Session>& session) {
    const std::lock_guard lock(mutex_);
    if (sessions_.size() > 2 * limits::kHttpConnectionsMax) {
      std::erase_if(sessions_, [](const auto& weak) { return weak.expired(); });
    }
    sessions_.push_back(session);
  }

  Shared shared_;
  asio::io_context context_;
  tcp::acceptor acceptor_{context_};
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::vector<std::weak_ptr<Session>> sessions_;
};

Server::Options Server::defaults(std::string listen) {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  Options options;
  options.listen = std::move(listen);
  options.header_timeout = duration_cast<milliseconds>(limits::kHttpHeaderTimeout);
  options.request_timeout = duration_cast<milliseconds>(limits::kHttpRequestTimeout);
  options.idle_timeout = duration_cast<milliseconds>(limits::kHttpIdleTimeout);
  return options;
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(Options options, const Router& router) {
  auto impl = std::make_unique<Impl>(std::move(options), router);
  LEDGER_CHECK(impl->start());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port() const { return impl_->endpoint().port(); }
bool Server::loopback_only() const { return impl_->endpoint().address().is_loopback(); }
Server::Counters Server::counters() const { return impl_->counters(); }

}  // namespace ledger::http
