#pragma once

#include "consumers/stream/stream_feed.h"
#include "platform/http/router.h"

namespace ledger::stream {

// GET /v1/stream, text/event-stream: what is recorded from now on, or from `from=12,0,7` (the
// `position` of an answer) or the header Last-Event-ID, which wins, as browsers send it when they
// come again.
//   event: ledger   id: the frontier behind it   data: {"position","type","source","id","time",
//                   "local_day","client_id","manager_id"}, the last two null where it is nobody's;
//                   id and client_id null beside "restricted":true: done by who may be told, for
//                   another's client
//   event: beat     at once and every limits::kBeatEvery: {"head","applied","lag_events",
//                   "lag_seconds","server_time"}; head and lag_events are null while the log is
//                   away
//   event: reset    {"reason"}: it could not go on from there; fetch everything, it goes on from
//                   what the views show. Reasons: unreadable, not-of-this-log, beyond-the-end,
//                   too-old, gap, too-many-at-once, responsibility (whose client is whose may have
//                   changed)
// `client=c-1` and `types=call.completed,payment.received` tell of these alone. 403: another's
// client; 503: too many listen. The feed must outlive the router.
//
// `serving` gives what says, as often as it is asked and from any thread, whether the credentials
// of that request still prove what they did; absent: nobody is asked who he is. Where they do not,
// nothing more is sent and the stream ends, with the next message or beat.
using Serving = std::function<std::function<bool()>(const http::Request& request)>;
void add_stream_route(http::Router& router, StreamFeed& feed, Serving serving = {});

}  // namespace ledger::stream
