#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "consumers/access/scope.h"
#include "events/business_zone.h"
#include "events/log/log_reader.h"
#include "events/types/reconciliation.h"
#include "platform/clock.h"
#include "platform/http/router.h"
#include "platform/json_writer.h"
#include "platform/limits.h"
#include "projections/known.h"
#include "projections/progress.h"
#include "projections/sources/silence.h"
#include "projections/store/view_store.h"

namespace ledger {

// What every query route works with. All parts must outlive the router.
struct QueryContext {
  const ViewStore& views;
  ViewProgress& progress;
  const LogReader& log;
  const Clock& clock;
  BusinessZone zone;
  std::optional<ActParty> company = {};  // how our side is named on paper
  // No source is called silent before so many working minutes.
  std::int64_t silence_minutes = sources::kSilentMinutesMinDefault;
  // The bytes that the log holds, where `log` opens the texts of persons in them; null: the same.
  const LogReader* stored_log = nullptr;

  [[nodiscard]] const LogReader& stored() const { return stored_log ? *stored_log : log; }
};

// Which stored lines an answer shows: recorded by an instant, of a day up to another. A line that
// cannot say when it was recorded is shown: the unknown is not hidden.
struct LineFilter {
  std::optional<Timestamp> known_at;  // absent: whenever
  std::optional<Date> last_day;       // absent: of any day

  [[nodiscard]] bool shows_all() const { return !known_at && !last_day; }
  [[nodiscard]] bool shows(std::string_view line) const;
};

// One question: the views as of one position, and the business date it is asked for.
struct Query {
  const http::Request& request;
  const ViewSnapshot& snapshot;
  Date as_of;  // `as_of=`, else today in the business zone
  Date today;
  Timestamp now;
  std::optional<Timestamp> known_at;  // `known_at=`, on routes that understand it
  Scope& scope;                       // what of the answer the one who asks may see
  std::string_view pattern;           // of the route

  // What was stamped in the last seconds may still be on its way into the log and the views: by the
  // knowledge of this instant an answer is the same for ever.
  [[nodiscard]] Timestamp settled() const {
    return std::chrono::floor<std::chrono::seconds>(now) - limits::kAppendTimeout -
           limits::kIndexWait;
  }
  [[nodiscard]] AsOf times() const { return {as_of, known_at}; }
  // The log is whole unless `as_of=` or `known_at=` is given.
  [[nodiscard]] LineFilter lines() const;

  // Starts the answer: {"position":"…","as_of":"…", and leaves the object open.
  [[nodiscard]] JsonWriter begin_answer() const;
  // `limit=`, within 1..limits::kPageItemsMax.
  [[nodiscard]] Result<std::size_t> limit() const;
  // "next_cursor": where the next page begins, sealed (cursor.h); nothing for an empty place. What
  // comes back as `cursor=` stands in `request` opened: as the place that was written here.
  void write_next_cursor(JsonWriter& json, std::string_view place) const;
};

// Closes the object of begin_answer().
[[nodiscard]] http::Response answer(JsonWriter& json);

// Adds a GET route over the views. Understands for all of them:
//   as_of=2026-11-25      the business date the answer is for
//   at_least=12,0,7       answer only once the views cover this position (or 1:4, one event's)
//   max_wait=2000         for at most so many milliseconds, else 504
using Answerer = std::function<Result<http::Response>(const QueryContext&, const Query&)>;
// A route with Times::kKnownAtToo also understands
//   known_at=2026-11-25T15:00:00Z   answer by what was recorded up to then; an event's position
//                                   (3:1207) stands for the instant at which it was recorded
// the others refuse it, so that nobody takes today's knowledge for that of the day. These have no
// history:
//   /v1/duties, /v1/duties/{id}   the text of the job description, a part of the program
//   /v1/rows                      the bytes of the views as they stand, to compare a replay with;
//                                 `ledgerctl replay --until` makes those of an earlier position
// and /v1/status, /metrics, /healthz, /readyz speak of the running process.
// /v1/parked shows what is parked by now and was recorded by then: when it was parked is not kept,
// nor what was parked once and is folded by now.
enum class Times { kAsOf, kKnownAtToo };
// When the answer to one question becomes another, with nothing but the log told anew: with an
// event (or the day), with the minute too (what is expected by now), or at any time. The first two
// carry an ETag, and an `If-None-Match` that names it is answered 304 before anything is read. The
// last are those that stand by what was known some seconds ago, and the log, which may be beyond
// the views and has a tag of its own.
enum class Changes { kWithLog, kWithTheMinute, kAlways };
// `parameters`: what the route understands besides. Any other is kUnknownField, since who misspells
// one would take the answer for that to his question. So is a `format` other than JSON, and a text
// that only another form could be, on a route whose parameters do not name `format`.
void add_query(http::Router& router, const QueryContext& context, std::string_view pattern,
               http::RunOn where, Answerer answerer, Times times = Times::kAsOf,
               std::vector<std::string_view> parameters = {}, Changes changes = Changes::kWithLog);

}  // namespace ledger
