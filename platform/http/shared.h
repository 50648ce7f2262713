#pragma once

// Included by what makes up the server only.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "platform/http/server.h"
#include "platform/http/shares.h"
#include "platform/http/tls_identity.h"
#include "platform/limits.h"

namespace ledger::http::detail {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Each loop is run by one thread, so that what belongs to a connection needs no lock and no strand.
using Loop = asio::io_context;
using Socket = asio::basic_stream_socket<tcp, Loop::executor_type>;
using Clock = std::chrono::steady_clock;

// The way to a loop from other threads, which outlives it: what a reply says after the server has
// gone is dropped. A reply may be kept by whoever waits for the log.
class LoopGate {
 public:
  explicit LoopGate(Loop& loop) : loop_(&loop) {}

  // On the loop's own thread at once; from others it is posted.
  template <class Task>
  void run(Task task) {
    std::unique_lock lock(mutex_);
    if (loop_ == nullptr) return;
    if (!loop_->get_executor().running_in_this_thread()) {
      asio::post(*loop_, std::move(task));
      return;
    }
    lock.unlock();
    task();
  }
  // Before the loop is destroyed, when nobody runs it any more.
  void close() {
    const std::lock_guard lock(mutex_);
    loop_ = nullptr;
  }

 private:
  std::mutex mutex_;
  Loop* loop_;
};

// What all connections of a server have in common. Safe for all threads.
struct Shared {
  static constexpr std::size_t kBodiesBytesMax = std::size_t{128} * 1024 * 1024;

  Shared(const Router& the_router, Server::Options the_options)
      : router(the_router),
        options(std::move(the_options)),
        places(options.connections_per_address_max) {}

  const Router& router;
  Server::Options options;
  std::unique_ptr<TlsIdentity> identity;  // null: plain; set before the first connection
  asio::thread_pool workers{limits::kHttpWorkerThreads};
  ConnectionCounts places;
  BodyBudget known_bodies{kBodiesBytesMax};    // of whom the guard knows
  BodyBudget unknown_bodies{kBodiesBytesMax};  // of all others, who cannot keep those out
  std::atomic<std::size_t> worker_tasks = 0;
  std::atomic<std::uint64_t> requests = 0;
  std::atomic<std::uint64_t> refused = 0;
  std::array<std::atomic<std::uint64_t>, 5> timed_out{};  // by Server::Awaited
  std::atomic<std::uint64_t> connections = 0;
  std::atomic<bool> stopping = false;
  std::mutex mutex;
  std::condition_variable drained;  // the last connection went

  // False: the pool's queue is full and nothing was taken.
  template <class Task>
  [[nodiscard]] bool to_worker(Task task) {
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

}  // namespace ledger::http::detail
