#include "consumers/query/context.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "consumers/query/etag.h"
#include "consumers/query/event_view.h"
#include "consumers/query/lines.h"
#include "consumers/query/object_check.h"
#include "events/envelope.h"
#include "events/json_codec.h"
#include "platform/cursor.h"
#include "platform/http/accept.h"
#include "platform/http/known.h"
#include "platform/limits.h"

namespace ledger {

namespace {

using http::Reply;
using http::Request;
using http::Response;
using std::chrono::milliseconds;

tl::unexpected<Error> bad_parameter(std::string_view name, Error error) {
  error.field = name;
  return tl::unexpected(std::move(error));
}

Result<std::int64_t> whole_number(const Request& request, std::string_view name, std::int64_t least,
                                  std::int64_t most, std::int64_t fallback) {
  const auto text = request.parameter(name);
  if (!text) return fallback;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size() || value < least || value > most) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("is a whole number from {} to {}", least, most), std::string(name));
  }
  return value;
}

// The instant at which an event was recorded.
Result<Timestamp> recorded_at(const LogReader& log, const Position& position) {
  if (position.partition >= log.partitions()) {
    return fail(ErrorCode::kNotFound, "the log has no such partition");
  }
  LEDGER_TRY(const auto line, log.read(position));
  LEDGER_TRY(const auto event, JsonCodec().decode_line(line));
  return event.stamps.recorded_time;
}

Result<std::optional<Timestamp>> known_at_of(const QueryContext& context, const Request& request,
                                             Times times) {
  const auto text = request.parameter("known_at");
  if (!text) return std::nullopt;
  if (times != Times::kKnownAtToo) {
    return fail(ErrorCode::kInvalidField, "is not understood by this question", "known_at");
  }
  const auto position = parse_position(*text);
  auto instant = position ? recorded_at(context.log, *position) : parse_timestamp(*text);
  if (!instant && !position) {
    return fail(ErrorCode::kInvalidField,
                "is an instant such as 2026-11-25T08:00:00Z, or an event's position such as "
                "3:1207",
                "known_at");
  }
  if (!instant) return bad_parameter("known_at", std::move(instant).error());
  return *instant;
}

// Whether he may know that there is an event at the position of `known_at=`, and when it was told:
// who sees the event, alike where there is none.
Result<bool> sees_known_at(const QueryContext& context, const Query& query) {
  const auto text = query.request.parameter("known_at");
  if (!text || query.scope.everything()) return true;
  const auto position = parse_position(*text);
  if (!position) return true;
  if (position->partition >= context.log.partitions()) return false;
  const auto line = context.log.read(*position);
  if (!line && line.error().code == ErrorCode::kNotFound) return false;
  if (!line) return tl::unexpected(line.error());
  LEDGER_TRY(const auto event, JsonCodec().decode_line(*line));
  return sees_event(context, query, *position, event, *line);
}

// A question route as it was added.
struct Route {
  std::string pattern;
  Answerer answerer;
  Times times;
  std::vector<std::string_view> parameters;
  Changes changes;
  const policy::Rule* rule;  // what the table of roles says of it; null: nothing
};

// The ETag of the answer; nullopt where it has none: a list in lines may be cut while it is sent.
std::optional<std::string> etag_of(const Route& route, const Request& request,
                                   const ViewSnapshot& snapshot, std::uint64_t renewed, Date today,
                                   Timestamp now) {
  if (route.changes == Changes::kAlways || wants_lines(route.pattern, request)) return std::nullopt;
  return ledger::etag_of(request, route.pattern, snapshot.position(), renewed, today, now,
                         route.changes);
}

// A question whose answer is made while it is sent: all that it is asked by.
class Asked {
 public:
  Asked(const QueryContext& context, std::shared_ptr<const Route> route,
        std::shared_ptr<const ViewSnapshot> snapshot, const Query& query, Scope scope)
      : context_(context),
        route_(std::move(route)),
        request_(page_request(query.request)),
        snapshot_(std::move(snapshot)),
        scope_(std::move(scope)),
        query_{request_,  *snapshot_,     query.as_of, query.today,
               query.now, query.known_at, scope_,      query.pattern} {}

  Result<Response> first_page() { return route_->answerer(context_, query_); }
  Result<Response> page_at(std::string place) {
    begin_page_at(request_, std::move(place));
    return first_page();
  }

 private:
  const QueryContext& context_;
  std::shared_ptr<const Route> route_;
  Request request_;
  std::shared_ptr<const ViewSnapshot> snapshot_;
  Scope scope_;
  Query query_;
};

