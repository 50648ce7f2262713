#include "projections/attestation/cards.h"

#include <algorithm>
#include <set>

#include "platform/median.h"
#include "projections/client_card/standing.h"
#include "projections/directory/working_time.h"
#include "projections/obligations/sent_letters.h"

namespace ledger::attestation {

namespace {

using client_card::CardRow;
using client_card::TimelineEntry;

// No calendar is off for so long.
constexpr int kCalendarMargin = 31;
constexpr std::size_t kEntries = 100'000;

bool is_contact(const TimelineEntry& entry) {
  static const std::set<std::string_view> kinds = {
      client_card::kKind<CallCompleted>,   client_card::kKind<OfferEmailed>,
      client_card::kKind<OfferPhoned>,     client_card::kKind<MeetingHeld>,
      client_card::kKind<InquiryReceived>, client_card::kKind<LetterExchanged>};
  return kinds.count(entry.kind) > 0;
}

struct Moment {
  Date day;
  Timestamp time;
};

// From when the card could be asked for: the first talk or letter, or, if that came later or never,
// its opening.
Result<Moment> first_contact(const ViewSnapshot& snapshot, std::string_view id,
                             const Moment& opened, const AsOf& as_of) {
  LEDGER_TRY(const auto client, directory::one_client(snapshot, std::string(id), as_of.known_at));
  client_card::TimelineQuestion question{"", std::nullopt, as_of, kEntries};
  LEDGER_TRY(const auto slice, client_card::timeline(snapshot, client, question));
  Moment first = opened;
  obligations::SentLetters letters(snapshot, client, as_of);
  for (const auto& entry : slice.entries) {
    if (!is_contact(entry) || (first.day <= entry.day && first.time <= entry.time)) continue;
    LEDGER_TRY(const bool said, letters.was_said(entry));
    if (said) first = {std::min(first.day, entry.day), std::min(first.time, entry.time)};
  }
  return first;
}

// The days on which something was said of the card.
std::set<Date> days_of(const CardRow& row, const AsOf& as_of) {
  std::set<Date> days;
  CardRow::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    for (const auto& told : row.*member) {
      if (as_of.sees(told.known, told.day)) days.insert(told.day);
    }
  });
  return days;
}

bool is_complete(std::string_view id, const CardRow& row, const AsOf& as_of) {
  const auto card = client_card::card_alone(id, row, as_of);
  return client_card::completeness(card, as_of.day).missing.empty();
}

// When on the day on which the card became complete: with which of the things said for it. What was
// said in advance holds from the day's beginning.
Timestamp completed_at(std::string_view id, const CardRow& row, const AsOf& as_of,
                       const BusinessZone& zone) {
  std::set<Timestamp> times;
  CardRow::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    for (const auto& told : row.*member) {
      if (told.day == as_of.day && as_of.sees(told.known, told.day)) times.insert(told.time);
    }
  });
  const auto begins = zone.to_instant(as_of.day, std::chrono::seconds(0));
  for (const Timestamp time : times) {
    CardRow by_then = row;
    CardRow::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
      std::erase_if(by_then.*member,
                    [&](const auto& told) { return told.day == as_of.day && told.time > time; });
    });
    if (is_complete(id, by_then, as_of)) return std::max(time, begins);
  }
  return begins;
}

std::optional<Moment> completed(std::string_view id, const CardRow& row, const AsOf& as_of,
                                const BusinessZone& zone) {
  for (const Date day : days_of(row, as_of)) {
    const AsOf then{day, as_of.known_at};
    if (is_complete(id, row, then)) return Moment{day, completed_at(id, row, then, zone)};
  }
  return std::nullopt;
}

Date next_working_day(Date day, const directory::Calendar& calendar) {
  for (int i = 0; i < kCalendarMargin; ++i) {
    day = add_days(day, 1);
    if (calendar.minutes(day) > 0) break;
  }
  return day;
}

struct Opened {
  std::string id;
  Moment at;
  std::optional<Moment> completed;
};

}  // namespace

Result<CardsKept> cards_kept(const ViewSnapshot& snapshot, const ManagerId& manager, Date from,
                             Date to, Timestamp known_at, const BusinessZone& zone) {
  const AsOf as_of{to, known_at};
  std::vector<Opened> opened;
  LEDGER_CHECK(client_card::scan_cards(snapshot, "", [&](std::string_view id, const CardRow& row) {
    for (const auto& told : row.registered) {
      if (!as_of.sees(told.known, told.day)) continue;
      // Opened once: what registers it again changes it.
      if (told.day >= from && told.data.manager_id == manager) {
        opened.push_back({std::string(id), {told.day, told.time}, completed(id, row, as_of, zone)});
      }
      break;
    }
    return true;
  }));
  LEDGER_TRY(
      const auto calendar,
      directory::Calendar::read(snapshot, CalendarKind::kBusiness, add_days(from, -kCalendarMargin),
                                add_days(to, kCalendarMargin), known_at));
  CardsKept kept;
  std::vector<std::int64_t> days;
  std::vector<std::int64_t> minutes;
  for (const auto& card : opened) {
    ++kept.opened;
    if (!card.completed) continue;
    ++kept.complete;
    LEDGER_TRY(const Moment first, first_contact(snapshot, card.id, card.at, as_of));
    if (card.completed->day <= next_working_day(first.day, calendar)) ++kept.on_time;
    days.push_back(days_between(first.day, card.completed->day));
    const auto took = std::chrono::floor<std::chrono::minutes>(card.completed->time - first.time);
    minutes.push_back(std::max<std::int64_t>(took.count(), 0));
  }
  kept.median_days = median(std::move(days));
  kept.median_minutes = median(std::move(minutes));
  return kept;
}

}  // namespace ledger::attestation
