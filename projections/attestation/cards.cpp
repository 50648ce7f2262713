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

// The day from which the card could be asked for: of the first talk or letter, or, if that came
// later or never, of its opening.
Result<Date> first_day(const ViewSnapshot& snapshot, std::string_view id, Date opened,
                       const AsOf& as_of) {
  LEDGER_TRY(const auto client, directory::one_client(snapshot, std::string(id), as_of.known_at));
  client_card::TimelineQuestion question{"", std::nullopt, as_of, kEntries};
  LEDGER_TRY(const auto slice, client_card::timeline(snapshot, client, question));
  Date first = opened;
  obligations::SentLetters letters(snapshot, client, as_of);
  for (const auto& entry : slice.entries) {
    if (!is_contact(entry) || first <= entry.day) continue;
    LEDGER_TRY(const bool said, letters.was_said(entry));
    if (said) first = entry.day;
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

std::optional<Date> completed_on(std::string_view id, const CardRow& row, const AsOf& as_of) {
  for (const Date day : days_of(row, as_of)) {
    const auto card = client_card::card_alone(id, row, {day, as_of.known_at});
    if (client_card::completeness(card, day).missing.empty()) return day;
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
  Date day;
  std::optional<Date> completed;
};

}  // namespace

Result<CardsKept> cards_kept(const ViewSnapshot& snapshot, const ManagerId& manager, Date from,
                             Date to, Timestamp known_at) {
  const AsOf as_of{to, known_at};
  std::vector<Opened> opened;
  LEDGER_CHECK(client_card::scan_cards(snapshot, "", [&](std::string_view id, const CardRow& row) {
    for (const auto& told : row.registered) {
      if (!as_of.sees(told.known, told.day)) continue;
      // Opened once: what registers it again changes it.
      if (told.day >= from && told.data.manager_id == manager) {
        opened.push_back({std::string(id), told.day, completed_on(id, row, as_of)});
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
  for (const auto& card : opened) {
    ++kept.opened;
    if (!card.completed) continue;
    ++kept.complete;
    LEDGER_TRY(const Date first, first_day(snapshot, card.id, card.day, as_of));
    if (*card.completed <= next_working_day(first, calendar)) ++kept.on_time;
    days.push_back(days_between(first, *card.completed));
  }
  kept.median_days = median(std::move(days));
  return kept;
}

}  // namespace ledger::attestation
