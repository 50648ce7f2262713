// What is owed to a client without anybody's asking: it follows from debts and from the calendar.
#include <algorithm>
#include <array>
#include <set>

#include "platform/calendar_month.h"
#include "projections/acts/coverage.h"
#include "projections/client_card/standing.h"
#include "projections/obligations/holidays.h"
#include "projections/obligations/queries.h"
#include "projections/obligations/reckoning.h"
#include "projections/receivables/credit_rule.h"

namespace ledger::obligations {

namespace {

constexpr int kGreetingsAheadDays = 7;  // domain-semantics.md 1.3, row 49
constexpr int kMissedDays = 30;         // how long what was missed is shown (ours)
constexpr int kTermsDays = 30;          // how long before their end terms are looked at (ours)

// Why a client needs an act, as acts::Need counts them.
constexpr std::array<std::string_view, names(acts::Need{}).size()> kNeedsUk{
    "є сальдо", "були обороти за місяць", "діє договір"};
constexpr std::array<std::string_view, names(acts::Need{}).size()> kNeedsEn{
    "there is a balance", "there was turnover in the month", "a contract is in force"};

bool was_greeted(const GreetingSent& greeting, GreetingOccasion occasion,
                 const std::optional<PersonId>& person) {
  return greeting.occasion == occasion &&
         (!greeting.person_id || !person || *greeting.person_id == *person);
}

// Within three days of the day.
std::optional<Date> greeted_on(const ClientBook& book, GreetingOccasion occasion,
                               const std::optional<PersonId>& person, Date day) {
  for (const auto& told : book.owed.greetings) {
    if (was_greeted(told.data, occasion, person) &&
        std::abs(days_between(told.day, day)) <= kGreetingDays) {
      return told.day;
    }
  }
  return std::nullopt;
}

Date announce_on(Date day, const directory::Calendar& calendar) {
  return last_working_day(calendar, day);
}

void add_collection(Reckoning& owed) {
  const auto found = neglect(owed.book());
  if (!found) return;
  auto one = owed.about(Kind::kCollection, format_date(found->since), std::nullopt);
  one.due_on = found->act_by;
  one.progress = "untouched";
  one.amounts = found->overdue;
  owed.add(std::move(one), std::nullopt);
}

// It suspends reminders no longer than to its last day: by then it is to be settled. What was
// closed is shown for as long as what was missed.
void add_disputes(Reckoning& owed) {
  const auto& account = owed.book().account;
  const AsOf& as_of = owed.book().as_of;
  std::set<DisputeId> seen;  // opened twice: the first counts
  for (const auto& said : account.disputes) {
    const DisputeOpened& dispute = said.data;
    if (!as_of.sees(said.known, dispute.opened_on)) continue;
    if (!seen.insert(dispute.dispute_id).second) continue;
    auto one = owed.about(Kind::kDispute, dispute.dispute_id.text(), said.position);
    one.due_on = receivables::dispute_ends(account, said);
    one.progress = "open";
    one.text = dispute.reason;
    if (dispute.amount) one.amounts.push_back(*dispute.amount);
    for (const auto& closed : account.disputes_closed) {
      if (closed.data.dispute_id != dispute.dispute_id ||
          !as_of.sees(closed.known, closed.data.closed_on)) {
        continue;
      }
      one.done_on = closed.data.closed_on;
      one.progress = name_of(closed.data.outcome);
    }
    if (one.done_on && days_between(*one.done_on, as_of.day) > kMissedDays) continue;
    owed.add(std::move(one), std::nullopt);
  }
}

// The first day on which the client answered an act, or on which it was sent where that is enough.
std::optional<Date> answered_on(const std::vector<acts::Standing>& all, const acts::Rule& rule) {
  std::optional<Date> first;
  const auto look_at = [&](Date day) {
    if (!first || day < *first) first = day;
  };
  for (const auto& act : all) {
    for (const auto& step : act.confirmed) look_at(step.data.confirmed_on);
    for (const auto& step : act.signed_by_both) look_at(step.data.signed_on);
    for (const auto& step : act.disagreed) look_at(step.day);
    if (!rule.sent_is_enough) continue;
    for (const auto& step : act.sent) look_at(step.data.sent_on);
  }
  return first;
}

Status add_reconciliation(Reckoning& owed, const ViewSnapshot& snapshot, int months_ago) {
  const ClientBook& book = owed.book();
  const Date month = month_start(owed.day(), -months_ago);
  // Who answers for the client on the last working day (domain-semantics.md 4a).
  const Date last = std::min(last_working_day(owed.calendar(), last_of_month(month)), owed.day());
  LEDGER_TRY(const auto who, owed.answering_on(last));
  LEDGER_TRY(const auto rule, acts::rule_of(snapshot, month, who.manager, book.as_of.known_at));
  LEDGER_TRY(const auto state, acts::client_month(snapshot, book.card, month, book.as_of, rule));
  if (!state || state->needs.empty()) return {};
  // Not done while a currency has no answered act.
  const bool answered = state->coverage >= acts::Coverage::kLate;
  const auto done_on = answered ? answered_on(state->acts, rule) : std::nullopt;
  if (months_ago > 1 && done_on) return {};
  const acts::Standing* best = nullptr;
  for (const auto& act : state->acts) {
    if (best == nullptr ||
        acts::coverage_of(act, month, rule) >= acts::coverage_of(*best, month, rule)) {
      best = &act;
    }
  }
  auto one = owed.about(Kind::kReconciliation, format_month(month), std::nullopt);
  one.due_on = acts::answer_by(month, rule);
  one.done_on = done_on;
  one.progress = best == nullptr ? "none" : name_of(best->state());
  if (best != nullptr) one.position = best->issue().position;
  const auto need = state->needs.front();
  one.need = name_of(need);
  one.text = kNeedsUk[static_cast<std::size_t>(need)];
  one.text_en = kNeedsEn[static_cast<std::size_t>(need)];
  owed.add_on(std::move(one), std::nullopt, last);
  return {};
}

// Of this month and the one before, and of the earlier ones that are still owed.
Status add_reconciliations(Reckoning& owed, const ViewSnapshot& snapshot) {
  for (int months_ago = kOverdueMonths; months_ago >= 0; --months_ago) {
    LEDGER_CHECK(add_reconciliation(owed, snapshot, months_ago));
  }
  return {};
}

void add_birthdays(Reckoning& owed) {
  for (const auto& birthday : birthdays(owed.book(), owed.calendar())) {
    const ContactPersonSet& person = birthday.person->data;
    auto one =
        owed.about(Kind::kGreeting, person.person_id.text() + '|' + format_date(birthday.day),
                   birthday.person->position);
    one.due_on = birthday.day;
    one.done_on = birthday.greeted_on;
    one.progress = "birthday";
    one.text = person.name;
    owed.add(std::move(one), std::nullopt);
  }
}

void add_holidays(Reckoning& owed) {
  for (const auto& feast : feasts(owed.book(), owed.calendar())) {
    std::string id = std::string(feast.holiday->id) + '|' + format_date(feast.day);
    if (feast.person != nullptr) id += '|' + feast.person->data.person_id.text();
    auto one = owed.about(Kind::kGreeting, std::move(id), std::nullopt);
    one.due_on = feast.day;
    one.done_on = feast.greeted_on;
    one.progress = "professional_holiday";
    one.text = feast.holiday->title_uk;
    owed.add(std::move(one), std::nullopt);
  }
}

bool prolongs(const ClientTermsSet& later, const ClientTermsSet& ending) {
  return later.kind == ending.kind && (!later.valid_to || *later.valid_to > *ending.valid_to);
}

// Special terms that end about now. Those that begin only later are on the card of a later day.
Status add_terms(Reckoning& owed, const ViewSnapshot& snapshot) {
  const ClientBook& book = owed.book();
  std::optional<client_card::Card> later;
  for (const auto& told : book.card.facts.terms) {
    const ClientTermsSet& terms = told.data;
    if (terms.kind == TermsKind::kStandard || !terms.valid_to) continue;
    const int left = days_between(book.as_of.day, *terms.valid_to);
    if (left > kTermsDays || left < -kMissedDays) continue;
    if (!later) {
      LEDGER_TRY(later,
                 client_card::card(snapshot, book.card.client.survivor,
                                   AsOf{add_days(book.as_of.day, 366), book.as_of.known_at}));
    }
    auto one = owed.about(Kind::kTerms,
                          std::string(name_of(terms.kind)) + '|' + format_date(*terms.valid_to),
                          told.position);
    one.due_on = terms.valid_to;
    one.text = terms.text.value_or("");
    one.progress = name_of(terms.kind);
    for (const auto& next : later->facts.terms) {
      const Date told_on = owed.zone().local_day(next.time);
      if (!prolongs(next.data, terms) || told_on > book.as_of.day) continue;
      if (next.time < told.time) continue;
      if (!one.done_on || told_on < *one.done_on) one.done_on = told_on;
    }
    owed.add(std::move(one), terms.manager_id);
  }
  return {};
}

}  // namespace

std::optional<Neglect> neglect(const ClientBook& book) {
  if (book.promise && book.promise->state == receivables::PromiseState::kOpen) return std::nullopt;
  Neglect found;
  std::optional<Date> oldest;
  for (const auto& [code, statement] : book.books) {
    if (statement.balance_minor <= 0) continue;
    Money overdue{0, {}};
    for (const auto& item : statement.items) {
      const std::int64_t open = item.open_minor - item.disputed_minor;
      if (open <= 0 || item.days_past_due <= 0) continue;
      overdue.currency = item.invoice.amount.currency;
      overdue.amount_minor += open;  // no more than the ageing's sum, which was checked
      if (!oldest || item.due.on < *oldest) oldest = item.due.on;
    }
    if (overdue.amount_minor > 0) found.overdue.push_back(overdue);
  }
  if (!oldest) return std::nullopt;
  found.days_past_due = days_between(*oldest, book.as_of.day);
  found.since = *oldest;
  const auto act_on = [&](Date day) {
    if (day <= book.as_of.day) found.since = std::max(found.since, day);
  };
  for (const auto& told : book.owed.actions) act_on(told.day);
  for (const auto* said : receivables::reminders(book.account, book.as_of)) {
    act_on(said->data.sent_on);
  }
  for (const auto& said : book.account.promises) {
    if (said.known.at(book.as_of.known_at)) act_on(said.data.made_on);
  }
  const auto rule =
      receivables::collection_rule(book.account.rules, {found.since, book.as_of.known_at});
  found.act_by = add_days(found.since, static_cast<int>(rule.action_days));
  return found;
}

std::vector<Birthday> birthdays(const ClientBook& book, const directory::Calendar& calendar) {
  std::vector<Birthday> found;
  for (const auto* told : client_card::people(book.card)) {
    const ContactPersonSet& person = told->data;
    if (!person.birthday || !client_card::may_be_reached(person, book.as_of.day)) continue;
    const Date day =
        client_card::next_birthday(*person.birthday, add_days(book.as_of.day, -kMissedDays));
    if (days_between(book.as_of.day, day) > kGreetingsAheadDays) continue;
    found.push_back({told, day, announce_on(day, calendar),
                     greeted_on(book, GreetingOccasion::kBirthday, person.person_id, day)});
  }
  return found;
}

std::vector<Feast> feasts(const ClientBook& book, const directory::Calendar& calendar) {
  std::vector<Feast> found;
  const auto add = [&](const Holiday& holiday, const Told<ContactPersonSet>* person) {
    const Date day = next_day_of(holiday, add_days(book.as_of.day, -kMissedDays));
    if (days_between(book.as_of.day, day) > kGreetingsAheadDays) return;
    const auto whom = person == nullptr ? std::nullopt : std::optional(person->data.person_id);
    found.push_back({&holiday, person, day, announce_on(day, calendar),
                     greeted_on(book, GreetingOccasion::kProfessionalHoliday, whom, day)});
  };
  const auto& industry = book.card.details.industry;
  for (const auto& holiday : holidays()) {
    if (industry && is_of_industry(*industry, holiday)) add(holiday, nullptr);
    for (const auto* told : client_card::people(book.card)) {
      const ContactPersonSet& person = told->data;
      if (!person.profession || !client_card::may_be_reached(person, book.as_of.day)) continue;
      if (is_of_profession(*person.profession, holiday)) add(holiday, told);
    }
  }
  return found;
}

Status add_recurring(Reckoning& owed, const ViewSnapshot& snapshot) {
  add_collection(owed);
  add_disputes(owed);
  LEDGER_CHECK(add_reconciliations(owed, snapshot));
  add_birthdays(owed);
  add_holidays(owed);
  return add_terms(owed, snapshot);
}

}  // namespace ledger::obligations
