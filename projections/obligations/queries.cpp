#include "projections/obligations/queries.h"

#include <utility>

#include "platform/calendar_month.h"
#include "projections/directory/hires.h"
#include "projections/obligations/portfolio.h"
#include "projections/store/kept.h"

namespace ledger::obligations {

namespace {

using Part = std::vector<Owed>;

void add_answered_by(OwedList& all, std::shared_ptr<const Part> more,
                     const std::optional<ManagerId>& manager) {
  for (const auto& owed : *more) {
    if (!manager || owed.one.who.manager == manager) all.rows.push_back(&owed);
  }
  all.parts.push_back(std::move(more));
}

Part with_keys(std::vector<Obligation> owed) {
  Part part;
  part.reserve(owed.size());
  for (auto& one : owed) {
    std::string key = sort_key(one);
    part.push_back({std::move(one), std::move(key)});
  }
  return part;
}

// What a part is kept under.
std::string key_of(std::string_view id, const AsOf& as_of) {
  return as_of.known_at ? "" : format_date(as_of.day) + ' ' + std::string(id);
}

// What is said after the day is not heard yet.
Timestamp end_of(Date day, const BusinessZone& zone) {
  return zone.to_instant(add_days(day, 1), std::chrono::seconds(0));
}

Result<Responsibility> read_responsibility(const ViewSnapshot& snapshot, const AsOf& as_of,
                                           const BusinessZone& zone) {
  return Responsibility::read(snapshot, add_days(as_of.day, -kCalendarDays),
                              add_days(as_of.day, kCalendarDays), as_of.known_at, zone);
}

bool is_planned_contact(const Obligation& one) {
  return one.kind == Kind::kFollowUp || one.kind == Kind::kCallBack || one.kind == Kind::kMeeting;
}

// What a question works with; who answers is read once for all clients and managers.
struct Asking {
  const ViewSnapshot& snapshot;
  const Question& question;
  const BusinessZone& zone;
  const SharedReads& shared;
  Responsibility& responsibility;
};

Status add_client(OwedList& all, const Asking& asking, const std::string& id) {
  const AsOf& as_of = asking.question.as_of;
  LEDGER_TRY(auto part,
             kept<Part>(
                 asking.snapshot, "obligations of a client", key_of(id, as_of),
                 [&](const ViewSnapshot& snapshot) -> Result<Part> {
                   LEDGER_TRY(const auto book,
                              read_book(snapshot, id, as_of, asking.responsibility.calendar()));
                   if (!book) return Part{};
                   LEDGER_TRY(auto owed, owed_to(*book, snapshot, asking.responsibility,
                                                 asking.zone, end_of(as_of.day, asking.zone)));
                   return with_keys(std::move(owed));
                 },
                 &asking.shared));
  add_answered_by(all, std::move(part), asking.question.manager);
  return {};
}

Status add_manager(OwedList& all, const Asking& asking, const ManagerId& manager) {
  const AsOf& as_of = asking.question.as_of;
  LEDGER_TRY(const auto hired,
             directory::manager_on(asking.snapshot, manager, as_of.day, as_of.known_at));
  if (!hired) return {};
  LEDGER_TRY(auto part,
             kept<Part>(
                 asking.snapshot, "obligations of a manager", key_of(manager.text(), as_of),
                 [&](const ViewSnapshot& snapshot) -> Result<Part> {
                   LEDGER_TRY(auto owed, owed_by(snapshot, manager, as_of, asking.responsibility));
                   return with_keys(std::move(owed));
                 },
                 &asking.shared));
  add_answered_by(all, std::move(part), asking.question.manager);
  return {};
}

}  // namespace

std::string_view duty_of(Kind kind) {
  switch (kind) {
    case Kind::kComplaint:
      return "complaints.resolved";
    case Kind::kArrival:
      return "stock_promises.kept";
    case Kind::kSupply:
      return "supply.requested";
    case Kind::kConsultation:
      return "experts.consulted";
    case Kind::kErrand:
      return "tasks.done";
    case Kind::kInformation:
      return "information.supplied";
    case Kind::kNotice:
      return "cards.announced";
    case Kind::kFollowUp:
      return "contacts.planned";
    case Kind::kCallBack:
    case Kind::kUntoldResults:
      return "calls.results";
    case Kind::kInquiry:
      return "inquiries.answered";
    case Kind::kMeeting:
      return "meetings.held";
    case Kind::kTender:
      return "tenders.bids";
    case Kind::kTerms:
      return "terms.special";
    case Kind::kDocument:
    case Kind::kPaper:
      return "deliveries.documents";
    case Kind::kCollection:
    case Kind::kDispute:
      return "receivables.collected";
    case Kind::kGreeting:
      return "greetings.sent";
    case Kind::kReconciliation:
      return "reconciliation.monthly";
    case Kind::kReport:
      return "report.monthly";
    case Kind::kAttestation:
      return "attestation.half_yearly";
    case Kind::kExplanation:
      return "breaches.explained";
    case Kind::kApproval:
      return "approvals.competence";
    case Kind::kRequisites:
      return "database.kept";
  }
  return "";
}

std::string sort_key(const Obligation& one) {
  std::string key = one.due_on ? format_date(*one.due_on) : "9999-99-99";
  const std::string manager = one.who.manager ? one.who.manager->text() : "";
  for (const auto& part : {std::string(name_of(one.kind)), one.client_id, manager, one.id}) {
    key += '|';
    key += part;
  }
  return key;
}

Result<std::optional<Obligation>> next_contact(const ViewSnapshot& snapshot,
                                               std::string_view client_id, const AsOf& as_of,
                                               const BusinessZone& zone) {
  LEDGER_TRY(auto responsibility, read_responsibility(snapshot, as_of, zone));
  LEDGER_TRY(const auto book, read_book(snapshot, client_id, as_of, responsibility.calendar()));
  if (!book) return std::nullopt;
  LEDGER_TRY(auto owed, owed_to(*book, snapshot, responsibility, zone, end_of(as_of.day, zone)));
  std::optional<Obligation> next;
  for (auto& one : owed) {
    if (!is_planned_contact(one) || one.state(as_of.day) == State::kDone) continue;
    if (!next || sort_key(one) < sort_key(*next)) next = std::move(one);
  }
  return next;
}

Result<OwedList> obligations(const ViewSnapshot& snapshot, const Question& question,
                             const BusinessZone& zone) {
  const Date day = question.as_of.day;
  const auto& known_at = question.as_of.known_at;
  const SharedReads shared(snapshot);
  LEDGER_TRY(auto responsibility, read_responsibility(shared.snapshot(), question.as_of, zone));
  std::vector<ManagerId> managers;
  std::set<std::string> clients;
  if (question.manager) {
    LEDGER_TRY(const bool hired, directory::was_hired(snapshot, *question.manager, known_at));
    if (!hired) return fail(ErrorCode::kNotFound, "nobody of that id was ever hired", "manager");
    // Who answered on a month's last day answers for its act.
    const Date from = month_start(day, -kOverdueMonths);
    LEDGER_TRY(const auto answered_for, responsibility.stands_for(*question.manager, from, day));
    LEDGER_TRY(clients, clients_of(snapshot, answered_for, known_at));
    // What those whom he heads asked for is his to decide.
    managers.assign(answered_for.begin(), answered_for.end());
  } else {
    LEDGER_TRY(managers, directory::staff(snapshot, known_at));
    LEDGER_TRY(clients, all_clients(snapshot, known_at));
  }
  const Asking asking{snapshot, question, zone, shared, responsibility};
  OwedList all;
  for (const auto& manager : managers) LEDGER_CHECK(add_manager(all, asking, manager));
  for (const auto& client : clients) LEDGER_CHECK(add_client(all, asking, client));
  return all;
}

}  // namespace ledger::obligations
