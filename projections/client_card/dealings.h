#pragma once

#include <vector>

#include "events/types/contract.h"
#include "events/types/contract_draft.h"
#include "events/types/feedback.h"
#include "events/types/follow_up.h"
#include "events/types/meeting_plan.h"
#include "events/types/notice.h"
#include "events/types/offer_response.h"
#include "events/types/order.h"
#include "events/types/reconciliation.h"
#include "events/types/reconciliation_answer.h"
#include "events/types/talk.h"
#include "projections/said.h"

namespace ledger::client_card {

// Key: client id. What goes on with the client: contracts, orders and papers, complaints, acts,
// what was arranged. Kept in the same way.
struct DealingsRow {
  static constexpr char kTable = 'd';

  std::vector<Told<ContractSigned>> contracts;
  std::vector<Told<ContractTerminated>> terminated;
  std::vector<Told<ContractDraftSent>> drafts;
  std::vector<Told<ContractDisagreementRaised>> disagreements;
  std::vector<Told<ContractDisagreementResolved>> disagreements_resolved;
  std::vector<Told<OfferMatched>> offers_matched;
  std::vector<Told<OrderPlaced>> orders;
  std::vector<Told<OrderClosed>> orders_closed;
  std::vector<Told<DeliveryMade>> deliveries;
  std::vector<Told<DocumentIssued>> documents;
  std::vector<Told<DocumentReturned>> documents_returned;
  std::vector<Told<ComplaintOpened>> complaints;
  std::vector<Told<ComplaintResolved>> complaints_resolved;
  std::vector<Told<ComplaintRejected>> complaints_rejected;
  std::vector<Told<FeedbackRecorded>> feedback;
  std::vector<Told<ReconciliationDrafted>> acts;
  std::vector<Told<ReconciliationSent>> acts_sent;
  std::vector<Told<ReconciliationConfirmed>> acts_confirmed;
  std::vector<Told<ReconciliationDisagreed>> acts_disagreed;
  std::vector<Told<ReconciliationSigned>> acts_signed;
  std::vector<Told<SchemeAssigned>> schemes;
  std::vector<Told<SchemeStepDone>> scheme_steps;
  std::vector<Told<ProjectMilestoneReached>> milestones;
  std::vector<Told<FollowUpSet>> follow_ups;
  std::vector<Told<FollowUpPostponed>> follow_ups_postponed;
  std::vector<Told<FollowUpDone>> follow_ups_done;
  std::vector<Told<MeetingPlanned>> meetings_planned;
  std::vector<Told<MeetingMissed>> meetings_missed;

  static void fields(auto&& field) {
    field("contracts", &DealingsRow::contracts);
    field("terminated", &DealingsRow::terminated);
    field("drafts", &DealingsRow::drafts);
    field("disagreements", &DealingsRow::disagreements);
    field("disagreements_resolved", &DealingsRow::disagreements_resolved);
    field("offers_matched", &DealingsRow::offers_matched);
    field("orders", &DealingsRow::orders);
    field("orders_closed", &DealingsRow::orders_closed);
    field("deliveries", &DealingsRow::deliveries);
    field("documents", &DealingsRow::documents);
    field("documents_returned", &DealingsRow::documents_returned);
    field("complaints", &DealingsRow::complaints);
    field("complaints_resolved", &DealingsRow::complaints_resolved);
    field("complaints_rejected", &DealingsRow::complaints_rejected);
    field("feedback", &DealingsRow::feedback);
    field("acts", &DealingsRow::acts);
    field("acts_sent", &DealingsRow::acts_sent);
    field("acts_confirmed", &DealingsRow::acts_confirmed);
    field("acts_disagreed", &DealingsRow::acts_disagreed);
    field("acts_signed", &DealingsRow::acts_signed);
    field("schemes", &DealingsRow::schemes);
    field("scheme_steps", &DealingsRow::scheme_steps);
    field("milestones", &DealingsRow::milestones);
    field("follow_ups", &DealingsRow::follow_ups);
    field("follow_ups_postponed", &DealingsRow::follow_ups_postponed);
    field("follow_ups_done", &DealingsRow::follow_ups_done);
    field("meetings_planned", &DealingsRow::meetings_planned);
    field("meetings_missed", &DealingsRow::meetings_missed);
  }
  [[nodiscard]] bool empty() const { return all_empty(*this); }
};

}  // namespace ledger::client_card
