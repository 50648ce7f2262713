#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/result.h"

// Who asks. Put into a request by the router's guard; HTTP itself does not look into it.
namespace ledger {
struct Principal;
}

// HTTP as plain values, so that routes and their tests need no Beast.
namespace ledger::http {

struct Request {
  std::string method;                 // upper case
  std::string target;                 // path and query as they came: some senders sign them
  std::vector<std::string> segments;  // of the path, each percent-decoded: %2F stays in its segment
  std::vector<std::pair<std::string, std::string>> query;    // decoded, in order; names are unique
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
  std::vector<std::string> captures;  // what the route's {placeholders} matched, in order
  std::string peer;                   // the client's address, without its port
  bool secure = false;                // the client speaks TLS, to us or to a trusted proxy
  std::string peer_certificate;  // verified subject (RFC 2253) and names of the client, a line each
  std::shared_ptr<const Principal> principal;  // null: no guard asked, or the route is for anybody

  // The first header or query value of that name; empty view or nullopt where absent.
  [[nodiscard]] std::string_view header(std::string_view lower_case_name) const;
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

// Yields the next piece of a long body into `chunk`; false when there is no more. Called on a
// worker thread, never concurrently with itself; must not throw.
using BodyStream = std::function<bool(std::string& chunk)>;

class EventSink;
// Is given the open end of a response once its header is sent (platform/http/event_sink.h), on the
// io thread; not called where nobody waits for a body. Must not throw or wait.
using Push = std::function<void(std::shared_ptr<EventSink>)>;

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
  BodyStream stream = {};  // if set, sent chunked instead of `body`
  Push push = {};          // if set, the body is what is pushed, and the connection ends with it
};

// Answers the request, once, from any thread. Dropping it unanswered sends a 500.
using Reply = std::function<void(Response)>;

// RFC 9457. `type` is "urn:salesledger:problem:<name_of(code)>", status by code:
// malformed, duplicate-name, missing/unknown/invalid-field, out-of-range 422 (malformed and
// duplicate-name 400); unknown-type, unsupported-version 422; too-large 413; unsupported-media 415;
// not-found 404; conflict 409; unavailable 503 with Retry-After; possibly-persisted and timeout
// 504.
[[nodiscard]] Response problem(const Error& error);
// 403 of the type "forbidden": who asks is not who he would have to be. Not retriable. `field`: the
// member of what he sent by which it was told.
[[nodiscard]] Response forbidden(std::string_view detail, std::string_view field = {});
// 401 of the type "unauthenticated": nobody known asks. `invalid`: a bearer token was given and is
// none (RFC 6750).
[[nodiscard]] Response unauthenticated(std::string_view detail, bool invalid = false);
// 429 of the type "too-many-requests", retriable after so many seconds.
[[nodiscard]] Response too_many_requests(std::string_view detail, std::int64_t seconds);
[[nodiscard]] int status_of(ErrorCode code);

}  // namespace ledger::http
