#include "consumers/query/context.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "events/envelope.h"
#include "events/json_codec.h"
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

Response respond(const QueryContext& context, const Answerer& answerer, Times times,
                 const Request& request) {
  const Timestamp now = context.clock.now();
  const Date today = context.zone.local_day(now);
  Date as_of = today;
  if (const auto text = request.parameter("as_of")) {
    auto parsed = parse_date(*text);
    if (!parsed) return http::problem(bad_parameter("as_of", parsed.error()).value());
    as_of = *parsed;
  }
  const auto known_at = known_at_of(context, request, times);
  if (!known_at) return http::problem(known_at.error());
  const auto snapshot = context.views.current();
  auto response = answerer(context, Query{request, *snapshot, as_of, today, now, *known_at});
  return response ? *std::move(response) : http::problem(response.error());
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

// A browser, which takes anything in the end, gets the JSON.
bool takes_no_json(std::string_view accept) {
  const auto asks = [&](std::string_view type) {
    return accept.find(type) != std::string_view::npos;
  };
  const bool json = asks("application/json") || asks("application/*") || asks("*/*");
  return !json && (asks("text/html") || asks("text/csv"));
}

Status check_form(const Request& request) {
  const auto format = request.parameter("format");
  if (format ? *format == "json" : !takes_no_json(request.header("accept"))) return {};
  return fail(ErrorCode::kInvalidField, "this answer has no other form than json", "format");
}

Status check_parameters(const Request& request, const std::vector<std::string_view>& own) {
  static const std::vector<std::string_view> kCommon{"as_of", "known_at", "at_least", "max_wait"};
  if (!names(own, "format")) LEDGER_CHECK(check_form(request));
  for (const auto& [name, value] : request.query) {
    if (names(kCommon, name) || names(own, name) || name == "format") continue;
    return fail(
        ErrorCode::kUnknownField,
        fmt::format("is not understood by this question, which takes {}{}{}", fmt::join(own, ", "),
                    own.empty() ? "" : ", ", fmt::join(kCommon, ", ")),
        name);
  }
  return {};
}

void handle(const QueryContext& context, const Answerer& answerer, Times times, Request request,
            Reply reply) {
  auto wait = wait_of(context, request);
  if (!wait) {
    reply(http::problem(wait.error()));
    return;
  }
  if (context.progress.covers(wait->at_least)) {
    reply(respond(context, answerer, times, request));
    return;
  }
  const auto deadline = std::chrono::steady_clock::now() + wait->max_wait;
  const std::string wanted = to_string(wait->at_least);
  context.progress.when(
      std::move(wait->at_least), deadline,
      [&context, answerer, times, wanted, request = std::move(request),
       reply = std::move(reply)](bool reached) {
        if (reached) {
          reply(respond(context, answerer, times, request));
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

http::Response answer(JsonWriter& json) {
  json.end_object();
  return {200, "application/json", json.take()};
}

void add_query(http::Router& router, const QueryContext& context, std::string_view pattern,
               http::RunOn where, Answerer answerer, Times times,
               std::vector<std::string_view> parameters) {
  router.add("GET", pattern, where,
             http::Handler([&context, answerer = std::move(answerer), times,
                            parameters = std::move(parameters)](Request request, Reply reply) {
               if (auto status = check_parameters(request, parameters); !status) {
                 reply(http::problem(status.error()));
               } else {
                 handle(context, answerer, times, std::move(request), std::move(reply));
               }
             }));
}

}  // namespace ledger
