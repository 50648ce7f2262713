#pragma once

#include <cstddef>
#include <string_view>

namespace ledger::http {

// Where a pushed body goes (Response::push): somebody who listens for as long as he likes, and
// costs a socket and what waits for him rather than a thread. Thread-safe; it may be kept longer
// than the server lives.
class EventSink {
 public:
  virtual ~EventSink() = default;

  // Hands bytes over; never waits. False: nobody listens any more, or more than
  // limits::kPushedBytesMax would wait, by which the connection is given up. Then no call sends
  // anything.
  [[nodiscard]] virtual bool send(std::string_view bytes) = 0;
  // Bytes that the other side has not taken: who sends much heeds how much of
  // limits::kPushedBytesMax is left.
  [[nodiscard]] virtual std::size_t waiting() const = 0;
  [[nodiscard]] virtual bool open() const = 0;
  // Ends the body once what waits is sent.
  virtual void close() = 0;
  // Ends the connection now, whatever waits.
  virtual void cut() = 0;
};

}  // namespace ledger::http
