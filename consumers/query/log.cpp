#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "consumers/query/etag.h"
#include "consumers/query/event_view.h"
#include "consumers/query/object_check.h"
#include "consumers/query/routes.h"
#include "events/json_codec.h"
#include "platform/http/accept.h"
#include "platform/http/known.h"
#include "platform/limits.h"

namespace ledger {

namespace {

using http::Response;
using std::chrono::milliseconds;

constexpr std::size_t kStreamLinesMax = 5000;
constexpr std::size_t kStreamBytesMax = 1024 * 1024;
constexpr std::size_t kPageScannedMax = 100'000;  // lines that one page may leave out

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

// The lines as they are stored, or opened, one a row, from `from` up to `until`, each partition in
// order. The reader derives positions: the partition from the key, the offset by counting. Where
// the filter leaves lines out nobody can count, so an answer that was cut says so in a last line.
Result<Response> stream_lines(const LogReader& log, const Frontier& from, const Frontier& until,
                              const LineFilter& filter) {
  LEDGER_TRY(auto opened, log.cursor(from));
  std::shared_ptr<LogCursor> cursor = std::move(opened);
  Response response{200, "application/x-ndjson", ""};
  response.headers.emplace_back("ledger-from", to_string(from));
  response.headers.emplace_back("ledger-until", to_string(until));
  auto left = std::make_shared<std::int64_t>(0);
  for (std::size_t i = 0; i < until.next.size(); ++i) {
    *left += std::max<std::int64_t>(0, until.next[i] - from.next[i]);
  }
  response.stream = [cursor, left, until, filter](std::string& chunk) {
    while (*left > 0) {
      const auto lines = cursor->poll(kStreamLinesMax, kStreamBytesMax, milliseconds(1000));
      // A cut answer: the client counts lines against ledger-until and sees that it is short.
      if (!lines || lines->empty()) {
        *left = 0;
        if (!filter.shows_all()) chunk = "{\"error\":\"the log could not be read to its end\"}\n";
        return !chunk.empty();
      }
      for (const auto& stored : *lines) {
        const auto partition = static_cast<std::size_t>(stored.position.partition);
        if (stored.position.offset >= until.next[partition]) continue;
        --*left;
        if (!filter.shows(stored.line)) continue;
        chunk += stored.line;
        chunk += '\n';
      }
      if (!chunk.empty()) return true;
    }
    return false;
  };
  return response;
}

// A page with positions, waiting up to max_wait for the first event: what `tail` reads. A filtered
// page may be short of `limit`, and empty, before the log's end: one goes on from `next`, until it
// is where it was.
Result<Response> page_of(const LogReader& log, const Query& query, const Frontier& from,
                         milliseconds wait) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  LEDGER_TRY(auto cursor, log.cursor(from));
  const LineFilter filter = query.lines();
  Frontier next = from;
  JsonWriter json = query.begin_answer();
  json.key("events").begin_array();
  std::size_t shown = 0;
  const std::size_t at_once = filter.shows_all() ? limit : kStreamLinesMax;
  for (std::size_t scanned = 0; shown < limit && scanned < kPageScannedMax;) {
    LEDGER_TRY(const auto lines,
               cursor->poll(at_once, kStreamBytesMax, scanned == 0 ? wait : milliseconds(0)));
    for (const auto& stored : lines) {
      if (shown == limit) break;
      next.include(stored.position);
      if (!filter.shows(stored.line)) continue;
      json.begin_object();
      json.member("position", to_string(stored.position));
      json.key("event").raw(stored.line);
      json.end_object();
      ++shown;
    }
    scanned += lines.size();
    if (lines.empty() || filter.shows_all()) break;
  }
  json.end_array();
  json.member("next", to_string(next));
  return answer(json);
}

// Texts of persons as the log holds them, or as they read; absent: what is the route's own.
enum class Texts { kStored, kOpened };
constexpr auto names(Texts) { return words("stored", "opened"); }

Result<std::optional<Texts>> texts_of(const http::Request& request) {
  const auto word = request.parameter("texts");
  if (!word) return std::nullopt;
  const auto texts = from_name<Texts>(*word);
  if (texts) return texts;
  return fail(ErrorCode::kInvalidField, "is neither 'stored' nor 'opened'", "texts");
}

Result<Response> lines_or_page(const QueryContext& context, const Query& query,
                               const Frontier& end) {
  LEDGER_TRY(const Frontier from,
             frontier_parameter(query.request, "from", Frontier::start(context.log.partitions())));
  const auto form =
      http::preferred(query.request.header("accept"), {"application/json", "application/x-ndjson"});
  LEDGER_TRY(const auto texts, texts_of(query.request));
  if (form == 1U) {
    LEDGER_TRY(Frontier until, frontier_parameter(query.request, "until", end));
    for (std::size_t i = 0; i < until.next.size(); ++i) {
      until.next[i] = std::min(until.next[i], end.next[i]);
    }
    const LogReader& log = texts == Texts::kOpened ? context.log : context.stored();
    return stream_lines(log, from, until, query.lines());
  }
  if (texts == Texts::kStored) {
    return fail(ErrorCode::kInvalidField,
                "goes with Accept: application/x-ndjson; a page has texts opened", "texts");
  }
  if (query.request.parameter("until")) {
    return fail(ErrorCode::kInvalidField,
                "goes with Accept: application/x-ndjson; a page ends at its limit", "until");
  }
  const bool wait = query.request.parameter("max_wait").has_value();
  return page_of(context.log, query, from, wait ? milliseconds(1000) : milliseconds(0));
}

// It may be past the views: of both positions. Who waits for the next event is not told that there
// is none.
Result<Response> get_log(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const Frontier end, context.log.end());
  if (query.request.parameter("max_wait")) return lines_or_page(context, query, end);
  Frontier both = query.snapshot.position();
  both.next.insert(both.next.end(), end.next.begin(), end.next.end());
  std::string etag = etag_of(query.request, query.pattern, both, context.views.renewals().number(),
                             query.today, query.now, Changes::kWithLog);
  if (http::is_named(query.request.header("if-none-match"), etag)) {
    return http::not_modified(std::move(etag));
  }
  LEDGER_TRY(auto answer, lines_or_page(context, query, end));
  answer.headers.emplace_back("ETag", std::move(etag));
  return answer;
}

