#pragma once

// Included by server.cpp and session.cpp only.

#include <memory>

#include "platform/http/shared.h"

namespace ledger::http::detail {

// One connection, one request at a time. Everything is called on the thread of its loop; the loop
// keeps it alive while it reads or writes, and it keeps itself while a reply is awaited. The reply
// itself holds it weakly, so that one given after the server has gone touches nothing of it.
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
  // What was awaited. Once for each request.
  virtual void take_answer(Response response) = 0;
  // Awaits no reply any more. Called when the loop has ended for good.
  virtual void abandon() = 0;
};

// `shared` and the socket's loop must outlive it; `gate` is that loop's.
[[nodiscard]] std::shared_ptr<Session> make_session(Socket socket, Shared& shared,
                                                    std::shared_ptr<LoopGate> gate);

// Gives the first answer to the session, on its loop. Dropped without one it answers too, so that
// no client hangs on a bug.
[[nodiscard]] Reply reply_once(std::shared_ptr<LoopGate> gate, std::weak_ptr<Session> session);

}  // namespace ledger::http::detail
