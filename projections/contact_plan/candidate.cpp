#include "projections/contact_plan/candidate.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "projections/client_card/standing.h"
#include "projections/directory/queries.h"
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

// Who may be contacted on the day, and when.
void add_people(Candidate& candidate, const ClientBook& book) {
  const auto people = client_card::people(book.card);
  candidate.is_nobody_known = people.empty();
  for (const auto* told : people) {
    const ContactPersonSet& person = told->data;
    if (!client_card::may_be_reached(person, book.as_of.day)) continue;
    auto& at = candidate.people.emplace_back();
    if (!person.hours) continue;
    const auto hours = parse_hours(*person.hours, "hours");
    if (hours) at = *hours;  // the door lets none through that do not parse
  }
}

bool is_his_hour(const std::optional<Hours>& hours, const Question& question,
                 const BusinessZone& zone) {
  if (!question.at_that_hour || !hours) return true;
  const auto at = [&](std::int64_t minute) {
    return zone.to_instant(question.as_of.day, std::chrono::minutes(minute));
  };
  return at(hours->from) <= question.now && question.now < at(hours->to);
}

bool may_be_contacted(const Candidate& candidate, const Question& question,
                      const BusinessZone& zone) {
  const auto& people = candidate.people;
  return candidate.is_nobody_known ||
         std::any_of(people.begin(), people.end(),
                     [&](const auto& hours) { return is_his_hour(hours, question, zone); });
}

// An open follow-up was moved to a day that has not come. It is not due itself before that day, and
// the client is left alone until then: with greetings, offers and silence too. What else was
// planned or is owed to him has its own day (schemas/decisions/0007).
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
void hide(std::vector<Due>& due, const ClientBook& book, const Contacts& contacts) {
  const bool talked = contacts.last_talk_on == book.as_of.day;
  const bool postponed = is_postponed(book);
  const bool lost = is_lost(book, contacts);
  std::erase_if(due, [&](const Due& one) {
    const Tier tier = tier_of(one.reason.why);
    return (talked && one.reason.why != Why::kMissedCall) ||
           (postponed && tier >= Tier::kGreeting) || (lost && tier >= Tier::kGreeting);
  });
}

}  // namespace

Result<Candidate> read_candidate(const ViewSnapshot& snapshot, std::string_view id,
                                 const AsOf& as_of, Timestamp until, Responsibility& responsibility,
                                 const BusinessZone& zone) {
  Candidate candidate;
  LEDGER_TRY(const auto book,
             obligations::read_book(snapshot, id, as_of, responsibility.calendar()));
  if (!book) return candidate;
  const client_card::Card& card = book->card;
  // A card without an owner is for who opened it.
  const auto* opened = client_card::last_of(card.facts.registered);
  const auto opener = opened == nullptr ? std::nullopt : opened->data.manager_id;
  Row& row = candidate.row;
  LEDGER_TRY(row.who, responsibility.of_client(card, as_of.day, opener));
  LEDGER_TRY(const auto owed, obligations::owed_to(*book, snapshot, responsibility, zone, until));
  for (const auto& one : owed) {
    if (one.who.manager) candidate.owing.emplace(*one.who.manager, one.who);
  }
  const auto* lost = client_card::last_of(card.facts.lost);
  LEDGER_TRY(const auto contacts, obligations::contacts(snapshot, card.client, as_of, until,
                                                        lost == nullptr ? as_of.day : lost->day));
  candidate.newest = contacts.newest;
  LEDGER_TRY(const auto policies, directory::policies(snapshot));
  const auto rule = directory::contact_rule(policies, as_of.day, as_of.known_at);
  LEDGER_TRY(candidate.due, reasons({*book, contacts, owed, responsibility.calendar(), rule}));
  hide(candidate.due, *book, contacts);
  if (candidate.due.empty()) return candidate;
  add_people(candidate, *book);
  row.client_id = card.client.survivor;
  row.name = card.details.name.value_or("");
  row.last_contact_on = contacts.last_on;
  LEDGER_TRY(row.paid_12_months_minor, paid_12_months(*book));
  LEDGER_TRY(row.payment_only, is_stopped(*book));
  return candidate;
}

std::optional<Row> row_for(const Candidate& candidate, const Question& question,
                           const BusinessZone& zone) {
  const bool is_his = candidate.row.who.manager == question.manager;
  std::vector<Reason> reasons;
  for (const auto& [reason, manager] : candidate.due) {
    if (manager ? manager == question.manager : is_his) reasons.push_back(reason);
  }
  if (reasons.empty() || !may_be_contacted(candidate, question, zone)) return std::nullopt;
  sort_reasons(reasons);
  Row row = candidate.row;
  row.reasons = std::move(reasons);
  if (is_his) return row;
  const auto owing = candidate.owing.find(question.manager);
  if (owing != candidate.owing.end()) row.who = owing->second;
  return row;
}

}  // namespace ledger::contact_plan
