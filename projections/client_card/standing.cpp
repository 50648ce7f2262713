#include "projections/client_card/standing.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace ledger::client_card {

namespace {

// Nobody gave the figures: how long a card of each segment may go without a look (ours; the
// intervals of talking, domain-semantics.md 4d, are shorter).
constexpr std::int64_t kKeyAccountDays = 30;
constexpr std::int64_t kLargeDays = 60;
constexpr std::int64_t kMediumDays = 90;
constexpr std::int64_t kSmallDays = 180;

constexpr std::array kWays{ConsentChannel::kPhone, ConsentChannel::kEmail,
                           ConsentChannel::kMessenger, ConsentChannel::kPost};

std::int64_t review_days(const Profile& profile) {
  if (profile.key_account) return kKeyAccountDays;
  switch (profile.size.value_or(CompanySize::kMedium)) {
    case CompanySize::kLarge:
      return kLargeDays;
    case CompanySize::kMedium:
      return kMediumDays;
    case CompanySize::kSmall:
      return kSmallDays;
  }
  return kMediumDays;
}

ClientKind kind_of(const Card& card, std::optional<Segment> segment) {
  constexpr std::size_t kPersonCodeDigits = 10;
  if (segment == Segment::kGovernment) return ClientKind::kGovernment;
  const auto& code = card.details.tax_code;
  if (code) {
    return code->text().size() == kPersonCodeDigits ? ClientKind::kEntrepreneur
                                                    : ClientKind::kCompany;
  }
  return segment == Segment::kRetail ? ClientKind::kPerson : ClientKind::kCompany;
}

std::vector<std::string_view> required_of(ClientKind kind) {
  switch (kind) {
    case ClientKind::kCompany:
      return {"name",  "tax_code", "address",  "director",   "phones", "emails",
              "ibans", "segment",  "industry", "price_type", "owner",  "decision_maker"};
    case ClientKind::kGovernment:
      return {"name",   "tax_code", "address", "director",      "phones",
              "emails", "segment",  "owner",   "decision_maker"};
    case ClientKind::kEntrepreneur:
      return {"name",  "tax_code", "address",    "phones", "emails",
              "ibans", "segment",  "price_type", "owner"};
    case ClientKind::kPerson:
      return {"name", "phones", "segment", "owner"};
  }
  return {};
}

// The last day on which anything was said of what the client is.
std::optional<Date> last_change(const CardRow& facts) {
  std::optional<Date> last;
  CardRow::fields([&](std::string_view, auto member, Trait = Trait::kPlain) {
    const auto& list = facts.*member;
    if (!list.empty() && (!last || list.back().day > *last)) last = list.back().day;
  });
  return last;
}

std::chrono::month_day month_day_of(std::string_view birthday) {
  const auto number = [](std::string_view digits) {
    return static_cast<unsigned>((digits[0] - '0') * 10 + (digits[1] - '0'));
  };
  const std::string_view tail = birthday.substr(birthday.size() - 5);  // MM-DD
  return std::chrono::month(number(tail)) / std::chrono::day(number(tail.substr(3)));
}

Date in_year(std::chrono::month_day when, std::chrono::year year) {
  const Date date = year / when;
  return date.ok()
             ? date
             : Date{std::chrono::year_month_day_last(year / when.month() / std::chrono::last)};
}

}  // namespace

Profile profile(const Card& card) {
  Profile profile;
  profile.segment = card.details.segment;
  const auto* set = last_of(card.facts.segments);
  if (set != nullptr && (!card.segment_told || set->day >= *card.segment_told)) {
    profile.segment = set->data.segment;
  }
  for (const auto& told : card.facts.segments) {
    if (told.data.size) profile.size = told.data.size;
  }
  const auto* key_account = last_of(card.facts.key_accounts);
  profile.key_account = key_account != nullptr && key_account->data.key_account;
  profile.kind = kind_of(card, profile.segment);
  return profile;
}

std::vector<const Told<ContactPersonSet>*> people(const Card& card) {
  std::map<PersonId, const Told<ContactPersonSet>*> by_id;
  for (const auto& told : card.facts.persons) by_id[told.data.person_id] = &told;
  for (const auto& told : card.facts.persons_removed) {
    const auto found = by_id.find(told.data.person_id);
    if (found == by_id.end()) continue;
    const auto& set = *found->second;
    if (std::tie(set.day, set.time, set.position) < std::tie(told.day, told.time, told.position)) {
      by_id.erase(found);
    }
  }
  std::vector<const Told<ContactPersonSet>*> there;
  there.reserve(by_id.size());
  for (const auto& [id, told] : by_id) there.push_back(told);
  std::sort(there.begin(), there.end(), [](const auto* left, const auto* right) {
    return std::tie(left->data.role, left->data.person_id) <
           std::tie(right->data.role, right->data.person_id);
  });
  return there;
}

