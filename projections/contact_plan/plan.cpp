#include "projections/contact_plan/plan.h"

#include <algorithm>
#include <tuple>

#include "events/checks.h"
#include "projections/client_card/standing.h"
#include "projections/contact_plan/reasons.h"
#include "projections/directory/queries.h"
#include "projections/obligations/portfolio.h"
#include "projections/obligations/queries.h"
#include "projections/receivables/stop.h"
#include "projections/receivables/turnover.h"

namespace ledger::contact_plan {

namespace {

using obligations::ClientBook;
using obligations::Contacts;

const std::string kHryvnia = "UAH";

Result<std::int64_t> paid_12_months(const ClientBook& book) {
  LEDGER_TRY(const auto paid, receivables::paid_turnover(book.account, book.as_of));
  const auto hryvnias = paid.find(kHryvnia);
  return hryvnias == paid.end() ? 0 : hryvnias->second;
}

Result<bool> is_stopped(const ClientBook& book) {
  LEDGER_TRY(const auto exposed, receivables::exposures(book.account, book.books, book.as_of));
  return receivables::shipment_stop(book.account, book.books, exposed, book.as_of).stopped();
}

// Whether a person may be called at an instant by his hours; without any, always.
bool is_his_hour(const ContactPersonSet& person, const Question& question,
                 const BusinessZone& zone) {
  if (!question.at_that_hour || !person.hours) return true;
  const auto hours = parse_hours(*person.hours, "hours");
  if (!hours) return true;  // the door lets none through that do not parse
  const auto at = [&](std::int64_t minute) {
    return zone.to_instant(question.as_of.day, std::chrono::minutes(minute));
  };
  return at(hours->from) <= question.now && question.now < at(hours->to);
}

bool may_be_contacted(const ClientBook& book, const Question& question, const BusinessZone& zone) {
  const auto people = client_card::people(book.card);
  return people.empty() || std::any_of(people.begin(), people.end(), [&](const auto* told) {
           return client_card::may_be_reached(told->data, question.as_of.day) &&
                  is_his_hour(told->data, question, zone);
         });
}

// An open follow-up was moved to a day that has not come. It is not due itself before that day, and
// why nobody talked to the client meanwhile is told by it; what else is due has its own day.
bool is_postponed(const ClientBook& book) {
  const auto& all = book.card.dealings;
  return std::any_of(all.follow_ups.begin(), all.follow_ups.end(), [&](const auto& told) {
    const auto is_it = [&](const auto& other) {
      return other.data.follow_up_id == told.data.follow_up_id;
    };
    if (std::any_of(all.follow_ups_done.begin(), all.follow_ups_done.end(), is_it)) return false;
    const auto last =
        std::find_if(all.follow_ups_postponed.rbegin(), all.follow_ups_postponed.rend(), is_it);
    return last != all.follow_ups_postponed.rend() && last->data.due_on > book.as_of.day;
  });
}

// Gone, and nobody has talked to him since.
bool is_lost(const ClientBook& book, const Contacts& contacts) {
  const auto* lost = client_card::last_of(book.card.facts.lost);
  return lost != nullptr && (!contacts.last_talk || *contacts.last_talk < lost->time);
}

// Takes out what is not to be shown on that day.
void hide(std::vector<Reason>& reasons, const ClientBook& book, const Contacts& contacts) {
  const bool talked = contacts.last_talk_on == book.as_of.day;
  const bool postponed = is_postponed(book);
  const bool lost = is_lost(book, contacts);
  std::erase_if(reasons, [&](const Reason& reason) {
    const Tier tier = tier_of(reason.why);
    return (talked && reason.why != Why::kMissedCall) || (postponed && tier >= Tier::kSilence) ||
           (lost && tier >= Tier::kGreeting);
  });
}

Result<std::optional<Row>> row_of(const ViewSnapshot& snapshot, const Question& question,
                                  const std::string& id, Responsibility& responsibility,
                                  const BusinessZone& zone) {
  LEDGER_TRY(const auto book,
             obligations::read_book(snapshot, id, question.as_of, responsibility.calendar()));
  if (!book) return std::nullopt;
  const client_card::Card& card = book->card;
  // A card without an owner is for who opened it.
  const auto* opened = client_card::last_of(card.facts.registered);
  const auto opener = opened == nullptr ? std::nullopt : opened->data.manager_id;
  Row row;
  LEDGER_TRY(row.who, responsibility.of_client(card, question.as_of.day, opener));
  LEDGER_TRY(auto owed, obligations::owed_to(*book, snapshot, responsibility, zone, question.now));
  const bool is_his = row.who.manager == question.manager;
  std::erase_if(owed, [&](const auto& one) {
    return one.who.manager ? one.who.manager != question.manager : !is_his;
  });
  if (!is_his && owed.empty()) return std::nullopt;
  if (!is_his) row.who = owed.front().who;
  const auto* lost = client_card::last_of(card.facts.lost);
  LEDGER_TRY(const auto contacts,
             obligations::contacts(snapshot, card.client, question.as_of, question.now,
                                   lost == nullptr ? question.as_of.day : lost->day));
  row.reasons = reasons({*book, contacts, std::move(owed), is_his, responsibility.calendar()});
  if (!may_be_contacted(*book, question, zone)) return std::nullopt;
  hide(row.reasons, *book, contacts);
  if (row.reasons.empty()) return std::nullopt;
  row.client_id = card.client.survivor;
  row.name = card.details.name.value_or("");
  row.last_contact_on = contacts.last_on;
  LEDGER_TRY(row.paid_12_months_minor, paid_12_months(*book));
  LEDGER_TRY(row.payment_only, is_stopped(*book));
  return row;
}

}  // namespace

std::string_view duty_of(Why why) {
  switch (why) {
    case Why::kMissedCall:
    case Why::kInquiry:
      return "inquiries.answered";
    case Why::kCallBack:
    case Why::kFollowUp:
      return "contacts.planned";
    case Why::kArrival:
      return "stock_promises.kept";
    case Why::kPromiseBroken:
    case Why::kDebtUntouched:
      return "receivables.collected";
    case Why::kComplaint:
      return "complaints.resolved";
    case Why::kActMissing:
      return "reconciliation.monthly";
    case Why::kCallResult:
      return "calls.results";
    case Why::kMeeting:
      return "meetings.held";
    case Why::kBirthday:
    case Why::kProfessionalHoliday:
      return "greetings.sent";
    case Why::kOfferUnanswered:
    case Why::kSilence:
      return "contacts.regular";
    case Why::kUntouched:
      return "leads.channels";
  }
  return "";
}

Result<std::vector<Row>> contact_plan(const ViewSnapshot& snapshot, const Question& question,
                                      const BusinessZone& zone) {
  LEDGER_TRY(const auto hired, directory::manager(snapshot, question.manager));
  if (!hired) return fail(ErrorCode::kNotFound, "nobody of that id was ever hired", "manager");
  const Date day = question.as_of.day;
  const auto& known_at = question.as_of.known_at;
  LEDGER_TRY(auto responsibility,
             Responsibility::read(snapshot, add_days(day, -obligations::kCalendarDays),
                                  add_days(day, obligations::kCalendarDays), known_at, zone));
  const auto managers = responsibility.stands_for(question.manager, day, day);
  LEDGER_TRY(const auto clients, obligations::clients_of(snapshot, managers, known_at));
  std::vector<Row> rows;
  for (const auto& id : clients) {
    LEDGER_TRY(auto row, row_of(snapshot, question, id, responsibility, zone));
    if (row) rows.push_back(*std::move(row));
  }
  const auto rank = [](const Row& row) {
    const Reason& first = row.reasons.front();
    return std::tuple(tier_of(first.why), -first.overdue_days, -row.paid_12_months_minor,
                      std::string_view(row.client_id));
  };
  std::sort(rows.begin(), rows.end(),
            [&](const Row& left, const Row& right) { return rank(left) < rank(right); });
  return rows;
}

}  // namespace ledger::contact_plan
