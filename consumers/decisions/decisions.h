#pragma once

#include "events/business_zone.h"
#include "events/log/log_reader.h"
#include "platform/clock.h"
#include "platform/http/router.h"
#include "producers/append/door.h"
#include "projections/progress.h"
#include "projections/store/view_store.h"

// What a person decides about money and facts that wait, as routes: they look at the views, and
// record the decision through the one door as anybody would.
namespace ledger {

// All parts must outlive the router.
struct DecisionContext {
  AppendDoor& door;
  const ViewStore& views;
  ViewProgress& progress;
  const LogReader& log;
  const Clock& clock;
  BusinessZone zone;
};

// Of a fact that waits for its client, by its position:
//   POST /v1/unmatched/{position}/accept    {"client_id","manager_id","reason"?}
//   POST /v1/unmatched/{position}/reject    {"client_id","manager_id","reason"}
//   POST /v1/unmatched/{position}/rule-out  {"nature","manager_id","reason"}; the natures of money
//                                           are others than those of calls, letters and inquiries
// Of a client's money that pays nothing yet:
//   POST /v1/unallocated/{position}/accept  {"invoice_id","manager_id","amount_minor"?}; without a
//                                           sum, as much as is free and open
//   POST /v1/unallocated/{position}/reject  {"invoice_id","manager_id","reason"}
//   POST /v1/unallocated/{position}/advance {"manager_id","reason"?}: what is left is an advance
// 201 with the receipt of what was recorded; of a payment whose booking of the bank counts for a
// client already, by another payment, `counts_for` says which: this one waits for it; of a client
// whom who asks does not see it says "restricted" instead. A decision
// that stands already is that decision again, whatever its reason is: 201 with `duplicate`, and
// nothing is recorded. kConflict, saying what stands in the way, where it is another one, or what
// it was about is not there any more: paid meanwhile, matched, ruled out. kNotFound: nothing waits
// there, no such client, manager or invoice.
//
// Of a principal: 403 unless he is a manager, head or admin, what is decided about is his to see
// (by its client, else by the manager whose it is, else a head's), and so are the client and the
// manager that he names: alike for those whom there is not. A manager decides as himself;
// `manager_id` may then be left out.
void add_decision_routes(http::Router& router, const DecisionContext& context);

}  // namespace ledger
