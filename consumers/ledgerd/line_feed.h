#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "platform/backoff.h"
#include "platform/result.h"
#include "platform/tcp_stream.h"

namespace ledger {

// Lines that a sender writes to a TCP connection, which nobody acknowledges: either it connects to
// us, or we to it, again and again with growing pauses. Each line is handed over by itself, in its
// order, without its LF or CRLF; lines of nothing are passed over.
//
// While a line is not taken, it is tried again and nothing more is read of any connection: so the
// sender's own buffers fill, and not ours. What lies between a sender's last line that we have read
// and the end of this program is lost; that is in the nature of such a socket.
//
// One thread. A connection that nobody has used longest is closed for one over kConnectionsMax.
class LineFeed {
 public:
  static constexpr std::size_t kConnectionsMax = 8;

  enum class Cut { kWhole, kDisconnect, kLength };
  // Whether the line is taken for good; false: try again. Blocks as long as it needs.
  using Take = std::function<bool(const std::string& line, Cut cut)>;
  struct Options {
    std::string listen;          // either of both: "127.0.0.1:5500"
    std::string connect;         // "pbx.lan:5500"
    std::size_t line_bytes_max;  // of a longer line the beginning is handed over, cut
  };

  // kMisconfigured: an address that cannot be listened on, or is none.
  [[nodiscard]] static Result<std::unique_ptr<LineFeed>> start(Options options, Take take);
  // Hands over what it has read, tries nothing again and closes.
  ~LineFeed();

  [[nodiscard]] std::size_t connections() const { return connections_; }

 private:
  struct Connection {
    TcpStream stream;
    std::chrono::steady_clock::time_point heard;
    std::string rest = {};  // of a line that is not whole yet
    bool passing = false;   // the end of a line whose beginning was too long
  };
  enum class Heard { kSomething, kNothing, kEnd };

  LineFeed(Options options, Take take, std::optional<TcpListener> listener);
  void run(const std::stop_token& stop);
  void open_more(std::chrono::milliseconds wait, const std::stop_token& stop);
  void open(TcpStream stream, const std::stop_token& stop);
  [[nodiscard]] Heard hear(Connection& connection, std::chrono::milliseconds wait,
                           const std::stop_token& stop);
  void split(Connection& connection, const std::string& bytes, const std::stop_token& stop);
  void end(Connection& connection, const std::stop_token& stop);
  void hand_over(const std::string& line, Cut cut, const std::stop_token& stop);
  void pause(std::chrono::milliseconds time, const std::stop_token& stop);

  Options options_;
  Take take_;
  std::optional<TcpListener> listener_;
  std::vector<Connection> open_;
  Backoff pauses_;
  bool away_ = false;  // the peer that we connect to; told once
  std::atomic<std::size_t> connections_ = 0;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace ledger
