#pragma once

#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "consumers/ledger-telephony/counters.h"
#include "consumers/ledger-telephony/options.h"
#include "consumers/ledger-telephony/spool.h"
#include "platform/backoff.h"
#include "platform/tcp_stream.h"
#include "producers/telephony/asterisk/ami.h"

namespace ledger::edge {

// Listens to Asterisk's manager interface on a thread of its own: logs in, puts every Cdr event
// into the spool, and notes which calls the exchange has ended. Connects again after any failure,
// with growing pauses. The interface replays nothing: what happens while there is no connection is
// known from the CDR file only.
class AmiClient {
 public:
  AmiClient(AmiOptions options, Spool& spool, Counters& counters);

  // linkedids that ended since the last call. Any thread.
  [[nodiscard]] std::vector<std::string> take_ended();

 private:
  void run(const std::stop_token& stop);
  [[nodiscard]] Status talk(const std::stop_token& stop);
  [[nodiscard]] Status log_in(TcpStream& stream);
  [[nodiscard]] Status take(const asterisk::AmiMessage& message);
  void take_cdr(const asterisk::AmiMessage& message);

  AmiOptions options_;
  Spool& spool_;
  Counters& counters_;
  Backoff pauses_;
  bool told_unmapped_ = false;
  std::mutex mutex_;
  std::vector<std::string> ended_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace ledger::edge
