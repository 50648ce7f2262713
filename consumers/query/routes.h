#pragma once

#include "consumers/query/context.h"

namespace ledger {

// The read API. Every answer states `position` and `as_of`; errors are RFC 9457 problems. `context`
// must outlive the router.
void add_query_routes(http::Router& router, const QueryContext& context);

// Its parts, each in the file of its name.
void add_access_log_routes(http::Router& router, const QueryContext& context);
void add_act_routes(http::Router& router, const QueryContext& context);
void add_attestation_routes(http::Router& router, const QueryContext& context);
void add_breach_routes(http::Router& router, const QueryContext& context);
void add_client_routes(http::Router& router, const QueryContext& context);
void add_client_search_routes(http::Router& router, const QueryContext& context);
void add_contact_plan_routes(http::Router& router, const QueryContext& context);
void add_correction_proposal_routes(http::Router& router, const QueryContext& context);
void add_duty_record_routes(http::Router& router, const QueryContext& context);
void add_duty_routes(http::Router& router, const QueryContext& context);
void add_handover_routes(http::Router& router, const QueryContext& context);
void add_log_routes(http::Router& router, const QueryContext& context);
void add_obligation_routes(http::Router& router, const QueryContext& context);
void add_offer_check_routes(http::Router& router, const QueryContext& context);
void add_order_check_routes(http::Router& router, const QueryContext& context);
void add_quota_routes(http::Router& router, const QueryContext& context);
void add_receivables_routes(http::Router& router, const QueryContext& context);
void add_report_routes(http::Router& router, const QueryContext& context);
void add_row_routes(http::Router& router, const QueryContext& context);
// What named rules decided by themselves.
void add_rule_decision_routes(http::Router& router, const QueryContext& context);
void add_unallocated_routes(http::Router& router, const QueryContext& context);
void add_statement_routes(http::Router& router, const QueryContext& context);
void add_source_routes(http::Router& router, const QueryContext& context);
// Calls of which the ledger knows legs alone.
void add_unjoined_call_routes(http::Router& router, const QueryContext& context);
void add_waiting_routes(http::Router& router, const QueryContext& context);
// The register of write-offs.
void add_write_off_routes(http::Router& router, const QueryContext& context);

}  // namespace ledger
