#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "consumers/query/routes.h"
#include "platform/limits.h"

namespace ledger {

namespace {

using http::Response;
using std::chrono::milliseconds;

constexpr std::size_t kStreamLinesMax = 5000;
constexpr std::size_t kStreamBytesMax = 1024 * 1024;

Result<Frontier> frontier_parameter(const http::Request& request, std::string_view name,
                                    const Frontier& fallback) {
  const auto text = request.parameter(name);
  if (!text) return fallback;
  auto frontier = parse_frontier(*text);
  if (!frontier) return fail(frontier.error().code, frontier.error().message, std::string(name));
  if (frontier->next.size() > fallback.next.size()) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("names more than the {} partitions there are", fallback.next.size()),
                std::string(name));
  }
  frontier->next.resize(fallback.next.size(), 0);
  return frontier;
}

// The lines as they are stored, one a row, from `from` up to `until`, each partition in order. The
// reader derives positions: the partition from the key, the offset by counting.
Result<Response> stream_lines(const LogReader& log, const Frontier& from, const Frontier& until) {
  LEDGER_TRY(auto opened, log.cursor(from));
  std::shared_ptr<LogCursor> cursor = std::move(opened);
  Response response{200, "application/x-ndjson", ""};
  response.headers.emplace_back("ledger-from", to_string(from));
  response.headers.emplace_back("ledger-until", to_string(until));
  auto left = std::make_shared<std::int64_t>(0);
  for (std::size_t i = 0; i < until.next.size(); ++i) {
    *left += std::max<std::int64_t>(0, until.next[i] - from.next[i]);
  }
  response.stream = [cursor, left, until](std::string& chunk) {
    while (*left > 0) {
      const auto lines = cursor->poll(kStreamLinesMax, kStreamBytesMax, milliseconds(1000));
      // A cut answer: the client counts lines against ledger-until and sees that it is short.
      if (!lines || lines->empty()) return false;
      for (const auto& stored : *lines) {
        const auto partition = static_cast<std::size_t>(stored.position.partition);
        if (stored.position.offset >= until.next[partition]) continue;
        chunk += stored.line;
        chunk += '\n';
        --*left;
      }
      if (!chunk.empty()) return true;
    }
    return false;
  };
  return response;
}

// A page with positions, waiting up to max_wait for the first event: what `tail` reads.
Result<Response> page_of(const LogReader& log, const Query& query, const Frontier& from,
                         milliseconds wait) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  LEDGER_TRY(auto cursor, log.cursor(from));
  LEDGER_TRY(const auto lines, cursor->poll(limit, kStreamBytesMax, wait));
  Frontier next = from;
  JsonWriter json = query.begin_answer();
  json.key("events").begin_array();
  for (const auto& stored : lines) {
    json.begin_object();
    json.member("position", to_string(stored.position));
    json.key("event").raw(stored.line);
    json.end_object();
    next.include(stored.position);
  }
  json.end_array();
  json.member("next", to_string(next));
  return answer(json);
}

Result<Response> get_log(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const Frontier end, context.log.end());
  LEDGER_TRY(const Frontier from,
             frontier_parameter(query.request, "from", Frontier::start(context.log.partitions())));
  if (query.request.header("accept").find("application/x-ndjson") != std::string_view::npos) {
    LEDGER_TRY(Frontier until, frontier_parameter(query.request, "until", end));
    for (std::size_t i = 0; i < until.next.size(); ++i) {
      until.next[i] = std::min(until.next[i], end.next[i]);
    }
    return stream_lines(context.log, from, until);
  }
  const bool wait = query.request.parameter("max_wait").has_value();
  return page_of(context.log, query, from, wait ? milliseconds(1000) : milliseconds(0));
}

Result<Response> get_event(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const Position position, parse_position(query.request.captures.front()));
  if (position.partition >= context.log.partitions()) {
    return fail(ErrorCode::kNotFound, "the log has no such partition");
  }
  LEDGER_TRY(auto line, context.log.read(position));
  return Response{200, "application/cloudevents+json", std::move(line)};
}

}  // namespace

void add_log_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/log", http::RunOn::kWorker, get_log);
  add_query(router, context, "/v1/log/{position}", http::RunOn::kWorker, get_event);
}

}  // namespace ledger
