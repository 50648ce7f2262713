#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/http/message.h"

namespace ledger::http {

// Where a handler runs. kInline: on the io thread, for handlers that never wait (microseconds).
// kWorker: on the bounded worker pool, for scans and waits; a full pool answers 503.
enum class RunOn { kInline, kWorker };

using Handler = std::function<void(Request, Reply)>;

// Looks at a request before its handler does, on the io thread: names who asks in
// Request::principal, or gives the answer instead of the handler. `method` and `pattern` are those
// of the route that fits. Must not wait.
using Guard = std::function<std::optional<Response>(Request& request, std::string_view method,
                                                    std::string_view pattern)>;

// Stands between a handler and the one who asked: gets the request before the handler does, and
// gives the reply that the handler is to answer by, which may hold the answer back or give another
// one.
using Witness = std::function<Reply(const Request& request, std::string_view method,
                                    std::string_view pattern, Reply reply)>;

// Routes by method and path pattern: "/v1/clients/{id}/timeline"; a {placeholder} matches one
// non-empty segment. Filled at start, then only read: safe for all threads.
class Router {
 public:
  void add(std::string method, std::string_view pattern, RunOn where, Handler handler);
  // The common case: an answer computed at once.
  void add(std::string method, std::string_view pattern, RunOn where,
           std::function<Response(const Request&)> handler);

  // Without one every request goes to its handler. Set before the server starts.
  void set_guard(Guard guard) { guard_ = std::move(guard); }
  // What the guard says of the request that this route fits; nullopt: the handler answers.
  [[nodiscard]] std::optional<Response> guard(Request& request, std::string_view method,
                                              std::string_view pattern) const {
    return guard_ ? guard_(request, method, pattern) : std::nullopt;
  }

  // Without one every answer goes out as its handler gave it. Set before the server starts.
  void set_witness(Witness witness) { witness_ = std::move(witness); }
  [[nodiscard]] Reply witnessed(const Request& request, std::string_view method,
                                std::string_view pattern, Reply reply) const {
    return witness_ ? witness_(request, method, pattern, std::move(reply)) : reply;
  }

  // What answers GET where no route fits, but for paths that begin with `reserved`: the pages of an
  // application that reads its own URL. Its pattern is "/{page}".
  void set_pages(std::string reserved, RunOn where, std::function<Response(const Request&)> pages);

  struct Match {
    const Handler* handler = nullptr;  // null: `refusal` is the answer (404, or 405 with Allow)
    RunOn where = RunOn::kInline;
    std::string_view method;   // of the route: GET where HEAD was asked
    std::string_view pattern;  // as it was added
    std::vector<std::string> captures;
    Response refusal;
  };
  // HEAD is answered by GET's handler.
  [[nodiscard]] Match find(std::string_view method, const std::vector<std::string>& segments) const;

  // Every route there is: {method, pattern}. For tests that walk over all of them.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> routes() const;

  // Runs the guard, the witness and the matching handler on the calling thread and returns its
  // answer, which the handler must have given before it returned. For tests.
  [[nodiscard]] Response call(Request request) const;

 private:
  struct Route {
    std::string method;
    std::string pattern;
    std::vector<std::string> segments;
    RunOn where;
    Handler handler;
  };
  std::vector<Route> routes_;
  std::optional<Route> pages_;  // its one segment is the reserved one
  Guard guard_;
  Witness witness_;
};

}  // namespace ledger::http
