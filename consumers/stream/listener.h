#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "consumers/stream/audience.h"
#include "consumers/stream/seats.h"
#include "platform/http/event_sink.h"

namespace ledger::stream {

using Moment = std::chrono::steady_clock::time_point;

// What a listener asked for.
struct Ask {
  std::shared_ptr<const Principal> principal;  // null: nobody is asked who he is
  std::optional<Frontier> from;                // absent: from now on
  bool unreadable_from = false;                // he said from where, in no form of ours
  std::optional<ClientId> client;              // events of this client alone
  std::set<std::string> types;                 // of these types alone; empty: of all
  // Whether the credentials he came with still say who he is; absent: nobody is asked.
  std::function<bool()> serves;
};

// One who listens, and how far he has come. A value of the feed's thread.
class Listener {
 public:
  Listener(Ask ask, Seats::Seat seat, std::shared_ptr<http::EventSink> sink)
      : ask_(std::move(ask)), seat_(std::move(seat)), sink_(std::move(sink)) {}

  [[nodiscard]] const Ask& ask() const { return ask_; }
  [[nodiscard]] const Frontier& next() const { return next_; }

  void begin(Frontier next, Moment now);
  // Goes on from `next` once he is told so by a reset; until then he hears of nothing.
  void owe_jump(std::string_view reason, Frontier next);

  // Whether more may be written before the next flush: not while he does not take what waits, nor
  // before he is told of a jump. That responsibility has moved holds nothing up.
  [[nodiscard]] bool has_room() const;
  // Goes past the event, telling of it if he is to hear it. True: told.
  [[nodiscard]] Result<bool> pass(const HeardEvent& event, Audience& audience);
  // Tells of a reset that is owed, of one in limits::kBeatEvery at most: who is told fetches
  // everything anew. True: told.
  [[nodiscard]] bool settle(Moment now);
  void beat(std::string_view json);
  [[nodiscard]] bool has_written() const { return !text_.empty(); }
  // Sends what was written.
  void flush(Moment now);

  [[nodiscard]] bool open() const { return sink_->open(); }
  [[nodiscard]] bool is_stuck(Moment now) const;
  // Ends here, with nothing of what was written: who was shut out since he came hears no more.
  [[nodiscard]] bool end_if_shut_out();
  // A principal's right to listen is asked again when he comes back.
  [[nodiscard]] bool is_over(Moment now) const;
  void close() { sink_->close(); }
  void drop() { sink_->cut(); }

 private:
  void write(std::string_view event, std::string_view json);

  Ask ask_;
  Seats::Seat seat_;
  std::shared_ptr<http::EventSink> sink_;
  Frontier next_;
  std::string text_;                 // written, not sent
  std::optional<std::string> owed_;  // the reason of a reset
  bool jumps_ = false;               // by which he goes on from elsewhere
  Moment since_{};
  Moment moved_{};  // when he last had nothing waiting, or less than before
  std::size_t waited_ = 0;
  std::optional<Moment> reset_at_;
};

}  // namespace ledger::stream
