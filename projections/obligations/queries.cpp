#include "projections/obligations/queries.h"

#include <algorithm>

#include "platform/calendar_month.h"
#include "projections/directory/queries.h"
#include "projections/obligations/portfolio.h"

namespace ledger::obligations {

namespace {

void add_answered_by(std::vector<Obligation>& all, std::vector<Obligation> more,
                     const std::optional<ManagerId>& manager) {
  for (auto& one : more) {
    if (!manager || one.who.manager == manager) all.push_back(std::move(one));
  }
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

Status add_clients(std::vector<Obligation>& all, const ViewSnapshot& snapshot,
                   const Question& question, Responsibility& responsibility,
                   const BusinessZone& zone, const std::set<std::string>& clients) {
  const Timestamp until = end_of(question.as_of.day, zone);
  for (const auto& id : clients) {
    LEDGER_TRY(const auto book, read_book(snapshot, id, question.as_of, responsibility.calendar()));
    if (!book) continue;
    LEDGER_TRY(auto owed, owed_to(*book, snapshot, responsibility, zone, until));
    add_answered_by(all, std::move(owed), question.manager);
  }
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
      return "deliveries.documents";
    case Kind::kCollection:
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

Result<std::vector<Obligation>> obligations(const ViewSnapshot& snapshot, const Question& question,
                                            const BusinessZone& zone) {
  const Date day = question.as_of.day;
  const auto& known_at = question.as_of.known_at;
  LEDGER_TRY(auto responsibility, read_responsibility(snapshot, question.as_of, zone));
  std::vector<ManagerHired> managers;
  std::set<std::string> clients;
  if (question.manager) {
    LEDGER_TRY(auto hired, directory::manager(snapshot, *question.manager));
    if (!hired) return fail(ErrorCode::kNotFound, "nobody of that id was ever hired", "manager");
    managers.push_back(*std::move(hired));
    // Who answered on a month's last day answers for its act.
    const Date from = month_start(day, -kOverdueMonths);
    LEDGER_TRY(
        clients,
        clients_of(snapshot, responsibility.stands_for(*question.manager, from, day), known_at));
  } else {
    LEDGER_TRY(managers, directory::managers(snapshot));
    LEDGER_TRY(clients, all_clients(snapshot, known_at));
  }
  std::vector<Obligation> all;
  for (const auto& manager : managers) {
    if (manager.hired_on > day) continue;
    LEDGER_TRY(auto owed, owed_by(snapshot, manager, question.as_of, responsibility));
    add_answered_by(all, std::move(owed), question.manager);
  }
  LEDGER_CHECK(add_clients(all, snapshot, question, responsibility, zone, clients));
  std::sort(all.begin(), all.end(), [](const Obligation& left, const Obligation& right) {
    return sort_key(left) < sort_key(right);
  });
  return all;
}

}  // namespace ledger::obligations
