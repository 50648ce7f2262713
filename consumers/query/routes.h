#pragma once

#include "consumers/query/context.h"

namespace ledger {

// The read API. Every answer states `position` and `as_of`; errors are RFC 9457 problems. `context`
// must outlive the router.
void add_client_routes(http::Router& router, const QueryContext& context);  // clients.cpp
void add_client_search_routes(http::Router& router,
                              const QueryContext& context);  // client_search.cpp
void add_receivables_routes(http::Router& router, const QueryContext& context);  // receivables.cpp
void add_quota_routes(http::Router& router, const QueryContext& context);        // quotas.cpp
void add_waiting_routes(http::Router& router, const QueryContext& context);      // waiting.cpp
void add_log_routes(http::Router& router, const QueryContext& context);          // log.cpp
void add_duty_routes(http::Router& router, const QueryContext& context);         // duties.cpp
void add_report_routes(http::Router& router, const QueryContext& context);       // reports.cpp
void add_breach_routes(http::Router& router, const QueryContext& context);       // breaches.cpp
void add_contact_plan_routes(http::Router& router,
                             const QueryContext& context);                      // contact_plan.cpp
void add_obligation_routes(http::Router& router, const QueryContext& context);  // obligations.cpp
void add_row_routes(http::Router& router, const QueryContext& context);         // rows.cpp

}  // namespace ledger
