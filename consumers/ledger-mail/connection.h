#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

#include "consumers/ledger-mail/delivery.h"
#include "consumers/ledger-mail/letter_file.h"
#include "platform/tcp_stream.h"
#include "platform/tls_stream.h"
#include "producers/email/lmtp/session.h"

namespace ledger::gateway {

// What all connections have in common. Safe for all threads.
struct Shared {
  const GatewayOptions& options;
  Counters& counters;
  const Clock& clock;
  Turnstile mapping{kMappedBytesMax};
  std::atomic<std::size_t> on_disk = 0;
};

// One client, from the greeting to the end. A command has options.timeout to come whole, a letter
// twice that, however they trickle: neither is renewed by a byte. When told to stop, it finishes
// the letter that is being recorded and says goodbye. One thread.
class Connection {
 public:
  Connection(TcpStream stream, http::Client client, Shared& shared, std::stop_token stop);
  void run();

 private:
  using SteadyClock = std::chrono::steady_clock;
  enum class Heard { kBytes, kSlow, kGone, kStopped };
  [[nodiscard]] Heard hear(std::string& bytes);
  [[nodiscard]] bool take(std::string_view bytes);
  [[nodiscard]] bool follow(const lmtp::Session::Step& step);
  void keep(std::string_view content);
  [[nodiscard]] bool deliver();
  [[nodiscard]] bool start_tls();
  void forget_letter();
  [[nodiscard]] bool send(std::string_view bytes);
  void renew_deadline();

  std::variant<TcpStream, TlsStream> stream_;
  Shared& shared_;
  std::stop_token stop_;
  lmtp::Session session_;
  Delivery delivery_;
  LetterFile letter_;
  bool began_ = false;            // to keep the letter
  std::optional<Error> no_room_;  // of it
  SteadyClock::time_point deadline_;
};

}  // namespace ledger::gateway