// All pages of a list, of one snapshot, one item a line.
Result<Response> answer_in_lines(const std::shared_ptr<Asked>& asked, const Query& query) {
  LEDGER_TRY(auto first, asked->first_page());
  first.headers.emplace_back("ledger-position", to_string(query.snapshot.position()));
  return in_lines(query.pattern, std::move(first),
                  [asked](std::string place) { return asked->page_at(std::move(place)); });
}

Response respond(const QueryContext& context, const std::shared_ptr<const Route>& of,
                 const Request& request) {
  const Route& route = *of;
  const Timestamp now = context.clock.now();
  const Date today = context.zone.local_day(now);
  Date as_of = today;
  if (const auto text = request.parameter("as_of")) {
    auto parsed = parse_date(*text);
    if (!parsed) return http::problem(bad_parameter("as_of", parsed.error()).value());
    as_of = *parsed;
  }
  const auto snapshot = context.views.current();
  if (request.principal && route.times == Times::kKnownAtToo && request.parameter("known_at")) {
    auto scope = Scope::of(request.principal.get(), *snapshot, today, context.zone);
    if (!scope) return http::problem(scope.error());
    const auto sees = sees_known_at(
        context, {request, *snapshot, as_of, today, now, std::nullopt, *scope, route.pattern});
    if (!sees) return http::problem(sees.error());
    if (!*sees) return not_yours();
  }
  const auto known_at = known_at_of(context, request, route.times);
  if (!known_at) return http::problem(known_at.error());
  auto etag = etag_of(route, request, *snapshot, context.views.renewals().number(), today, now);
  if (etag && http::is_named(request.header("if-none-match"), *etag)) {
    return http::not_modified(*etag);
  }
  auto scope = Scope::of(request.principal.get(), *snapshot, today, context.zone);
  if (!scope) return http::problem(scope.error());
  const Query query{request, *snapshot, as_of, today, now, *known_at, *scope, route.pattern};
  const auto sees = sees_objects(route.rule, query);
  if (!sees) return http::problem(sees.error());
  if (!*sees) return not_yours();
  auto response =
      wants_lines(route.pattern, request)
          ? answer_in_lines(
                std::make_shared<Asked>(context, of, snapshot, query, *std::move(scope)), query)
          : route.answerer(context, query);
  if (!response) return http::problem(response.error());
  if (etag && response->status == 200) response->headers.emplace_back("ETag", *std::move(etag));
  response->headers.emplace_back("Vary", "Accept");  // it chooses the form
  return *std::move(response);
}

struct Wait {
  Frontier at_least;
  milliseconds max_wait;
};

Result<Wait> wait_of(const QueryContext& context, const Request& request) {
  Wait wait;
  const auto most = std::chrono::duration_cast<milliseconds>(limits::kMaxWaitMax).count();
  const auto fallback = std::chrono::duration_cast<milliseconds>(limits::kMaxWaitDefault).count();
  LEDGER_TRY(const auto given, whole_number(request, "max_wait", 0, most, fallback));
  wait.max_wait = milliseconds(given);
  const auto text = request.parameter("at_least");
  if (!text) return wait;
  auto frontier = parse_frontier(*text);
  if (!frontier) return bad_parameter("at_least", std::move(frontier).error());
  if (frontier->next.size() > static_cast<std::size_t>(context.log.partitions())) {
    return fail(
        ErrorCode::kInvalidField,
        fmt::format("names more than the {} partitions there are", context.log.partitions()),
        "at_least");
  }
  wait.at_least = *std::move(frontier);
  return wait;
}

