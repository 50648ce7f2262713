#include "consumers/ledger-mail/server.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <utility>

#include "consumers/client/connect.h"
#include "platform/logging.h"

namespace ledger::gateway {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kAcceptWait{200};
constexpr milliseconds kTurnAwayWait{1000};
constexpr milliseconds kTroublePause{100};

void pause(milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any waiting;
  std::unique_lock lock(mutex);
  waiting.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(const GatewayOptions& options, Counters& counters,
                                              const Clock& clock) {
  auto listener = TcpListener::listen(options.listen);
  if (!listener) {
    Error error = std::move(listener).error();
    error.field = "listen";
    return tl::unexpected(std::move(error));
  }
  return std::unique_ptr<Server>(new Server(*std::move(listener), options, counters, clock));
}

Server::Server(TcpListener listener, const GatewayOptions& options, Counters& counters,
               const Clock& clock)
    : listener_(std::move(listener)),
      shared_{options, counters, clock},
      thread_([this](const std::stop_token& stop) { accept(stop); }) {}

Server::~Server() {
  thread_.request_stop();
  thread_.join();
  for (auto& client : clients_) client.thread.request_stop();
}

void Server::accept(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    auto accepted = listener_.accept(kAcceptWait);
    clients_.remove_if([](const Client& client) { return client.done.load(); });
    if (!accepted) {
      log::warning("no connection for mail", {{"reason", accepted.error().message}});
      pause(kTroublePause, stop);
    } else if (*accepted) {
      ++shared_.counters.connections;
      welcome(**std::move(accepted));
    }
  }
}

void Server::welcome(TcpStream stream) {
  if (clients_.size() >= shared_.options.connections_max) {
    ++shared_.counters.crowded;
    (void)stream.write(lmtp::to_line({421, "4.3.2", "too many connections; come again"}),
                       kTurnAwayWait);
    return;
  }
  Client& client = clients_.emplace_back();
  try {
    client.thread = std::jthread(
        [this, &client, stream = std::move(stream)](const std::stop_token& stop) mutable {
          serve(std::move(stream), stop);
          client.done = true;
        });
  } catch (const std::system_error& error) {
    log::warning("no thread for a connection", {{"reason", error.what()}});
    ++shared_.counters.crowded;
    clients_.pop_back();
  }
}

void Server::serve(TcpStream stream, const std::stop_token& stop) noexcept {
  ++shared_.counters.open;
  try {
    auto client = cli::connect(shared_.options.server);
    if (client) {
      Connection(std::move(stream), *std::move(client), shared_, stop).run();
    } else {
      log::error("no way to the ledger", {{"reason", client.error().message}});
    }
  } catch (const std::exception& error) {
    // Nothing was answered: the mail system keeps the letter.
    ++shared_.counters.broken;
    log::error("a connection was given up", {{"reason", error.what()}});
  }
  --shared_.counters.open;
}

}  // namespace ledger::gateway
