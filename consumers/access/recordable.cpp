#include "consumers/access/recordable.h"

#include <algorithm>
#include <array>

namespace ledger {

namespace {

// By type, so that it is found by halving.
constexpr Recordable kRecordables[] = {
    {"absence.recorded", WordOf::kHead, "excuses from norms: the head grants it"},
    {"access.changed", WordOf::kLedger, "the ledger itself says who was let in"},
    {"access.logged", WordOf::kLedger, "the ledger itself says who looked"},
    {"analogue.offered", WordOf::kManager, "what he offered instead"},
    {"application.decided", WordOf::kManager, "what the bank answered to what he received"},
    {"application.received", WordOf::kManager, "what a client applied for with him"},
    {"approval.decided", WordOf::kHead, "it is the decision that was asked for"},
    {"approval.requested", WordOf::kManager, "he asks for a decision"},
    {"assortment.gap_reported", WordOf::kManager, "what he was asked for in vain"},
    {"attestation.held", WordOf::kHead, "a manager is judged by others"},
    {"breach.closed", WordOf::kHead, "the head decides about it"},
    {"breach.recorded", WordOf::kHead, "nobody charges himself"},
    {"calendar.day_set", WordOf::kAdmin, "decides the norms of all"},
    {"call.completed", WordOf::kManager,
     "only by hand, as self-reported: the exchange tells the others"},
    {"call.leg_completed", WordOf::kMachine, "the exchange alone knows its channels"},
    {"call.result_recorded", WordOf::kManager, "what his call came to"},
    {"cash_shift.closed", WordOf::kManager, "he stands at the till"},
    {"client.assigned", WordOf::kManager,
     "only to himself, of a card that he opened and nobody has; else the head gives clients"},
    {"client.criteria_recorded", WordOf::kManager, "what he learned of the client"},
    {"client.key_account_set", WordOf::kHead, "changes who looks after the client"},
    {"client.lost", WordOf::kManager, "he knows that the client left"},
    {"client.merged", WordOf::kHead, "joins figures of two clients, and perhaps of two managers"},
    {"client.registered", WordOf::kManager, "he opens the card"},
    {"client.reviewed", WordOf::kManager, "his own conclusion"},
    {"client.segment_set", WordOf::kManager, "what side of the trade his client is on"},
    {"client.split", WordOf::kHead, "parts figures of one client"},
    {"client.terms_set", WordOf::kHead, "special terms are beyond a manager's competence"},
    {"client.updated", WordOf::kManager, "he keeps the card"},
    {"collection.action_taken", WordOf::kManager, "what he did about a debt"},
    {"comparison.published", WordOf::kHead, "what all managers are to say"},
    {"competitor.observed", WordOf::kManager, "what he saw"},
    {"competitor.registered", WordOf::kManager, "whom he met at his clients'"},
    {"complaint.assigned", WordOf::kHead, "the head says who answers for it"},
    {"complaint.opened", WordOf::kManager, "his client complained to him"},
    {"complaint.rejected", WordOf::kManager, "he looked into it"},
    {"complaint.resolved", WordOf::kManager, "he settled it"},
    {"connection.activated", WordOf::kManager, "he connected the client"},
    {"consultation.answered", WordOf::kManager, "what production told him"},
    {"consultation.requested", WordOf::kManager, "whom he asked"},
    {"contact_person.removed", WordOf::kManager, "he knows the people at his client's"},
    {"contact_person.set", WordOf::kManager, "he knows the people at his client's"},
    {"contract.disagreement_raised", WordOf::kManager, "what the client told him"},
    {"contract.disagreement_resolved", WordOf::kManager, "what was settled with his client"},
    {"contract.draft_sent", WordOf::kManager, "he sent it"},
    {"contract.signed", WordOf::kManager, "he signed it with his client"},
    {"contract.terminated", WordOf::kManager, "what became of his contract"},
    {"correction.proposed", WordOf::kManager, "he asks that a contract or a payment be mended"},
    {"credit_limit.set", WordOf::kHead, "how much a client may owe is not his manager's to say"},
    {"credit_note.applied", WordOf::kHead, "books: the bookkeeper"},
    {"credit_note.issued", WordOf::kHead, "books: the bookkeeper"},
    {"criteria.acknowledged", WordOf::kManager, "his own signature"},
    {"delivery.made", WordOf::kHead, "the warehouse and the bookkeeper, not who promised it"},
    {"dispute.closed", WordOf::kHead, "says what the house gives in"},
    {"dispute.opened", WordOf::kManager, "what his client contests"},
    {"document.issued", WordOf::kManager, "the paper that he handed over"},
    {"document.returned", WordOf::kManager, "the copy that came back to him"},
    {"dunning.delivery_changed", WordOf::kManager, "what became of his letter"},
    {"dunning.sent", WordOf::kManager, "he reminded the client"},
    {"event.corrected", WordOf::kManager,
     "of what he recorded himself; a head of what his managers did"},
    {"event.voided", WordOf::kManager,
     "of what he recorded himself; a head of what his managers did"},
    {"exhibition.attended", WordOf::kManager, "his client came"},
    {"exhibition.invited", WordOf::kManager, "whom he invited"},
    {"exhibition.planned", WordOf::kManager, "he takes part in it"},
    {"explanation.given", WordOf::kManager, "he explains himself"},
    {"feedback.recorded", WordOf::kManager, "what his client thinks"},
    {"financials.recorded", WordOf::kManager, "what he learned of the client"},
    {"follow_up.done", WordOf::kManager, "his own plan"},
    {"follow_up.postponed", WordOf::kManager, "his own plan"},
    {"follow_up.set", WordOf::kManager, "his own plan"},
    {"fx.converted", WordOf::kHead, "books: by agreement of both sides"},
    {"fx_rate.published", WordOf::kMachine, "the National Bank's rate, not somebody's"},
    {"goods.arrived", WordOf::kHead, "the warehouse: it sets off notices to clients' managers"},
    {"greeting.sent", WordOf::kManager, "whom he congratulated"},
    {"incident.recorded", WordOf::kHead, "damage is found by others"},
    {"information.requested", WordOf::kManager, "what he asked another service"},
    {"information.supplied", WordOf::kManager, "what he got"},
    {"inquiry.answered", WordOf::kManager, "he answered"},
    {"inquiry.received", WordOf::kManager, "who turned to him"},
    {"interaction.match_rejected", WordOf::kMachine,
     "said by a decision (/v1/unmatched), which looks at what stands"},
    {"interaction.matched", WordOf::kMachine,
     "said by a decision (/v1/unmatched), which looks at what stands"},
    {"interaction.noted", WordOf::kManager, "what no other event says"},
    {"interaction.ruled_out", WordOf::kMachine,
     "said by a decision (/v1/unmatched), which looks at what stands"},
    {"inventory.counted", WordOf::kManager, "he took part"},
    {"invoice.cancelled", WordOf::kHead, "books: the bookkeeper"},
    {"invoice.issued", WordOf::kHead, "books: the bookkeeper"},
    {"invoice.written_off", WordOf::kHead, "a debt is given up"},
    {"key_rate.published", WordOf::kMachine, "the National Bank's rate, not somebody's"},
    {"lead.found", WordOf::kManager, "whom he found"},
    {"letter.exchanged", WordOf::kManager, "a letter that no machine told of"},
    {"manager.dismissed", WordOf::kAdmin, "who works here"},
    {"manager.hired", WordOf::kAdmin,
     "who works here, and from what numbers and addresses his work is told"},
    {"meeting.held", WordOf::kManager, "he was there"},
    {"meeting.missed", WordOf::kManager, "he was to be there"},
    {"meeting.planned", WordOf::kManager, "his own plan"},
    {"method.applied", WordOf::kManager, "how he worked"},
    {"method.published", WordOf::kHead, "how all are to work"},
    {"need.recorded", WordOf::kManager, "what his client needs"},
    {"objection.raised", WordOf::kManager, "what his client objected"},
    {"offer.answered", WordOf::kMachine, "the mail system tells of answers"},
    {"offer.delivery_changed", WordOf::kMachine, "the mail system tells what became of letters"},
    {"offer.described", WordOf::kManager, "what his offer says"},
    {"offer.emailed", WordOf::kMachine,
     "the mail system tells of letters that went out, not who should have sent them"},
    {"offer.matched", WordOf::kManager, "how his offer fits"},
    {"offer.phoned", WordOf::kManager, "he offered it"},
    {"offset.made", WordOf::kHead, "books: two debts go down"},
    {"order.closed", WordOf::kManager, "nothing more of it will be shipped to his client"},
    {"order.placed", WordOf::kManager, "his client ordered"},
    {"outage.recorded", WordOf::kAdmin, "excuses all from norms"},
    {"payment.advance_named", WordOf::kMachine,
     "said by a decision (/v1/unallocated), which looks at what stands"},
    {"payment.allocated", WordOf::kHead,
     "books: the bookkeeper, or by a decision (/v1/unallocated)"},
    {"payment.allocation_rejected", WordOf::kMachine,
     "said by a decision (/v1/unallocated), which looks at what stands"},
    {"payment.deallocated", WordOf::kHead, "books: the bookkeeper"},
    {"payment.received", WordOf::kHead, "money that no bank's file tells, by the bookkeeper"},
    {"payment.refunded", WordOf::kHead, "books: the bookkeeper"},
    {"payment.reversed", WordOf::kHead, "books: the bookkeeper"},
    {"payment.ruled_out", WordOf::kMachine,
     "said by a decision (/v1/unmatched), which looks at what stands"},
    {"plan.item_done", WordOf::kManager, "his own plan"},
    {"plan.set", WordOf::kManager, "his own plan"},
    {"premises.checked", WordOf::kManager, "he looked"},
    {"price_index.published", WordOf::kMachine, "the State Statistics Service's, not somebody's"},
    {"product.registered", WordOf::kManager, "he opens cards of products"},
    {"project.milestone_reached", WordOf::kManager, "how far his client's project is"},
    {"promise_to_pay.made", WordOf::kManager, "what his client promised him"},
    {"promotion.published", WordOf::kHead, "an action of the house"},
    {"qualification.recorded", WordOf::kHead, "with what a manager came is seen from his papers"},
    {"quota_policy.set", WordOf::kAdmin, "how all are judged"},
    {"reconciliation.confirmed", WordOf::kManager, "what his client answered"},
    {"reconciliation.disagreed", WordOf::kManager, "what his client answered"},
    {"reconciliation.drafted", WordOf::kManager, "he makes acts for his clients"},
    {"reconciliation.sent", WordOf::kManager, "he sent it"},
    {"reconciliation.signed", WordOf::kManager, "he got it back signed"},
    {"reliability.assessed", WordOf::kManager, "his own forecast"},
    {"report.accepted", WordOf::kHead, "a report is accepted by another"},
    {"report.returned", WordOf::kHead, "a report is judged by another"},
    {"report.submitted", WordOf::kManager, "he hands in his report"},
    {"requirements.recorded", WordOf::kManager, "what his client's goods have to satisfy"},
    {"resource.requested", WordOf::kManager, "what he needs to work"},
    {"rule.published", WordOf::kAdmin, "how all are counted"},
    {"scheme.assigned", WordOf::kManager, "how he works with his client"},
    {"scheme.step_done", WordOf::kManager, "how he works with his client"},
    {"secrecy.acknowledged", WordOf::kManager, "his own signature"},
    {"service.acknowledged", WordOf::kManager, "what the other service told him"},
    {"service.notified", WordOf::kManager, "whom he told"},
    {"shipment.released", WordOf::kHead, "the head, or the credit controller, lets goods go"},
    {"shipment.stopped", WordOf::kHead, "the head, or the credit controller, stops goods"},
    {"stand_in.appointed", WordOf::kHead, "gives one manager's clients to another"},
    {"stand_in.ended", WordOf::kHead, "gives them back"},
    {"statement.received", WordOf::kMachine, "the bank tells its statements"},
    {"stock_promise.kept", WordOf::kManager, "what he told his client"},
    {"stock_promise.made", WordOf::kManager, "what he told his client"},
    {"stockout.reported", WordOf::kManager, "what his client asked for"},
    {"supply.answered", WordOf::kManager, "what logistics told him"},
    {"supply.details_confirmed", WordOf::kManager, "what his client confirmed"},
    {"supply.requested", WordOf::kManager, "what he asked logistics"},
    {"survey.answered", WordOf::kManager, "what his client answered"},
    {"survey.sent", WordOf::kManager, "whom he asked"},
    {"task.assigned", WordOf::kHead, "a superior gives tasks"},
    {"task.done", WordOf::kManager, "what he did"},
    {"task.refused", WordOf::kManager, "what he handed back"},
    {"tender.bid_submitted", WordOf::kManager, "his bid"},
    {"tender.decided", WordOf::kManager, "how his tender ended"},
    {"tender.found", WordOf::kManager, "his client's tender"},
    {"training.completed", WordOf::kHead, "shown by a certificate, not by who should have learned"},
};

constexpr bool by_type(const Recordable& left, const Recordable& right) {
  return left.type < right.type;
}
static_assert(std::is_sorted(std::begin(kRecordables), std::end(kRecordables), by_type));

}  // namespace

std::span<const Recordable> recordables() { return kRecordables; }

const Recordable* recordable(std::string_view type) {
  const auto* const found = std::lower_bound(
      std::begin(kRecordables), std::end(kRecordables), type,
      [](const Recordable& one, std::string_view name) { return one.type < name; });
  return found != std::end(kRecordables) && found->type == type ? found : nullptr;
}

bool needs_second_person(std::string_view type) {
  static constexpr std::array<std::string_view, 5> kSuch{"contract.signed", "contract.terminated",
                                                         "payment.received", "payment.refunded",
                                                         "payment.reversed"};
  return std::find(kSuch.begin(), kSuch.end(), type) != kSuch.end();
}

bool judges_a_manager(std::string_view type) {
  static constexpr std::array<std::string_view, 7> kSuch{
      "approval.decided",  "attestation.held", "breach.closed",  "breach.recorded",
      "incident.recorded", "report.accepted",  "report.returned"};
  return std::find(kSuch.begin(), kSuch.end(), type) != kSuch.end();
}

bool binds_a_manager(std::string_view type) {
  return judges_a_manager(type) || type == "task.assigned";
}

}  // namespace ledger
