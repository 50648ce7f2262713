#pragma once

#include "platform/http/router.h"
#include "producers/webhook/webhook.h"

namespace ledger {

// GET  /v1/quarantine?sender=&all=true&after=0:12&limit=   what waits, without the raw bytes
// GET  /v1/quarantine/{position}                           one, as it came
// POST /v1/quarantine/{position}/replay                    maps it anew and records it: what became
// of
//                                                          each event, also where the entry waits
//                                                          on
// POST /v1/quarantine/{position}/dismiss?reason=           says that it never will be recorded
// Both must outlive the router.
void add_quarantine_api(http::Router& router, Quarantine& quarantine, WebhookIngest& webhooks);

}  // namespace ledger
