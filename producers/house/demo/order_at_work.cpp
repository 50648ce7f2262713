// Order at work: with what managers came, by what they are judged, what they ask of others in the
// house, who looked at what is confidential; breaches with their explanations, and damage.
#include <fmt/format.h>

#include "events/types/attestation.h"
#include "events/types/conduct.h"
#include "events/types/errand.h"
#include "events/types/qualification.h"
#include "events/types/rule.h"
#include "producers/house/demo/house.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kStaff = "house/staff";
constexpr int kCriteriaDays = 182;  // as often as attestations

struct Question {
  std::string_view asked;
  std::string_view question;
  std::string_view answer;
};
constexpr Question kQuestions[] = {
    {"бухгалтерія", "Акт за останній квартал для клієнта", "акт надіслано поштою"},
    {"бухгалтерія", "Чи зареєстрована податкова накладна", "зареєстрована"},
    {"склад", "Залишки фарби фасадної за відтінками", "таблиця залишків"},
    {"логістика", "Коли машина на Волинь", "по середах і п'ятницях"},
    {"юрист", "Проєкт додаткової угоди про відстрочку", "проєкт у спільній теці"},
    {"виробництво", "Строк колірування партії 300 л", "два робочі дні"}};
constexpr std::string_view kResources[] = {
    "Замінити гарнітуру, співрозмовник не чує", "Друкарка для накладних на складі",
    "Доступ до каталогу відтінків виробника", "Службове авто на виїзд до об'єктів"};

struct Breach {
  std::string_view duty;
  std::string_view text;
  std::string_view explanation;
};
constexpr Breach kBreaches[] = {
    {"calls.daily", "18 дзвінків замість 30", "Пів дня був на об'єкті клієнта"},
    {"offers.email.daily", "31 пропозиція замість 50", "Не працювала пошта до обіду"},
    {"calls.results", "Результати дзвінків не внесено за два дні", "Внесу до кінця тижня"},
    {"complaints.resolved", "Скарга без відповіді понад строк", "Чекав на висновок технолога"},
    {"offers.price_floor", "Ціна нижча за найнижчу без погодження",
     "Погодив телефоном, лист не надіслав"},
    {"tasks.done", "Доручення не виконано до строку", "Переніс через відпустку колеги"}};
constexpr std::string_view kDecisions[] = {"зауваження", "пояснення прийнято, без наслідків",
                                           "зменшено премію на 5 %"};

struct Incident {
  std::string_view text;
  std::int64_t damage;  // in hryvnias, 0: none
};
constexpr Incident kIncidents[] = {{"Пошкоджено палету плитки під час показу складу", 8'400},
                                   {"Відвантажено не той відтінок за помилкою в заявці", 15'200},
                                   {"Прайс із закупівельними цінами надіслано клієнту", 0},
                                   {"Розбито зразок скла у виставковій залі", 2'100}};

std::string criteria_version(std::int64_t number) { return fmt::format("criteria.v{}", number); }

}  // namespace

// What a new manager brings and signs; the criteria that are in force.
void Besides::on_hired(const Manager& manager, Date day) {
  QualificationRecorded came;
  came.manager_id = manager.id;
  came.education = chance_.per_mille(750) ? Education::kHigher : Education::kSpecialisedSecondary;
  came.sales_months = chance_.between(8, 96);
  came.document = fmt::format("диплом № {}", chance_.between(100'000, 999'999));
  const std::string& who = manager.id.text();
  house_.say(kStaff, "qualification-" + who, day, 8 * 3600 + 600, EventData(came));
  house_.say(kStaff, "secrecy-" + who, day, 8 * 3600 + 900,
             EventData(SecrecyAcknowledged{manager.id, day}));
  const int since = days_between(house_.first(), day);
  if (since == 0) return;  // signs when they are published
  house_.say(kStaff, "criteria-" + who, day, 8 * 3600 + 960,
             EventData(CriteriaAcknowledged{manager.id, day,
                                            criteria_version(since / kCriteriaDays + 1)}));
}

// Each half year; who is there signs within a week or two, and not everybody does.
void Besides::publish_criteria(Date day) {
  const auto n = nth_begins(day, 0, kCriteriaDays);
  if (!n) return;
  RulePublished rule;
  rule.rule = "criteria";
  rule.version = criteria_version(*n + 1);
  rule.valid_from = day;
  rule.text = "Критерії оцінки: план пошуку, обіг, своєчасність карток, звіти, претензії";
  const std::string name = rule.version;
  house_.say(kStaff, name, day, 8 * 3600 + 1800, EventData(rule));
  for (const auto& manager : house_.managers()) {
    if (!house_.is_present(manager, day) || !chance_.per_mille(940)) continue;
    const Date signed_on = later(day, 0, 10);
    house_.say(kStaff, fmt::format("{}-{}", name, manager.id.text()), signed_on, 9 * 3600 + 1500,
               EventData(CriteriaAcknowledged{manager.id, signed_on, name}));
  }
}

void Besides::ask_inside(std::size_t manager, Date day) {
  const Manager& who = house_.managers()[manager];
  if (chance_.per_mille(90)) {
    const Question& about = chance_.one_of(kQuestions);
    InformationRequested request;
    request.request_id = RequestId(id("question"));
    request.manager_id = who.id;
    request.asked = about.asked;
    request.question = about.question;
    request.due_on = later(day, 2, 5);
    tell("asks", day, EventData(request));
    if (chance_.per_mille(900)) {
      const InformationSupplied supplied{request.request_id, who.id, std::string(about.answer)};
      tell("told", later(day, 1, 6), EventData(supplied));
    }
  }
  if (chance_.per_mille(20)) {
    const std::string text(chance_.one_of(kResources));
    const RequestId request(id("resource"));
    tell("needs", day, EventData(ResourceRequested{request, who.id, text}));
  }
  if (chance_.per_mille(25)) record_breach(who, day);
  if (chance_.per_mille(6)) record_incident(who, day);
}

// Found out on the next day; explained within three, decided within two weeks.
void Besides::record_breach(const Manager& manager, Date day) {
  const Breach& about = chance_.one_of(kBreaches);
  BreachRecorded breach;
  breach.breach_id = BreachId(id("breach"));
  breach.manager_id = manager.id;
  breach.duty_id = about.duty;
  breach.happened_on = day;
  breach.text = about.text;
  const std::string name = breach.breach_id.text();
  const Date found = later(day, 1, 1);
  house_.say(kStaff, name, found, 10 * 3600, EventData(breach));
  if (!chance_.per_mille(880)) return;
  const Date explained = later(found, 1, 3);
  house_.say(
      kStaff, name + "-explained", explained, 12 * 3600,
      EventData(ExplanationGiven{breach.breach_id, manager.id, std::string(about.explanation)}));
  if (!chance_.per_mille(850)) return;
  const std::string decision(chance_.one_of(kDecisions));
  house_.say(kStaff, name + "-closed", later(explained, 1, 9), 16 * 3600,
             EventData(BreachClosed{breach.breach_id, manager.id, decision}));
}

void Besides::record_incident(const Manager& manager, Date day) {
  const Incident& what = chance_.one_of(kIncidents);
  IncidentRecorded incident;
  incident.incident_id = IncidentId(id("incident"));
  incident.manager_id = manager.id;
  incident.happened_on = day;
  incident.text = what.text;
  if (what.damage > 0) incident.amount = Money{what.damage * 100, Currency::parse("UAH").value()};
  tell("happened", day, EventData(incident));
}

}  // namespace ledger::demo
