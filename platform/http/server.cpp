#include "platform/http/server.h"

#include <fmt/format.h>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <thread>
#include <vector>

#include "platform/http/session.h"
#include "platform/http/shared.h"
#include "platform/limits.h"
#include "platform/logging.h"

namespace ledger::http {

namespace {

using namespace detail;

constexpr auto kDrain = std::chrono::seconds(2);
// How late a deadline may be noticed.
constexpr auto kSweepEvery = std::chrono::milliseconds(100);
// How late changed files of TLS may be noticed.
constexpr auto kLookForRoomEvery = std::chrono::milliseconds(100);
constexpr auto kTellOfRoomEvery = std::chrono::seconds(10);
constexpr auto kLookAtFilesEvery = std::chrono::seconds(2);

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

// One thread and the connections that were dealt to it. All but start(), close() and join() runs on
// that thread.
class LoopThread {
 public:
  LoopThread() = default;
  void start() {
    sweep();
    thread_ = std::thread([this] { loop_.run(); });
  }
  // Idle connections are closed, the others when they have answered.
  void close() {
    asio::post(loop_, [this] {
      for (const auto& weak : sessions_) {
        if (const auto session = weak.lock()) session->stop();
      }
    });
  }
  // A reply that comes later is dropped, and its connection with this.
  void join() {
    loop_.stop();
    thread_.join();
    gate_->close();
    for (const auto& weak : sessions_) {
      if (const auto session = weak.lock()) session->abandon();
    }
  }

  [[nodiscard]] Loop& loop() { return loop_; }
  void take(Socket socket, Shared& shared, bool crowded) {
    auto session = make_session(std::move(socket), shared, gate_);
    sessions_.push_back(session);
    session->start(crowded);
  }

 private:
  void sweep() {
    const auto now = Clock::now();
    std::erase_if(sessions_, [now](const auto& weak) {
      const auto session = weak.lock();
      if (session) session->sweep(now);
      return !session;
    });
    timer_.expires_after(kSweepEvery);
    timer_.async_wait([this](error_code error) {
      if (!error) sweep();
    });
  }

  Loop loop_{1};  // run by one thread
  std::shared_ptr<LoopGate> gate_ = std::make_shared<LoopGate>(loop_);
  asio::steady_timer timer_{loop_};
  std::vector<std::weak_ptr<Session>> sessions_;
  std::thread thread_;
};

}  // namespace

class Server::Impl {
 public:
  Impl(Options options, const Router& router)
      : shared_(router, std::move(options)),
        loops_(static_cast<std::size_t>(std::max(shared_.options.io_threads, 1))),
        acceptor_(loops_.front().loop()) {}

  ~Impl() {
    if (!started_) return;
    shared_.stopping = true;
    asio::post(acceptor_.get_executor(), [this] {
      error_code ignored;
      acceptor_.close(ignored);
      files_timer_.cancel();
    });
    for (auto& loop : loops_) loop.close();
    // What runs may finish; what hangs is cut.
    {
      std::unique_lock lock(shared_.mutex);
      shared_.drained.wait_for(lock, kDrain, [this] { return shared_.connections == 0; });
    }
    shared_.workers.join();
    for (auto& loop : loops_) loop.join();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Status start() {
    LEDGER_TRY(const auto endpoint, parse_endpoint(shared_.options.listen));
    if (shared_.options.tls) {
      LEDGER_TRY(shared_.identity, TlsIdentity::load(*shared_.options.tls));
      tell_if_ended();
      watch_files();
    }
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
    for (auto& loop : loops_) loop.start();
    started_ = true;
    return {};
  }

  // On the acceptor's loop, like every look at the files.
  void reload_tls() {
    if (!shared_.identity) return;
    asio::post(acceptor_.get_executor(), [this] { look_at_files(/*in_any_case=*/true); });
  }
  [[nodiscard]] std::optional<std::int64_t> certificate_ends() const {
    return shared_.identity ? std::optional(shared_.identity->not_after()) : std::nullopt;
  }

  [[nodiscard]] tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
  [[nodiscard]] Counters counters() const {
    Counters now{shared_.requests, shared_.refused, {}, shared_.connections};
    for (std::size_t i = 0; i < now.timed_out.size(); ++i) now.timed_out[i] = shared_.timed_out[i];
    return now;
  }

 private:
  void watch_files() {
    files_timer_.expires_after(kLookAtFilesEvery);
    files_timer_.async_wait([this](error_code error) {
      if (error || shared_.stopping) return;
      look_at_files(/*in_any_case=*/false);
      watch_files();
    });
  }
  void look_at_files(bool in_any_case) {
    const auto fresh = shared_.identity->refresh(in_any_case);
    if (!fresh) {
      log::warning("the TLS files are not taken; what they held before stays in use",
                   {{"reason", fresh.error().message}, {"setting", fresh.error().field}});
    } else if (*fresh) {
      log::info("the TLS files are read again",
                {{"certificate_ends", shared_.identity->not_after()}});
      tell_if_ended();
    }
  }
  // It is shown all the same: who asks whether it is good is the client, and some only warn.
  void tell_if_ended() const {
    const std::int64_t ends = shared_.identity->not_after();
    if (ends > std::time(nullptr)) return;
    log::warning("the TLS certificate is over: clients will refuse it",
                 {{"certificate_ends", ends}});
  }

  void accept() {
    LoopThread& loop = loops_[next_++ % loops_.size()];
    acceptor_.async_accept(loop.loop(), [this, &loop](error_code error, Socket socket) {
      if (shared_.stopping || error == asio::error::operation_aborted) return;
      if (is_out_of_room(error)) return accept_later(error);
      if (!error) {
        const bool crowded = shared_.connections >= limits::kHttpConnectionsMax;
        asio::dispatch(loop.loop(), [this, &loop, crowded, socket = std::move(socket)]() mutable {
          loop.take(std::move(socket), shared_, crowded);
        });
      }
      accept();
    });
  }

  // What nothing is accepted without; the connection waits in the system's queue meanwhile.
  static bool is_out_of_room(error_code error) {
    return error == asio::error::no_descriptors || error == asio::error::no_memory ||
           error == asio::error::no_buffer_space ||
           error == boost::system::errc::too_many_files_open_in_system;
  }
  // At once it would be the same again, as fast as the machine can.
  void accept_later(error_code error) {
    const auto now = Clock::now();
    if (now >= told_of_room_ + kTellOfRoomEvery) {
      log::warning("no connection can be accepted; raise the limit of open files (ulimit -n)",
                   {{"reason", error.message()}});
      told_of_room_ = now;
    }
    ++shared_.refused;
    room_timer_.expires_after(kLookForRoomEvery);
    room_timer_.async_wait([this](error_code ended) {
      if (!ended && !shared_.stopping) accept();
    });
  }

  Shared shared_;
  std::vector<LoopThread> loops_;
  asio::basic_socket_acceptor<tcp, Loop::executor_type> acceptor_;
  asio::steady_timer files_timer_{acceptor_.get_executor()};
  asio::steady_timer room_timer_{acceptor_.get_executor()};
  Clock::time_point told_of_room_ = Clock::now() - kTellOfRoomEvery;
  std::size_t next_ = 0;
  bool started_ = false;
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
void Server::reload_tls() { impl_->reload_tls(); }
std::optional<std::int64_t> Server::certificate_ends() const { return impl_->certificate_ends(); }
bool Server::loopback_only() const { return impl_->endpoint().address().is_loopback(); }
Server::Counters Server::counters() const { return impl_->counters(); }

}  // namespace ledger::http
