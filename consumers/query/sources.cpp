#include "consumers/query/duty_links.h"
#include "consumers/query/routes.h"
#include "consumers/query/source_view.h"
#include "projections/sources/queries.h"

namespace ledger {

namespace {

using sources::Source;

void write_arrival(JsonWriter& json, std::string_view name, const sources::Arrival& arrival) {
  json.key(name).begin_object();
  json.member("position", to_string(arrival.position));
  json.member("recorded_at", format_timestamp(arrival.recorded));
  json.end_object();
}

void write_silence(JsonWriter& json, const sources::Silence& silence) {
  json.member("state", name_of(silence.state));
  json.member("silent_minutes", silence.silent_minutes);
  if (silence.silent_after) json.member("silent_after_minutes", *silence.silent_after);
  if (silence.usual_gap) json.member("usual_gap_minutes", *silence.usual_gap);
  json.member("days_heard", std::int64_t{silence.days_heard});
}

void write_source(JsonWriter& json, const Source& source) {
  json.begin_object();
  json.member("source", source.name);
  write_silence(json, source.silence);
  write_arrival(json, "first", source.row.first);
  write_arrival(json, "last", source.row.last);
  json.member("last_time", format_timestamp(source.row.last_time));
  json.member("events", source.row.events);
  std::int64_t today = 0;
  std::int64_t week = 0;
  json.key("types").begin_array();
  for (const auto& figures : source.types) {
    json.begin_object();
    json.member("type", figures.type);
    write_duties_of(json, figures.type);
    json.member("today", figures.today);
    json.member("last_7_days", figures.last_7_days);
    json.end_object();
    today += figures.today;
    week += figures.last_7_days;
  }
  json.end_array();
  json.member("today", today);
  json.member("last_7_days", week);
  json.end_object();
}

Result<http::Response> get_sources(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const std::size_t limit, query.limit());
  if (query.as_of != query.today) {
    return fail(ErrorCode::kInvalidField,
                "is today: whether a source is silent is asked about this moment", "as_of");
  }
  const std::string from(query.request.parameter("cursor").value_or(""));
  const auto shows = [&](std::string_view name) { return shows_source(query.scope, name); };
  LEDGER_TRY(const auto page,
             sources::sources(query.snapshot, {query.now, context.silence_minutes, shows},
                              context.zone, from, limit));
  JsonWriter json = query.begin_answer();
  json.member("now", format_timestamp(query.now));
  json.member("rule", sources::kRule);
  json.key("sources").begin_array();
  for (const auto& source : page.sources) write_source(json, source);
  json.end_array();
  query.write_next_cursor(json, page.next);
  return answer(json);
}

}  // namespace

void add_source_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/sources", http::RunOn::kWorker, get_sources, Times::kAsOf,
            {"limit", "cursor"}, Changes::kWithTheMinute);
}

}  // namespace ledger
