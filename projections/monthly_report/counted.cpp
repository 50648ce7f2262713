#include "projections/monthly_report/counted.h"

namespace ledger::monthly_report {

const std::vector<Counted>& counted_lines() {
  static const std::vector<Counted> lines = {
      {Section::kClients, "clients.new_cards", "database.kept", {"client.registered"}},
      {Section::kClients,
       "clients.changed",
       "database.daily",
       {"client.updated", "contact_person.set", "contact_person.removed", "client.terms_set",
        "client.segment_set", "client.assigned"}},
      {Section::kClients, "clients.reviewed", "clients.reviewed", {"client.reviewed"}},
      {Section::kActs, "acts.sent", "reconciliation.monthly", {"reconciliation.sent"}},
      {Section::kActs, "acts.confirmed", "reconciliation.monthly", {"reconciliation.confirmed"}},
      {Section::kActs, "acts.disagreed", "reconciliation.monthly", {"reconciliation.disagreed"}},
      {Section::kActs, "acts.signed", "reconciliation.monthly", {"reconciliation.signed"}},
      {Section::kOffers, "needs.recorded", "needs.analysis", {"need.recorded"}},
      {Section::kService, "complaints.opened", "complaints.resolved", {"complaint.opened"}},
      {Section::kService,
       "complaints.closed",
       "complaints.resolved",
       {"complaint.resolved", "complaint.rejected"}},
      {Section::kService, "stockouts.reported", "stockouts.retention", {"stockout.reported"}},
      {Section::kService, "stock_promises.made", "stock_promises.kept", {"stock_promise.made"}},
      {Section::kService, "stock_promises.kept", "stock_promises.kept", {"stock_promise.kept"}},
      {Section::kMeetings, "meetings.held", "meetings.held", {"meeting.held"}},
      {Section::kMeetings, "greetings.sent", "greetings.sent", {"greeting.sent"}},
      {Section::kMeetings, "exhibitions.invited", "exhibitions.visits", {"exhibition.invited"}},
      {Section::kMeetings, "exhibitions.attended", "exhibitions.visits", {"exhibition.attended"}},
      {Section::kMarket, "competitors.observed", "competitors.observed", {"competitor.observed"}},
      {Section::kMarket, "objections.raised", "objections.handled", {"objection.raised"}},
      {Section::kPlan, "plan.items_done", "plan.personal", {"plan.item_done"}},
      {Section::kTasks, "tasks.assigned", "tasks.done", {"task.assigned"}},
      {Section::kTasks, "tasks.done", "tasks.done", {"task.done"}},
      {Section::kTasks, "tasks.refused", "tasks.done", {"task.refused"}},
  };
  return lines;
}

}  // namespace ledger::monthly_report