bool names(const std::vector<std::string_view>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

// Of lines, as NDJSON. The log and the rows look at Accept by themselves.
bool is_of_lines(std::string_view pattern) {
  return pattern == "/v1/log" || pattern == "/v1/rows" || has_lines(pattern);
}

// What can be told by Accept and the parameters alone; a route with forms of its own looks at
// `format=` itself. A browser, which takes anything in the end, gets the JSON.
Status check_form(const Request& request, std::string_view pattern, bool has_forms) {
  const auto no_such_form = [] {
    return fail(ErrorCode::kInvalidField, "this answer has no other form than json", "format");
  };
  const auto format = request.parameter("format");
  if (format && !has_forms && *format != "json") return no_such_form();
  const std::string_view accept = request.header("accept");
  if (format || http::takes(accept, "application/json")) return {};
  const bool printed = http::takes(accept, "text/html") || http::takes(accept, "text/csv");
  const bool lines = http::takes(accept, "application/x-ndjson");
  if ((!printed && !lines) || (printed && has_forms) || (lines && is_of_lines(pattern))) return {};
  return no_such_form();
}

Status check_parameters(const Request& request, std::string_view pattern,
                        const std::vector<std::string_view>& own) {
  static const std::vector<std::string_view> kCommon{"as_of", "known_at", "at_least", "max_wait"};
  LEDGER_CHECK(check_form(request, pattern, names(own, "format")));
  for (const auto& [name, value] : request.query) {
    if (!names(kCommon, name) && !names(own, name) && name != "format") {
      return fail(
          ErrorCode::kUnknownField,
          fmt::format("is not understood by this question, which takes {}{}{}",
                      fmt::join(own, ", "), own.empty() ? "" : ", ", fmt::join(kCommon, ", ")),
          name);
    }
    // Whoever means nobody would get everybody. A search for nothing finds all, as typed so far.
    if (value.empty() && name != "q") {
      return fail(ErrorCode::kInvalidField, "is empty; leave it out instead", name);
    }
    if ((name == "limit" || name == "cursor") && wants_lines(pattern, request)) {
      return fail(ErrorCode::kInvalidField,
                  "goes with pages of JSON; application/x-ndjson is the whole list", name);
    }
  }
  return {};
}

// `cursor=` as the place that the route wrote into it.
Status open_cursor_of(const Route& route, Request& request) {
  for (auto& [name, value] : request.query) {
    if (name != "cursor") continue;
    LEDGER_TRY(value, open_cursor(route.pattern, value));
  }
  return {};
}

Result<Wait> begin(const QueryContext& context, const Route& route, Request& request) {
  LEDGER_CHECK(check_parameters(request, route.pattern, route.parameters));
  ask_for_own(route.rule, request);
  LEDGER_CHECK(open_cursor_of(route, request));
  return wait_of(context, request);
}

// As the server does with a handler that throws: here nobody else would catch it.
Response respond_late(const QueryContext& context, const std::shared_ptr<const Route>& route,
                      const Request& request) {
  try {
    return respond(context, route, request);
  } catch (const std::exception&) {
    return http::problem({ErrorCode::kInternal, "the server failed on this request"});
  }
}

void handle(const QueryContext& context, const std::shared_ptr<const Route>& route, Request request,
            Reply reply) {
  auto wait = begin(context, *route, request);
  if (!wait) {
    reply(http::problem(wait.error()));
    return;
  }
  if (context.progress.covers(wait->at_least)) {
    reply(respond(context, route, request));
    return;
  }
  const auto deadline = std::chrono::steady_clock::now() + wait->max_wait;
  const std::string wanted = to_string(wait->at_least);
  context.progress.when(
      std::move(wait->at_least), deadline,
      [&context, route, wanted, request = std::move(request),
       reply = std::move(reply)](bool reached) {
        if (reached) {
          reply(respond_late(context, route, request));
        } else {
          reply(http::problem({ErrorCode::kTimeout,
                               fmt::format("the views stand at {}, not yet at {}; ask again",
                                           to_string(context.progress.reached()), wanted),
                               "at_least"}));
        }
      });
}

}  // namespace

JsonWriter Query::begin_answer() const {
  JsonWriter json;
  json.begin_object();
  json.member("position", to_string(snapshot.position()));
  json.member("as_of", format_date(as_of));
  if (known_at) json.member("known_at", format_timestamp(*known_at));
  return json;
}

LineFilter Query::lines() const {
  LineFilter filter{known_at, std::nullopt};
  if (request.parameter("as_of")) filter.last_day = as_of;
  return filter;
}

bool LineFilter::shows(std::string_view line) const {
  if (shows_all()) return true;
  const auto summary = summary_of(line);
  const auto recorded = parse_timestamp(summary.recorded_time);
  if (known_at && recorded && *recorded > *known_at) return false;
  const auto day = parse_date(summary.local_day);
  return !last_day || !day || *day <= *last_day;
}

Result<std::size_t> Query::limit() const {
  LEDGER_TRY(const auto given,
             whole_number(request, "limit", 1, static_cast<std::int64_t>(limits::kPageItemsMax),
                          static_cast<std::int64_t>(limits::kPageItemsDefault)));
  return static_cast<std::size_t>(given);
}

void Query::write_next_cursor(JsonWriter& json, std::string_view place) const {
  if (!place.empty()) json.member("next_cursor", seal_cursor(pattern, place));
}

http::Response answer(JsonWriter& json) {
  json.end_object();
  return {200, "application/json", json.take()};
}

void add_query(http::Router& router, const QueryContext& context, std::string_view pattern,
               http::RunOn where, Answerer answerer, Times times,
               std::vector<std::string_view> parameters, Changes changes) {
  auto route = std::make_shared<const Route>(Route{std::string(pattern), std::move(answerer), times,
                                                   std::move(parameters), changes,
                                                   policy::find("GET", pattern)});
  router.add("GET", pattern, where,
             http::Handler([&context, route = std::move(route)](Request request, Reply reply) {
               handle(context, route, std::move(request), std::move(reply));
             }));
}

}  // namespace ledger
