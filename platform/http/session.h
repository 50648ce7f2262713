#pragma once

// Included by server.cpp and session.cpp only.

#include <memory>

#include "platform/http/shared.h"

namespace ledger::http::detail {

// One connection, one request at a time. Everything is called on the thread of its loop; the loop
// keeps it alive while it reads or writes, and a request's reply while it is awaited.
class Session {
 public:
  virtual ~Session() = default;
  // Begins to read, or says that there are too many connections.
  virtual void start(bool crowded) = 0;
  // Closes after the answer that is due, if any.
  virtual void stop() = 0;
  // Closes if its deadline has passed. Called every now and then: a timer for each connection,
  // re-armed with each request, would cost more than reading the request.
  virtual void sweep(Clock::time_point now) = 0;
};

// `shared` must outlive it.
[[nodiscard]] std::shared_ptr<Session> make_session(Socket socket, Shared& shared);

}  // namespace ledger::http::detail