// Other bytes than the log's are no event of it, and prove nothing.
Response line_answer(const Event& event, std::string line) {
  const bool is_stored = !event.leaf_hash;
  return {200, is_stored ? "application/cloudevents+json" : "application/json", std::move(line)};
}

// For who does not see the whole log: no position tells him whether it is there.
Result<Response> get_seen_event(const QueryContext& context, const Query& query,
                                const Position& position) {
  if (position.partition >= context.log.partitions()) return not_yours();
  auto line = context.log.read(position);
  if (!line && line.error().code == ErrorCode::kNotFound) return not_yours();
  if (!line) return tl::unexpected(std::move(line).error());
  LEDGER_TRY(const auto event, JsonCodec().decode_line(*line));
  LEDGER_TRY(const bool sees, sees_event(context, query, position, event, *line));
  if (!sees || !query.lines().shows(*line)) return not_yours();
  if (query.scope.sees_bank_details()) return line_answer(event, *std::move(line));
  LEDGER_TRY(auto masked, masked_line(*line));
  if (masked == *line) return line_answer(event, std::move(masked));
  return Response{200, "application/json", std::move(masked)};
}

Result<Response> get_event(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const Position position, parse_position(query.request.captures.front()));
  if (!query.scope.everything()) return get_seen_event(context, query, position);
  if (position.partition >= context.log.partitions()) {
    return fail(ErrorCode::kNotFound, "the log has no such partition");
  }
  LEDGER_TRY(const auto texts, texts_of(query.request));
  const bool opened = texts == Texts::kOpened;
  LEDGER_TRY(auto line, (opened ? context.log : context.stored()).read(position));
  if (!query.lines().shows(line)) {
    return fail(ErrorCode::kNotFound, "the event was not in the ledger by that day and knowledge");
  }
  if (!opened) return Response{200, "application/cloudevents+json", std::move(line)};
  LEDGER_TRY(const auto event, JsonCodec().decode_line(line));
  return line_answer(event, std::move(line));
}

}  // namespace

void add_log_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/log", http::RunOn::kWorker, get_log, Times::kKnownAtToo,
            {"from", "until", "limit", "texts"}, Changes::kAlways);
  add_query(router, context, "/v1/log/{position}", http::RunOn::kWorker, get_event,
            Times::kKnownAtToo, {"texts"});
}

}  // namespace ledger
