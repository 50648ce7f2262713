#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.h"

namespace ledger::http {

// Where a handler runs. kInline: on the io thread, for handlers that never wait (microseconds).
// kWorker: on the bounded worker pool, for scans and waits; a full pool answers 503.
enum class RunOn { kInline, kWorker };

using Handler = std::function<void(Request, Reply)>;

// Routes by method and path pattern: "/v1/clients/{id}/timeline"; a {placeholder} matches one
// non-empty segment. Filled at start, then only read: safe for all threads.
class Router {
 public:
  void add(std::string method, std::string_view pattern, RunOn where, Handler handler);
  // The common case: an answer computed at once.
  void add(std::string method, std::string_view pattern, RunOn where,
           std::function<Response(const Request&)> handler);

  struct Match {
    const Handler* handler = nullptr;  // null: `refusal` is the answer (404, or 405 with Allow)
    RunOn where = RunOn::kInline;
    std::vector<std::string> captures;
    Response refusal;
  };
  // HEAD is answered by GET's handler.
  [[nodiscard]] Match find(std::string_view method, const std::vector<std::string>& segments) const;

  // Runs the matching handler on the calling thread and returns its answer, which the handler must
  // have given before it returned. For tests.
  [[nodiscard]] Response call(Request request) const;

 private:
  struct Route {
    std::string method;
    std::vector<std::string> segments;
    RunOn where;
    Handler handler;
  };
  std::vector<Route> routes_;
};

}  // namespace ledger::http
