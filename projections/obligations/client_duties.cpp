// What is owed to one client, as it is told by single events.
#include <algorithm>
#include <utility>

#include "projections/client_card/deal_papers.h"
#include "projections/client_card/standing.h"
#include "projections/directory/queries.h"
#include "projections/obligations/contacts.h"
#include "projections/obligations/obligation.h"
#include "projections/obligations/reckoning.h"
#include "projections/sources/history.h"

namespace ledger::obligations {

namespace {

using client_card::DealingsRow;

// The day on which the first of a list was told that `is_it` picks.
template <class E, class IsIt>
std::optional<Date> first_day(const std::vector<Told<E>>& list, IsIt&& is_it) {
  for (const auto& told : list) {
    if (is_it(told.data)) return told.day;
  }
  return std::nullopt;
}

std::optional<Date> earlier(std::optional<Date> left, std::optional<Date> right) {
  if (!left || !right) return left ? left : right;
  return std::min(*left, *right);
}

void add_complaints(Reckoning& owed) {
  const DealingsRow& all = owed.book().card.dealings;
  for (const auto& told : all.complaints) {
    const auto is_it = [&](const auto& other) {
      return other.complaint_id == told.data.complaint_id;
    };
    auto one = owed.about(Kind::kComplaint, told.data.complaint_id.text(), told.position);
    one.due_on = told.data.due_on;
    one.text = told.data.text;
    const auto resolved = first_day(all.complaints_resolved, is_it);
    const auto rejected = first_day(all.complaints_rejected, is_it);
    one.done_on = earlier(resolved, rejected);
    one.progress = resolved ? "resolved" : rejected ? "rejected" : "opened";
    const ManagerId* assignee = nullptr;
    for (const auto& assigned : owed.book().owed.complaints_assigned) {
      if (is_it(assigned.data)) assignee = &assigned.data.assignee_id;
    }
    if (assignee != nullptr && !one.done_on) one.progress = "assigned";
    if (assignee != nullptr) {
      owed.add_for(std::move(one), *assignee);
    } else {
      owed.add(std::move(one), told.data.manager_id);
    }
  }
}

void add_promises(Reckoning& owed) {
  const ClientRow& all = owed.book().owed;
  std::map<CaseId, const Told<StockPromiseMade>*> last;  // a newer promise replaces
  for (const auto& told : all.promises) last[told.data.case_id] = &told;
  for (const auto& [id, told] : last) {
    auto one = owed.about(Kind::kArrival, id.text(), told->position);
    one.due_on = told->data.due_on;
    one.text = told->data.product;
    one.done_on = first_day(all.promises_kept,
                            [&](const auto& kept) { return kept.case_id == told->data.case_id; });
    const auto arrived = owed.book().arrivals.find(told->data.product);
    const bool came = arrived != owed.book().arrivals.end() && arrived->second >= told->day;
    one.progress = one.done_on ? "told" : came ? "arrived" : "promised";
    owed.add(std::move(one), told->data.manager_id);
  }
}

void add_consultations(Reckoning& owed) {
  const ClientRow& all = owed.book().owed;
  for (const auto& told : all.consultations) {
    auto one = owed.about(Kind::kConsultation, told.data.consultation_id.text(), told.position);
    one.text = told.data.question;
    one.done_on = first_day(all.consultations_answered, [&](const auto& answer) {
      return answer.consultation_id == told.data.consultation_id;
    });
    one.progress = one.done_on ? "answered" : "asked";
    owed.add(std::move(one), told.data.manager_id);
  }
}

void add_tenders(Reckoning& owed) {
  const ClientRow& all = owed.book().owed;
  for (const auto& told : all.tenders) {
    const auto is_it = [&](const auto& other) { return other.tender_id == told.data.tender_id; };
    auto one = owed.about(Kind::kTender, told.data.tender_id.text(), told.position);
    one.due_on = told.data.bid_due_on;
    one.text = told.data.subject;
    const auto bid = first_day(all.bids, is_it);
    const auto decided = first_day(all.tenders_decided, is_it);
    one.done_on = earlier(bid, decided);
    one.progress = decided ? "decided" : bid ? "bid" : "found";
    owed.add(std::move(one), told.data.manager_id);
  }
}

std::vector<Obligation> follow_ups(const Reckoning& owed) {
  const DealingsRow& all = owed.book().card.dealings;
  std::vector<Obligation> found;
  for (const auto& told : all.follow_ups) {
    const auto is_it = [&](const auto& other) {
      return other.follow_up_id == told.data.follow_up_id;
    };
    auto one = owed.about(Kind::kFollowUp, told.data.follow_up_id.text(), told.position);
    one.due_on = told.data.due_on;
    one.text = told.data.subject;
    one.progress = name_of(told.data.kind);
    for (const auto& postponed : all.follow_ups_postponed) {
      if (is_it(postponed.data)) one.due_on = postponed.data.due_on;
    }
    one.done_on = first_day(all.follow_ups_done, is_it);
    one.who.manager = told.data.manager_id;
    found.push_back(std::move(one));
  }
  return found;
}

void add_meetings(Reckoning& owed) {
  const DealingsRow& all = owed.book().card.dealings;
  for (const auto& told : all.meetings_planned) {
    const auto is_it = [&](const auto& other) { return other.meeting_id == told.data.meeting_id; };
    auto one = owed.about(Kind::kMeeting, told.data.meeting_id.text(), told.position);
    one.due_on = owed.zone().local_day(told.data.planned_for);
    one.text = told.data.topic;
    const auto held = first_day(owed.book().owed.meetings, is_it);
    const auto missed = first_day(all.meetings_missed, is_it);
    one.done_on = earlier(held, missed);
    one.progress = held ? "held" : missed ? "missed" : "planned";
    owed.add(std::move(one), told.data.manager_id);
  }
}

void add_documents(Reckoning& owed) {
  const DealingsRow& all = owed.book().card.dealings;
  for (const auto& told : all.documents) {
    auto one = owed.about(Kind::kDocument, told.data.document_id.text(), told.position);
    one.text = told.data.number;
    one.progress = name_of(told.data.kind);
    one.done_on = first_day(all.documents_returned, [&](const auto& other) {
      return other.document_id == told.data.document_id;
    });
    owed.add(std::move(one), std::nullopt);
  }
}

// What goes with a delivery and was not issued (domain-semantics.md 1.4, row 64): each paper once.
// Issued, it waits for the client's copy as any other. Of a delivery from before the ledger was
// kept, which an import tells, nobody can issue one any more, and the ledger cannot know of one
// that was.
Status add_missing_papers(Reckoning& owed, const ViewSnapshot& snapshot) {
  const ClientBook& book = owed.book();
  const DealingsRow& all = book.card.dealings;
  if (all.deliveries.empty()) return {};
  LEDGER_TRY(const auto policies, directory::policies(snapshot));
  LEDGER_TRY(const auto begins, sources::kept_since(snapshot, book.as_of.known_at));
  for (const auto& deal : client_card::missing_papers(all, policies, book.as_of.known_at)) {
    const DeliveryMade& delivery = deal.delivery.data;
    if (begins && delivery.delivered_on < *begins) continue;
    for (const auto kind : deal.kinds) {
      const std::string id = delivery.delivery_id.text();
      auto one =
          owed.about(Kind::kPaper, id + "/" + std::string(name_of(kind)), deal.delivery.position);
      one.due_on = deal.due_on;
      one.text = delivery.order_id ? delivery.order_id->text() : id;
      one.progress = name_of(kind);
      owed.add(std::move(one), std::nullopt);
    }
  }
  return {};
}

void add_supplies(Reckoning& owed) {
  for (const auto& [id, row] : owed.book().supplies) {
    const auto& told = row.asked.back();
    auto one = owed.about(Kind::kSupply, id, told.position);
    describe_supply(one, row);
    owed.add(std::move(one), told.data.manager_id);
  }
}

void add_notices(Reckoning& owed) {
  for (const auto& [id, row] : owed.book().notices) {
    const auto& told = row.asked.back();
    auto one = owed.about(Kind::kNotice, id, told.position);
    describe_notice(one, row);
    owed.add(std::move(one), told.data.manager_id);
  }
}

// It waits from the day on which it came.
void add_inquiries(Reckoning& owed) {
  for (const auto& [id, row] : owed.book().inquiries) {
    const auto& told = row.asked.back();
    auto one = owed.about(Kind::kInquiry, id, told.position);
    one.due_on = told.day;
    one.text = told.data.text.value_or("");
    one.progress = name_of(told.data.channel);
    if (!row.done.empty()) one.done_on = row.done.front().day;
    owed.add(std::move(one), std::nullopt);
  }
}

std::optional<Obligation> call_result(const Reckoning& owed) {
  if (!owed.book().call_result || !owed.book().call_result->data.next_on) return std::nullopt;
  const auto& told = *owed.book().call_result;
  auto one = owed.about(Kind::kCallBack, told.data.call_id.text(), told.position);
  one.due_on = told.data.next_on;
  one.text = told.data.next_step.value_or("");
  one.progress = name_of(told.data.result);
  one.who.manager = told.data.manager_id;
  return one;
}

// Whether it is done by talking to the client on its day or later: the last word on what is to
// follow a call, and a call back that was arranged.
bool is_done_by_talking(const Obligation& one, Date day) {
  const bool by_talking =
      one.kind == Kind::kCallBack || one.progress == name_of(FollowUpKind::kCallback);
  return by_talking && !one.done_on && *one.due_on <= day;
}

// What was planned; of several talks since its day the last one is shown.
Status add_planned(Reckoning& owed, const ViewSnapshot& snapshot) {
  auto planned = follow_ups(owed);
  if (auto one = call_result(owed)) planned.push_back(*std::move(one));
  std::optional<Date> earliest;
  for (const auto& one : planned) {
    if (!is_done_by_talking(one, owed.day())) continue;
    earliest = earliest ? std::min(*earliest, *one.due_on) : *one.due_on;
  }
  std::optional<Date> talked_on;
  if (earliest) {
    LEDGER_TRY(const auto said, contacts(snapshot, owed.book().card.client, owed.book().as_of,
                                         owed.until(), *earliest));
    talked_on = said.last_talk_on;
  }
  for (auto& one : planned) {
    const bool talked = talked_on && *talked_on >= *one.due_on;
    if (talked && is_done_by_talking(one, owed.day())) one.done_on = talked_on;
    const auto who = std::exchange(one.who.manager, std::nullopt);
    owed.add(std::move(one), who);
  }
  return {};
}

}  // namespace

void describe_supply(Obligation& one, const SupplyRow& row) {
  const auto& told = row.asked.back();
  one.due_on = told.data.needed_by;
  one.text = told.data.product;
  // Nobody of the client's confirmed what exactly is wanted (domain-semantics.md 1.4, row 73).
  one.progress = row.details.empty() ? "details_unconfirmed" : "requested";
  if (row.done.empty()) return;
  one.done_on = row.done.front().day;
  one.progress = row.done.back().data.confirmed ? "confirmed" : "refused";
}

void describe_notice(Obligation& one, const NoticeRow& row) {
  const auto& told = row.asked.back();
  one.text = told.data.about;
  one.progress = name_of(told.data.service);
  if (!row.done.empty()) one.done_on = row.done.front().day;
}

Result<std::vector<Obligation>> owed_to(const ClientBook& book, const ViewSnapshot& snapshot,
                                        Responsibility& responsibility, const BusinessZone& zone,
                                        Timestamp until) {
  Reckoning owed(book, responsibility, zone, until);
  add_complaints(owed);
  add_promises(owed);
  add_consultations(owed);
  add_tenders(owed);
  add_meetings(owed);
  add_documents(owed);
  LEDGER_CHECK(add_missing_papers(owed, snapshot));
  add_supplies(owed);
  add_notices(owed);
  add_inquiries(owed);
  add_requisites(owed);
  LEDGER_CHECK(add_planned(owed, snapshot));
  LEDGER_CHECK(add_recurring(owed, snapshot));
  return std::move(owed).take();
}

}  // namespace ledger::obligations
