#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "platform/http/event_sink.h"

namespace ledger::http {

// What lies between those who push and the connection that sends it. Bounded: where more than
// `bytes_max` would wait, or be on their way, the listener is given up.
class PushedBody final : public EventSink {
 public:
  // `wake` tells the connection that take() has something to say. Called from any thread, once
  // until it has asked, and at every cut; must not throw.
  PushedBody(std::size_t bytes_max, std::function<void()> wake)
      : bytes_max_(bytes_max), wake_(std::move(wake)) {}

  [[nodiscard]] bool send(std::string_view bytes) override;
  [[nodiscard]] std::size_t waiting() const override;
  [[nodiscard]] bool open() const override;
  void close() override;
  void cut() override;

  // The connection's side.
  enum class State { kOpen, kEnding, kGone };
  struct Piece {
    std::string bytes;  // all that waits; it counts as waiting until the next take()
    State state;        // kEnding: the last piece. kGone: there is nothing to send to anybody
  };
  [[nodiscard]] Piece take();
  [[nodiscard]] bool gone() const;
  // The connection is no more.
  void abandon();

 private:
  void tell();

  const std::size_t bytes_max_;
  const std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::string bytes_;
  std::size_t taken_ = 0;
  State state_ = State::kOpen;
  bool told_ = false;
};

}  // namespace ledger::http
