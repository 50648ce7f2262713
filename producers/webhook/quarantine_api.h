#pragma once

#include "platform/http/router.h"
#include "producers/append/authorise.h"
#include "producers/webhook/webhook.h"

namespace ledger {

// GET  /v1/quarantine?sender=&all=true&after=0:12&limit=   what waits, without the raw bytes
// GET  /v1/quarantine/{position}                           one, as it came
// POST /v1/quarantine/{position}/replay                    maps it anew and records it: what became
// of
//                                                          each event, also where the entry waits
//                                                          on
// POST /v1/quarantine/{position}/dismiss?reason=           says that it never will be recorded
// POST /v1/quarantine/{sender}?error=&detail=&field=&query=&bytes=&sha256=
//      keeps what a connector that maps by itself could not have recorded, with the body as it came
//      and the reason; `query` is what the sender's mapping wants to know besides. Of more than
//      Quarantine::kBodyBytesMax the beginning, with size and digest of the whole. 201 when it is
//      kept; 404 for a sender that has no such connector.
// `authorise` is asked before anything is kept, replayed or dismissed, where the request has a
// principal.
// All must outlive the router.
void add_quarantine_api(http::Router& router, Quarantine& quarantine, WebhookIngest& webhooks,
                        const Clock& clock, const AuthoriseQuarantine& authorise = {});

}  // namespace ledger
