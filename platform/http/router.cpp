#include "platform/http/router.h"

#include <algorithm>
#include <utility>

#include "platform/assert.h"

namespace ledger::http {

namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> segments;
  LEDGER_ASSERT(path.starts_with('/'), "a route's pattern begins with a slash");
  for (std::string_view rest = path.substr(1);;) {
    const std::size_t slash = rest.find('/');
    segments.emplace_back(rest.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    rest.remove_prefix(slash + 1);
  }
}

bool is_placeholder(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}');
}

}  // namespace

void Router::add(std::string method, std::string_view pattern, RunOn where, Handler handler) {
  routes_.push_back({std::move(method), split(pattern), where, std::move(handler)});
}

void Router::add(std::string method, std::string_view pattern, RunOn where,
                 std::function<Response(const Request&)> handler) {
  add(std::move(method), pattern, where,
      Handler([handler = std::move(handler)](const Request& request, const Reply& reply) {
        reply(handler(request));
      }));
}

Router::Match Router::find(std::string_view method,
                           const std::vector<std::string>& segments) const {
  Match match;
  std::string allowed;
  for (const auto& route : routes_) {
    if (route.segments.size() != segments.size()) continue;
    std::vector<std::string> captures;
    bool fits = true;
    for (std::size_t i = 0; i < segments.size() && fits; ++i) {
      if (is_placeholder(route.segments[i])) {
        fits = !segments[i].empty();
        captures.push_back(segments[i]);
      } else {
        fits = route.segments[i] == segments[i];
      }
    }
    if (!fits) continue;
    const bool serves = route.method == method || (method == "HEAD" && route.method == "GET");
    if (serves) {
      match.handler = &route.handler;
      match.where = route.where;
      match.captures = std::move(captures);
      return match;
    }
    allowed += (allowed.empty() ? "" : ", ") + route.method;
  }
  if (allowed.empty()) {
    match.refusal = problem({ErrorCode::kNotFound, "there is no such resource"});
  } else {
    match.refusal = problem({ErrorCode::kNotFound, "this resource takes " + allowed});
    match.refusal.status = 405;
    match.refusal.headers.emplace_back("Allow", allowed);
  }
  return match;
}

Response Router::call(Request request) const {
  auto match = find(request.method, request.segments);
  if (match.handler == nullptr) return match.refusal;
  request.captures = std::move(match.captures);
  Response answer;
  (*match.handler)(std::move(request),
                   [&answer](Response response) { answer = std::move(response); });
  return answer;
}

}  // namespace ledger::http