std::optional<bool> consent_to(const ContactPersonSet& person, ConsentChannel way, Date day) {
  const ContactConsent* last = nullptr;
  for (const auto& consent : person.consents) {
    const bool about_it = consent.channel == way || consent.channel == ConsentChannel::kAll;
    if (!about_it || consent.on > day) continue;
    // Of one day, what names the way says more than what is said of all.
    const bool later = last == nullptr || last->on < consent.on ||
                       (last->on == consent.on && consent.channel != ConsentChannel::kAll);
    if (later) last = &consent;
  }
  if (last == nullptr) return std::nullopt;
  return last->given;
}

std::vector<ConsentChannel> forbidden_ways(const ContactPersonSet& person, Date day) {
  std::vector<ConsentChannel> ways;
  for (const auto way : kWays) {
    if (consent_to(person, way, day) == false) ways.push_back(way);
  }
  return ways;
}

bool may_be_reached(const ContactPersonSet& person, Date day) {
  return !person.do_not_contact.value_or(false) &&
         forbidden_ways(person, day).size() < kWays.size();
}

Date next_birthday(std::string_view birthday, Date day) {
  const auto when = month_day_of(birthday);
  const Date this_year = in_year(when, day.year());
  return this_year >= day ? this_year : in_year(when, day.year() + std::chrono::years(1));
}

std::optional<int> age_on(std::string_view birthday, Date day) {
  if (birthday.starts_with("--")) return std::nullopt;
  int born = 0;
  for (const char digit : birthday.substr(0, 4)) born = born * 10 + (digit - '0');
  const int years = int(day.year()) - born;
  return in_year(month_day_of(birthday), day.year()) <= day ? years : years - 1;
}

Terms terms_on(const Card& card, Date day) {
  Terms terms;
  terms.price_type = card.details.price_type;
  std::optional<Date> since = card.price_type_told;
  for (const auto& told : card.facts.terms) {  // by their first day
    if (told.data.valid_to && *told.data.valid_to < day) continue;
    terms.in_force.push_back(&told);
    if (told.data.price_type && (!since || told.day >= *since)) {
      terms.price_type = told.data.price_type;
      since = told.day;
    }
  }
  return terms;
}

std::vector<const Told<NeedRecorded>*> needs(const Card& card) {
  std::map<NeedId, const Told<NeedRecorded>*> by_id;
  for (const auto& told : card.facts.needs) by_id[told.data.need_id] = &told;
  std::vector<const Told<NeedRecorded>*> all;
  all.reserve(by_id.size());
  for (const auto& [id, told] : by_id) all.push_back(told);
  return all;
}

Completeness completeness(const Card& card, Date day) {
  const Profile who = profile(card);
  const auto persons = people(card);
  const bool decides = std::any_of(persons.begin(), persons.end(), [](const auto* told) {
    return told->data.role == PersonRole::kDecisionMaker;
  });
  const std::map<std::string_view, bool> present{
      {"name", card.details.name.has_value()},
      {"tax_code", card.details.tax_code && card.details.tax_code->check_digit_ok()},
      {"address", card.details.address.has_value()},
      {"director", card.details.director.has_value()},
      {"phones", !card.details.phones.empty()},
      {"emails", !card.details.emails.empty()},
      {"ibans", !card.details.ibans.empty()},
      {"segment", who.segment.has_value()},
      {"industry", card.details.industry.has_value()},
      {"price_type", terms_on(card, day).price_type.has_value()},
      {"owner", owner_on(card.facts, day).has_value()},
      {"decision_maker", decides}};
  Completeness result;
  result.required = required_of(who.kind);
  for (const auto field : result.required) {
    if (!present.at(field)) result.missing.push_back(field);
  }
  const auto all = static_cast<std::int64_t>(result.required.size());
  result.percent = (all - static_cast<std::int64_t>(result.missing.size())) * 100 / all;
  result.changed_on = last_change(card.facts);
  result.review_days = review_days(who);
  if (result.changed_on) result.days_since = days_between(*result.changed_on, day);
  const auto* review = last_of(card.facts.reviews);
  const bool review_due = review != nullptr && review->data.next_review_on &&
                          *review->data.next_review_on < day && review->day == result.changed_on;
  result.stale = !result.changed_on || result.days_since > result.review_days || review_due;
  return result;
}

}  // namespace ledger::client_card
