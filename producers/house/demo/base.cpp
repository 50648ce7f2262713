// What is known of clients: their side and size, reviews, finances, criteria, forecasts of
// reliability, tenders; and that the services of the house hear of new ones.
#include <fmt/format.h>

#include "events/types/client_review.h"
#include "events/types/client_terms.h"
#include "events/types/notice.h"
#include "events/types/tender.h"
#include "producers/house/demo/house.h"
#include "producers/house/demo/names.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kHouse = "house/crm";

constexpr std::string_view kConclusions[] = {"Обсяг зростає: запропонувати річний договір",
                                             "Купують лише фарби: показати суміші та інструмент",
                                             "Замовлення рідшають: зустріч із директором",
                                             "Контактна особа змінилася, дані оновлено",
                                             "Платять вчасно: можна збільшити ліміт",
                                             "Без змін, наступний перегляд за графіком"};
constexpr std::string_view kSources[] = {"фінансова звітність у відкритому реєстрі",
                                         "баланс, наданий клієнтом", "аналітична довідка банку"};
constexpr std::string_view kBases[] = {"історія оплат за рік", "фінансова звітність",
                                       "відгуки двох постачальників", "судовий реєстр: справ немає",
                                       "рекомендація клієнта області"};
constexpr std::string_view kTenders[] = {
    "Фарби та лаки для шкіл громади", "Матеріали для ремонту амбулаторії",
    "Світильники для коридорів лікарні", "Спецодяг комунального підприємства",
    "Плитка для харчоблоку ліцею"};
constexpr std::string_view kAnnounced[] = {"Нова картка покупця: реквізити та адреса розвантаження",
                                           "Нова картка покупця: код у податкових накладних",
                                           "Новий покупець: графік під'їзду машин"};
constexpr ServiceKind kServices[] = {ServiceKind::kWarehouse, ServiceKind::kAccounting,
                                     ServiceKind::kLogistics};
constexpr std::string_view kServants[] = {"завідувач складу Гнатюк", "бухгалтер Петрук",
                                          "логіст Яремчук"};

// How far the habit is to be trusted; what a manager thinks may be another matter.
ReliabilityGrade grade_of(Habit habit) {
  switch (habit) {
    case Habit::kPunctual:
      return ReliabilityGrade::kA;
    case Habit::kPartial:
      return ReliabilityGrade::kC;
    case Habit::kLate:
    case Habit::kDisputes:
    case Habit::kBad:
      return ReliabilityGrade::kD;
  }
  return ReliabilityGrade::kD;
}

CompanySize size_of(const Client& client) {
  if (client.order_minor < 40'000'00) return CompanySize::kSmall;
  return client.order_minor < 110'000'00 ? CompanySize::kMedium : CompanySize::kLarge;
}

}  // namespace

void Besides::place_client(const Client& client, const Manager& manager, Date day) {
  ClientSegmentSet segment;
  segment.client_id = client.id;
  segment.manager_id = manager.id;
  segment.segment = client.segment;
  segment.size = size_of(client);
  segment.effective_from = day;
  tell("segment", day, EventData(segment));
  if (client.is_customer && chance_.per_mille(60)) set_key_account(client, manager, day);
}

void Besides::set_key_account(const Client& client, const Manager& manager, Date day) {
  ClientKeyAccountSet key;
  key.client_id = client.id;
  key.manager_id = manager.id;
  key.key_account = true;
  key.reason =
      client.is_customer ? "обсяг закупівель за рік" : "мережа магазинів, високий потенціал";
  tell("key-account", day, EventData(key));
}

// The service takes note by the next day, mostly.
void Besides::announce(const Client& client, const Manager& manager, Date day) {
  const auto whom = static_cast<std::size_t>(chance_.below(std::size(kServices)));
  ServiceNotified notice;
  notice.notice_id = NoticeId(id("notice"));
  notice.service = kServices[whom];
  notice.about = kAnnounced[whom];
  notice.client_id = client.id;
  notice.manager_id = manager.id;
  tell("notified", day, EventData(notice));
  if (!chance_.per_mille(930)) return;
  tell("noted", later(day, 1, 2),
       EventData(ServiceAcknowledged{notice.notice_id, std::string(kServants[whom]), client.id}));
}

