#include "projections/contact_plan/reasons.h"

#include <algorithm>
#include <tuple>

#include "projections/acts/queries.h"
#include "projections/client_card/standing.h"
#include "projections/contact_plan/house_steps.h"
#include "projections/obligations/holidays.h"

namespace ledger::contact_plan {

namespace {

using obligations::ClientBook;
using obligations::Kind;
using obligations::Obligation;

// Which reason an open obligation is, once its day has come.
std::optional<Why> why_of(const Obligation& one, Date day) {
  const bool late = one.due_on && *one.due_on < day;
  const bool due = one.due_on && *one.due_on <= day;
  switch (one.kind) {
    case Kind::kComplaint:
      return late ? std::optional(Why::kComplaint) : std::nullopt;
    case Kind::kArrival:
      return due || one.progress == "arrived" ? std::optional(Why::kArrival) : std::nullopt;
    case Kind::kInquiry:
      return Why::kInquiry;
    case Kind::kFollowUp:
      if (!due) return std::nullopt;
      return one.progress == name_of(FollowUpKind::kCallback) ? Why::kCallBack : Why::kFollowUp;
    case Kind::kCallBack:
      if (!due) return std::nullopt;
      return one.progress == name_of(CallResult::kCallback) ? Why::kCallBack : Why::kCallResult;
    case Kind::kMeeting:
      return due ? std::optional(Why::kMeeting) : std::nullopt;
    default:
      return std::nullopt;
  }
}

// Of the month of the day: one that was sent is under way.
void add_act(std::vector<Due>& found, const Known& known, const Obligation& act) {
  const Date day = known.book.as_of.day;
  const Date end = last_of_month(day);
  // The day itself is one of those that are left.
  const int left = working_days(known.calendar, add_days(day, -1), end);
  const bool none = act.progress == "none" || act.progress == name_of(acts::State::kDrafted);
  if (act.done_on || !none || act.id != format_month(day) || left > known.rule.act_working_days)
    return;
  Reason reason = about(Why::kActMissing, act.id, end, day);
  reason.days = left;
  reason.text = act.text;
  found.push_back({std::move(reason), act.who.manager});
}

void add_owed(std::vector<Due>& found, const Known& known) {
  const Date day = known.book.as_of.day;
  for (const auto& one : known.owed) {
    if (one.kind == Kind::kReconciliation) add_act(found, known, one);
    if (one.done_on) continue;
    const auto why = why_of(one, day);
    if (!why) continue;
    Reason reason = about(*why, one.id, *one.due_on, day);
    reason.text = one.text;
    reason.position = one.position;
    found.push_back({std::move(reason), one.who.manager});
  }
}

void add_missed_call(std::vector<Due>& found, const Known& known) {
  const auto& missed = known.contacts.missed;
  if (!missed) return;
  Reason reason = about(Why::kMissedCall, "", missed->day, known.book.as_of.day);
  reason.position = missed->position;
  found.push_back({std::move(reason), std::nullopt});
}

// Somebody took the matter up after the client had broken his word: then it is an overdue debt like
// others, and comes back after seven days.
bool was_taken_up(const ClientBook& book, Date after) {
  const bool acted = std::any_of(book.owed.actions.begin(), book.owed.actions.end(),
                                 [&](const auto& told) { return told.day > after; });
  const auto reminders = receivables::reminders(book.account, book.as_of);
  return acted || std::any_of(reminders.begin(), reminders.end(),
                              [&](const auto* said) { return said->data.sent_on > after; });
}

void add_broken_promise(std::vector<Due>& found, const ClientBook& book) {
  const auto& promise = book.promise;
  if (!promise) return;
  using receivables::PromiseState;
  const bool broken =
      promise->state == PromiseState::kBroken || promise->state == PromiseState::kPart;
  const auto owes = book.books.find(promise->promise.amount.currency.text());
  const bool settled = owes == book.books.end() || owes->second.balance_minor <= 0;
  if (!broken || settled || was_taken_up(book, promise->grace_until)) return;
  Reason reason = about(Why::kPromiseBroken, promise->promise.promise_id.text(),
                        promise->promise.due_on, book.as_of.day);
  reason.amounts.push_back({promise->promise.amount.amount_minor - promise->paid_minor,
                            promise->promise.amount.currency});
  found.push_back({std::move(reason), std::nullopt});
}

void add_debt(std::vector<Due>& found, const ClientBook& book) {
  const auto neglect = obligations::neglect(book);
  if (!neglect) return;
  if (book.as_of.day < neglect->act_by) return;
  Reason reason = about(Why::kDebtUntouched, "", neglect->since, book.as_of.day);
  reason.overdue_days = neglect->days_past_due;
  reason.amounts = neglect->overdue;
  found.push_back({std::move(reason), std::nullopt});
}

// From the day on which it is announced until a greeting for it would come too late.
bool is_time_to_greet(Date announce_on, Date feast, Date day) {
  return announce_on <= day && days_between(feast, day) <= obligations::kGreetingDays;
}

void add_greetings(std::vector<Due>& found, const Known& known) {
  const Date day = known.book.as_of.day;
  for (const auto& birthday : obligations::birthdays(known.book, known.calendar)) {
    if (birthday.greeted_on) continue;
    if (!is_time_to_greet(birthday.announce_on, birthday.day, day)) continue;
    const ContactPersonSet& person = birthday.person->data;
    Reason reason = about(Why::kBirthday, person.person_id.text(), birthday.day, day);
    reason.text = person.name;
    reason.position = birthday.person->position;
    found.push_back({std::move(reason), std::nullopt});
  }
  for (const auto& feast : obligations::feasts(known.book, known.calendar)) {
    if (feast.greeted_on || !is_time_to_greet(feast.announce_on, feast.day, day)) continue;
    Reason reason =
        about(Why::kProfessionalHoliday, std::string(feast.holiday->id), feast.day, day);
    reason.text = feast.holiday->title_uk;
    found.push_back({std::move(reason), std::nullopt});
  }
}

// The one that waits longest of those whose time it is.
void add_offer(std::vector<Due>& found, const Known& known) {
  for (auto offer = known.contacts.offers.rbegin(); offer != known.contacts.offers.rend();
       ++offer) {
    const int days = working_days(known.calendar, offer->day, known.book.as_of.day);
    if (days < known.rule.offer_from_days || days > known.rule.offer_until_days) continue;
    Reason reason =
        about(Why::kOfferUnanswered, offer->message_id, offer->day, known.book.as_of.day);
    reason.days = days;
    reason.overdue_days = days;
    reason.text = offer->subject;
    reason.position = offer->position;
    found.push_back({std::move(reason), std::nullopt});
    return;
  }
}

// When he became a client of ours, so far as it was told.
std::optional<Date> known_since(const client_card::CardRow& facts) {
  std::optional<Date> first;
  const auto look_at = [&](const auto& list) {
    if (!list.empty() && (!first || list.front().day < *first)) first = list.front().day;
  };
  look_at(facts.registered);
  look_at(facts.assigned);
  look_at(facts.leads);
  return first;
}

void add_silence(std::vector<Due>& found, const Known& known) {
  const ClientBook& book = known.book;
  const auto& last = known.contacts.last_on;
  const auto since = last ? last : known_since(book.card.facts);
  if (!since) return;
  const bool untouched = !last && is_prospect(book);
  const int days = days_between(*since, book.as_of.day);
  const int late = untouched ? days : days - silence_interval(book, known.rule);
  if (!untouched && late <= 0) return;
  Reason reason = about(untouched ? Why::kUntouched : Why::kSilence, "", *since, book.as_of.day);
  reason.overdue_days = late;
  found.push_back({std::move(reason), std::nullopt});
}

}  // namespace

Reason about(Why why, std::string id, Date on, Date day) {
  Reason reason;
  reason.why = why;
  reason.id = std::move(id);
  reason.on = on;
  reason.overdue_days = std::max(days_between(on, day), 0);
  reason.days = reason.overdue_days;
  return reason;
}

Tier tier_of(Why why) {
  switch (why) {
    case Why::kMissedCall:
    case Why::kInquiry:
    case Why::kCallBack:
    case Why::kArrival:
    case Why::kPromiseBroken:
      return Tier::kPromised;
    case Why::kComplaint:
      return Tier::kComplaint;
    case Why::kDebtUntouched:
      return Tier::kDebt;
    case Why::kActMissing:
      return Tier::kAct;
    case Why::kFollowUp:
    case Why::kCallResult:
    case Why::kMeeting:
    case Why::kDunningDue:
    case Why::kDraftWaiting:
    case Why::kDisagreement:
    case Why::kContractEnds:
      return Tier::kPlanned;
    case Why::kBirthday:
    case Why::kProfessionalHoliday:
      return Tier::kGreeting;
    case Why::kOfferUnanswered:
      return Tier::kOffer;
    case Why::kSilence:
      return Tier::kSilence;
    case Why::kUntouched:
      return Tier::kUntouched;
  }
  return Tier::kUntouched;
}

bool is_prospect(const ClientBook& book) {
  const auto& status = book.card.details.status;
  if (!book.card.dealings.contracts.empty()) return false;
  return status ? *status == ClientStatus::kPotential : book.account.invoices.empty();
}

int silence_interval(const ClientBook& book, const directory::ContactRule& rule) {
  const auto profile = client_card::profile(book.card);
  const auto days = [&] {
    if (profile.key_account) return rule.key_account_days;
    if (is_prospect(book)) return rule.prospect_days;
    switch (profile.size.value_or(CompanySize::kMedium)) {
      case CompanySize::kLarge:
        return rule.large_days;
      case CompanySize::kMedium:
        return rule.medium_days;
      case CompanySize::kSmall:
        return rule.small_days;
    }
    return rule.medium_days;
  }();
  return static_cast<int>(days);
}

Result<std::vector<Due>> reasons(const Known& known) {
  std::vector<Due> found;
  add_owed(found, known);
  add_missed_call(found, known);
  add_broken_promise(found, known.book);
  add_debt(found, known.book);
  LEDGER_CHECK(add_dunning(found, known.book));
  add_contracts(found, known);
  add_greetings(found, known);
  add_offer(found, known);
  add_silence(found, known);
  return found;
}

void sort_reasons(std::vector<Reason>& reasons) {
  std::sort(reasons.begin(), reasons.end(), [](const Reason& left, const Reason& right) {
    return std::tuple(tier_of(left.why), -left.overdue_days, left.why, left.id) <
           std::tuple(tier_of(right.why), -right.overdue_days, right.why, right.id);
  });
}

}  // namespace ledger::contact_plan
