#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <thread>

#include "consumers/ledger-mail/connection.h"
#include "platform/tcp_stream.h"

namespace ledger::gateway {

// Listens, and gives each connection a thread: each waits for the log, and a mail system keeps few
// of them. One over options.connections_max is answered 421 and closed.
class Server {
 public:
  // All must outlive it. kMisconfigured: the address cannot be bound.
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(const GatewayOptions& options,
                                                             Counters& counters,
                                                             const Clock& clock);
  // Waits for the letters that are being recorded, half a minute at most.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

 private:
  struct Client {
    std::atomic<bool> done = false;
    std::jthread thread;
  };
  Server(TcpListener listener, const GatewayOptions& options, Counters& counters,
         const Clock& clock);
  void accept(const std::stop_token& stop);
  void welcome(TcpStream stream);
  void serve(TcpStream stream, const std::stop_token& stop) noexcept;

  TcpListener listener_;
  Shared shared_;
  std::list<Client> clients_;  // of the accepting thread
  std::jthread thread_;        // last: it uses all of the above
};

}  // namespace ledger::gateway
