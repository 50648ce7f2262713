#pragma once

#include "platform/http/router.h"
#include "producers/append/authorise.h"
#include "producers/append/restating.h"

namespace ledger {

// POST /v1/events: events by the HTTP protocol binding of CloudEvents 1.0, in its three modes:
//   structured  Content-Type: application/cloudevents+json
//   batch       Content-Type: application/cloudevents-batch+json, at most limits::kBatchEventsMax,
//               appended all or none, one result per item in the order of the batch
//   binary      Content-Type: application/json with ce-id, ce-source, ce-type, ce-specversion and
//               ce-time; values percent-decoded once, invalid UTF-8 refused
// 201 with the receipt once the log has acknowledged; a repetition of the same event gets the same
// receipt, with "duplicate": true. Everything else is an RFC 9457 problem naming field and reason.
//
// POST /v1/events/restated: the same for connectors, whose senders may say of one record first this
// and then that: what is said last holds (restating.h). A batch is not all or none; its answer is
// as above, with "restated": true where the ledger read the record otherwise until now.
//
// POST /v1/events/check: what the latter would find of each event of a batch, before anything is
// recorded: 200 with "found": "new", "known", "changed", or "refused" with its reason. Of a new one
// the door may still say no.
//
// `authorise` is asked of every event where the request has a principal: 403 names the member by
// which it is not his to record. Without a principal nobody is asked.
//
// Both must outlive the router.
void add_events_api(http::Router& router, AppendDoor& door, Restating& restating,
                    const Authorise& authorise = {});

}  // namespace ledger
