#include "platform/http/router.h"

#include <algorithm>
#include <utility>

#include "platform/assert.h"
#include "platform/http/refusals.h"

namespace ledger::http {

namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> segments;
  LEDGER_ASSERT(path.starts_with('/'), "a route's pattern begins with a slash");
  if (path.size() == 1) return segments;
  for (std::string_view rest = path.substr(1);;) {
    const std::size_t slash = rest.find('/');
    segments.emplace_back(rest.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    rest.remove_prefix(slash + 1);
  }
}

Handler at_once(std::function<Response(const Request&)> handler) {
  return [handler = std::move(handler)](const Request& request, const Reply& reply) {
    reply(handler(request));
  };
}

bool is_placeholder(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}');
}

}  // namespace

void Router::add(std::string method, std::string_view pattern, RunOn where, Handler handler) {
  routes_.push_back(
      {std::move(method), std::string(pattern), split(pattern), where, std::move(handler)});
}

void Router::add(std::string method, std::string_view pattern, RunOn where,
                 std::function<Response(const Request&)> handler) {
  add(std::move(method), pattern, where, at_once(std::move(handler)));
}

void Router::set_pages(std::string reserved, RunOn where,
                       std::function<Response(const Request&)> pages) {
  pages_ = Route{"GET", "/{page}", {std::move(reserved)}, where, at_once(std::move(pages))};
}

namespace {

// A path may fit two routes, one of a name and one of a placeholder: their method is told once. Who
// is told of GET, is told of HEAD, which `find` serves by it.
void allow(std::string_view method, std::string& allowed) {
  const auto begins = [](std::string_view rest, std::string_view word) {
    return rest.starts_with(word) && (rest.size() == word.size() || rest[word.size()] == ',');
  };
  for (std::string_view rest = allowed; !rest.empty();) {
    if (begins(rest, method)) return;
    const auto comma = rest.find(", ");
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 2);
  }
  if (!allowed.empty()) allowed += ", ";
  allowed += method;
  if (method == "GET") allowed += ", HEAD";
}

}  // namespace

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
      match.method = route.method;
      match.pattern = route.pattern;
      match.captures = std::move(captures);
      return match;
    }
    allow(route.method, allowed);
  }
  const bool reads = method == "GET" || method == "HEAD";
  const bool page = pages_ && (segments.empty() || segments[0] != pages_->segments[0]);
  if (allowed.empty() && reads && page) {
    match.handler = &pages_->handler;
    match.where = pages_->where;
    match.method = pages_->method;
    match.pattern = pages_->pattern;
  } else if (allowed.empty()) {
    match.refusal = problem({ErrorCode::kNotFound, "there is no such resource"});
  } else {
    match.refusal = method_not_allowed(allowed);
  }
  return match;
}

std::vector<std::pair<std::string, std::string>> Router::routes() const {
  std::vector<std::pair<std::string, std::string>> all;
  all.reserve(routes_.size());
  for (const auto& route : routes_) all.emplace_back(route.method, route.pattern);
  return all;
}

Response Router::call(Request request) const {
  auto match = find(request.method, request.segments);
  if (match.handler == nullptr) return match.refusal;
  request.captures = std::move(match.captures);
  if (auto refusal = guard(request, match.method, match.pattern)) return *std::move(refusal);
  Response answer;
  auto reply = witnessed(request, match.method, match.pattern,
                         [&answer](Response response) { answer = std::move(response); });
  (*match.handler)(std::move(request), std::move(reply));
  return answer;
}

}  // namespace ledger::http