void Besides::study_clients(std::size_t manager, Date day) {
  const Manager& who = house_.managers()[manager];
  if (chance_.per_mille(300)) {
    ClientReviewed reviewed;
    reviewed.client_id = someone_of(manager).id;
    reviewed.manager_id = who.id;
    reviewed.conclusion = chance_.one_of(kConclusions);
    if (chance_.per_mille(600)) reviewed.next_review_on = later(day, 60, 120);
    tell("review", day, EventData(reviewed));
  }
  if (chance_.per_mille(70)) {
    const Client& client = someone_of(manager);
    FinancialsRecorded finances;
    finances.client_id = client.id;
    finances.manager_id = who.id;
    finances.source = chance_.one_of(kSources);
    const std::chrono::year last = day.year() - std::chrono::years(1);
    finances.period_from = Date{last, std::chrono::January, std::chrono::day{1}};
    finances.period_to = Date{last, std::chrono::December, std::chrono::day{31}};
    const std::int64_t revenue = client.order_minor * chance_.around(40, 260);
    finances.revenue = Money{revenue, client.currency};
    finances.profit = Money{revenue / 100 * chance_.between(-6, 14), client.currency};
    finances.potential = Money{client.order_minor * chance_.around(6, 30), client.currency};
    tell("finances", day, EventData(finances));
  }
  if (chance_.per_mille(60)) {
    ClientCriteriaRecorded criteria;
    criteria.client_id = someone_of(manager).id;
    criteria.manager_id = who.id;
    criteria.price = chance_.between(50, 100);
    criteria.quality = chance_.between(30, 95);
    criteria.functionality = chance_.between(10, 70);
    criteria.benefit = chance_.between(20, 80);
    criteria.term = chance_.between(30, 95);
    criteria.information = chance_.between(5, 60);
    tell("criteria", day, EventData(criteria));
  }
  if (chance_.per_mille(120)) assess(someone_of(manager), who, day);
  if (chance_.per_mille(8)) set_key_account(someone_of(manager), who, day);
}

// Right three times of four; else better than what comes.
void Besides::assess(const Client& client, const Manager& manager, Date day) {
  ReliabilityGrade grade = grade_of(client.habit);
  if (!chance_.per_mille(750)) {
    grade = grade == ReliabilityGrade::kA ? ReliabilityGrade::kB : ReliabilityGrade::kA;
  }
  ReliabilityAssessed assessed;
  assessed.client_id = client.id;
  assessed.manager_id = manager.id;
  assessed.grade = grade;
  assessed.score = 90 - 22 * static_cast<std::int64_t>(grade) + chance_.between(-8, 8);
  assessed.basis = chance_.one_of(kBases);
  assessed.valid_to = add_days(day, static_cast<int>(chance_.between(45, 120)));
  tell("forecast", day, EventData(assessed));
}

// Authorities buy by tender; most of those that are found are bid for in time.
void Besides::bid(std::size_t manager, Date day) {
  if (!chance_.per_mille(700)) return;
  const Client& client = house_.client(chance_.one_of(house_.clients_of(manager)));
  if (client.segment != Segment::kGovernment) return;
  const Manager& who = house_.managers()[manager];
  TenderFound tender;
  tender.tender_id = TenderId(id("tender"));
  tender.client_id = client.id;
  tender.manager_id = who.id;
  tender.subject = chance_.one_of(kTenders);
  tender.bid_due_on = later(day, 7, 14);
  const std::string name = tender.tender_id.text();
  house_.say(kHouse, name, day, 9 * 3600 + 1200, EventData(tender));
  if (!chance_.per_mille(880)) return;
  const Money amount{client.order_minor * chance_.between(2, 6), client.currency};
  house_.say(kHouse, name + "-bid", later(day, 2, 6), 15 * 3600,
             EventData(TenderBidSubmitted{tender.tender_id, client.id, who.id, amount}));
  const bool won = chance_.per_mille(380);
  TenderDecided decided{tender.tender_id, client.id, who.id, won, std::nullopt};
  if (!won) decided.reason = chance_.per_mille(700) ? "ціна переможця нижча" : "тендер скасовано";
  house_.say(kHouse, name + "-decided", later(tender.bid_due_on, 3, 12), 16 * 3600,
             EventData(decided));
}

}  // namespace ledger::demo
