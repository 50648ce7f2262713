#include <algorithm>

#include "consumers/query/decided_calls.h"
#include "consumers/query/routes.h"
#include "events/call_joining.h"
#include "projections/call_legs/rows.h"
#include "projections/seen/rows.h"
#include "projections/store/view_batch.h"

namespace ledger {

namespace {

using call_legs::CallRow;
using call_legs::LegItem;

// The legs of a call that the question is about: all, or by an earlier knowledge those recorded by
// then, as they are read by now.
Result<std::vector<LegItem>> shown_legs(const CallRow& row, const LineFilter& filter,
                                        const LogReader& log) {
  if (filter.shows_all()) return row.legs;
  std::vector<LegItem> shown;
  for (const LegItem& item : row.legs) {
    LEDGER_TRY(const auto line, log.read(item.position));
    if (filter.shows(line)) shown.push_back(item);
  }
  return shown;
}

bool is_of_unknown_direction(const LegItem& item) { return !item.leg.direction; }

// No call.completed is made of them, because none says which of its two sides the house is. Legs
// between extensions alone are no call either, and nothing is unknown about them.
bool is_unjoined(const std::vector<LegItem>& legs) {
  if (std::none_of(legs.begin(), legs.end(), is_of_unknown_direction)) return false;
  std::vector<TimedLeg> timed;
  timed.reserve(legs.size());
  for (const LegItem& item : legs) timed.push_back({item.started_at, item.leg});
  return !join_legs(std::move(timed));
}

void write_leg(JsonWriter& json, const LegItem& item) {
  json.begin_object();
  json.member("leg_id", item.leg.leg_id.text());
  json.member("position", to_string(item.position));
  json.member("time", format_timestamp(item.started_at));
  if (item.leg.direction) json.member("direction", name_of(*item.leg.direction));
  if (item.leg.client_phone_raw) json.member("client_phone_raw", *item.leg.client_phone_raw);
  if (item.leg.manager_extension) json.member("manager_extension", *item.leg.manager_extension);
  json.member("duration_s", item.leg.duration_s);
  json.member("talk_s", item.leg.talk_s);
  json.member("outcome", name_of(item.leg.outcome));
  if (item.leg.outcome_raw) json.member("outcome_raw", *item.leg.outcome_raw);
  json.end_object();
}

// Why legs of a call are not read as they stand; nullopt: they are.
Result<std::optional<DecidedCall>> reason_of(const CallRow& row, const std::string& key,
                                             const std::vector<LegItem>& legs,
                                             const QueryContext& context, const Query& query) {
  if (legs.empty()) return std::nullopt;
  const bool joined = !row.readings.empty() && row.readings.back().call;
  const bool may_wait = !joined || !query.lines().shows_all();
  if (may_wait && is_unjoined(legs)) {
    return DecidedCall{"no_leg_tells_the_house_from_the_outside", {}};
  }
  return decided_call(row, key.substr(0, key.find('\0')), legs.front().leg.call_id.text(), query,
                      context.log);
}

void write_call(JsonWriter& json, const std::string& key, const DecidedCall& why,
                const std::vector<LegItem>& legs) {
  json.begin_object();
  json.member("source", key.substr(0, key.find('\0')));
  json.member("call_id", legs.front().leg.call_id.text());
  json.member("reason", why.reason);
  if (!why.event_id.empty()) json.member("event_id", why.event_id);
  json.key("legs").begin_array();
  for (const LegItem& item : legs) write_leg(json, item);
  json.end_array();
  json.end_object();
}

Result<http::Response> get_unjoined(const QueryContext& context, const Query& query) {
  static const std::string family = family_of(call_legs::kName, call_legs::kVersion);
  LEDGER_TRY(const std::size_t limit, query.limit());
  const LineFilter filter = query.lines();
  const std::string from(query.request.parameter("cursor").value_or(""));
  JsonWriter json = query.begin_answer();
  json.key("calls").begin_array();
  std::size_t count = 0;
  std::string next;
  Status failure;
  const auto visit = [&](std::string_view key, const CallRow& row) {
    const bool known = std::none_of(row.legs.begin(), row.legs.end(), is_of_unknown_direction);
    if (known && row.readings.size() < 2) return true;
    const auto legs = shown_legs(row, filter, context.log);
    if (!legs) failure = tl::unexpected(legs.error());
    if (!legs) return false;
    const auto why = reason_of(row, std::string(key), *legs, context, query);
    if (!why) failure = tl::unexpected(why.error());
    if (!why || !*why) return why.has_value();
    if (count++ == limit) {
      next = key;
      return false;
    }
    write_call(json, std::string(key), **why, *legs);
    return true;
  };
  LEDGER_CHECK(scan_rows<CallRow>(query.snapshot, family, "", from, visit));
  LEDGER_CHECK(std::move(failure));
  json.end_array();
  query.write_next_cursor(json, next);
  return answer(json);
}

}  // namespace

void add_unjoined_call_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/calls/unjoined", http::RunOn::kWorker, get_unjoined,
            Times::kKnownAtToo, {"limit", "cursor"});
}

}  // namespace ledger
