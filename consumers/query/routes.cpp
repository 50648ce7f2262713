#include "consumers/query/routes.h"

namespace ledger {

void add_query_routes(http::Router& router, const QueryContext& context) {
  add_client_search_routes(router, context);  // before {id}: the first route that fits is taken
  add_client_routes(router, context);
  add_handover_routes(router, context);
  add_receivables_routes(router, context);
  add_order_check_routes(router, context);
  add_quota_routes(router, context);
  add_rule_decision_routes(router, context);
  add_unallocated_routes(router, context);
  add_write_off_routes(router, context);
  add_waiting_routes(router, context);
  add_unjoined_call_routes(router, context);
  add_log_routes(router, context);
  add_duty_routes(router, context);
  add_duty_record_routes(router, context);
  add_report_routes(router, context);
  add_access_log_routes(router, context);
  add_act_routes(router, context);
  add_attestation_routes(router, context);
  add_obligation_routes(router, context);
  add_contact_plan_routes(router, context);
  add_correction_proposal_routes(router, context);
  add_breach_routes(router, context);
  add_offer_check_routes(router, context);
  add_statement_routes(router, context);
  add_source_routes(router, context);
  add_row_routes(router, context);
}

}  // namespace ledger
