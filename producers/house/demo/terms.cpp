// What is agreed with clients: special terms with their approvals, schemes, projects, drafts of
// contracts and the disagreements about them.
#include <fmt/format.h>

#include "events/types/client_terms.h"
#include "events/types/contract_draft.h"
#include "events/types/errand.h"
#include "events/types/notice.h"
#include "events/types/talk.h"
#include "producers/house/demo/house.h"
#include "producers/house/demo/names.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kHouse = "house/crm";

struct Special {
  TermsKind kind;
  std::int64_t discount_bp;  // 0: none
  std::string_view subject;
};
constexpr Special kSpecial[] = {
    {TermsKind::kDiscount, 300, "Знижка 3 % за квартальний обсяг"},
    {TermsKind::kDiscount, 500, "Знижка 5 % на час акції виробника"},
    {TermsKind::kDiscount, 700, "Знижка 7 % на стартову партію"},
    {TermsKind::kIndividualService, 0, "Закріпити комірника і технолога на час об'єкта"},
    {TermsKind::kFasterDelivery, 0, "Доставка в день замовлення до 12:00"},
    {TermsKind::kOther, 0, "Повернення залишків протягом 60 днів"},
};
constexpr std::string_view kRefusals[] = {"є прострочений борг", "обсяг не виправдовує умов",
                                          "маржа нижча за дозволену"};

struct Scheme {
  std::string_view name;
  std::string_view steps[4];
};
constexpr Scheme kSchemes[] = {
    {"Новий магазин роздрібу",
     {"знайомство і прайс", "пробна партія", "викладка на полиці", "річний договір"}},
    {"Підрядник на об'єкті",
     {"кошторис матеріалів", "графік поставок", "перше відвантаження", "звірка за об'єктом"}},
    {"Ключовий клієнт",
     {"зустріч керівників", "індивідуальні умови", "щомісячний огляд", "план на рік"}},
};
constexpr Scheme kProjects[] = {
    {"Ремонт мережі магазинів",
     {"заміри", "погоджено відтінки", "перша черга відвантажена", "здано"}},
    {"Фасад житлового будинку",
     {"кошторис погоджено", "пробна ділянка", "половина фасаду", "здано замовнику"}},
    {"Оздоблення офісного центру",
     {"презентація матеріалів", "переговори з підрядником", "поставки за графіком", "здано"}},
};

struct Clause {
  std::string_view clause;
  std::string_view objection;
  std::string_view settled;
};
constexpr Clause kClauses[] = {
    {"4.2", "Пеня 0,5 % за день завелика", "Погоджено подвійну облікову ставку"},
    {"3.1", "Просять відстрочку 30 днів замість 14", "Погоджено 21 день"},
    {"5.4", "Приймання за якістю — 10 днів, не 3", "Погоджено 7 робочих днів"},
    {"7.1", "Спори — за місцем покупця", "Залишено місце відповідача"},
};

}  // namespace

void Besides::agree_terms(std::size_t manager, Date day) {
  const Manager& who = house_.managers()[manager];
  if (chance_.per_mille(50)) follow_scheme(someone_of(manager), who, day);
  if (chance_.per_mille(35)) follow_project(someone_of(manager), who, day);
  if (chance_.per_mille(90)) {
    const Client& client = house_.client(chance_.one_of(house_.clients_of(manager)));
    if (!client.is_customer) draft_contract(client, who, day);
  }
  if (!chance_.per_mille(90)) return;
  const Client& client = someone_of(manager);
  const Special& special = chance_.one_of(kSpecial);
  ApprovalRequested request;
  request.approval_id = ApprovalId(id("approval"));
  request.manager_id = who.id;
  request.subject = special.subject;
  request.client_id = client.id;
  request.amount = Money{client.order_minor, client.currency};
  tell("asks", day, EventData(request));
  if (!chance_.per_mille(920)) return;
  const Date when = later(day, 1, 4);
  ApprovalDecided decided;
  decided.approval_id = request.approval_id;
  decided.manager_id = who.id;
  decided.granted = chance_.per_mille(750);
  decided.decided_by = chance_.per_mille(700) ? "керівник відділу" : "комерційний директор";
  decided.client_id = client.id;
  if (!decided.granted) decided.reason = chance_.one_of(kRefusals);
  house_.say(kHouse, id("decided"), when, 12 * 3600, EventData(decided));
  if (!decided.granted) return;
  ClientTermsSet terms;
  terms.client_id = client.id;
  terms.manager_id = who.id;
  terms.kind = special.kind;
  terms.valid_from = when;
  terms.valid_to = add_days(when, static_cast<int>(chance_.between(60, 180)));
  if (special.discount_bp > 0) terms.discount_bp = special.discount_bp;
  terms.text = special.subject;
  terms.approved_by = decided.decided_by;
  house_.say(kHouse, id("terms"), when, 15 * 3600, EventData(terms));
}

// A step every two weeks or so; not every scheme comes to its end.
void Besides::follow_scheme(const Client& client, const Manager& manager, Date day) {
  const Scheme& way = chance_.one_of(kSchemes);
  SchemeAssigned scheme;
  scheme.scheme_id = SchemeId(id("scheme"));
  scheme.client_id = client.id;
  scheme.manager_id = manager.id;
  scheme.name = way.name;
  scheme.steps.assign(std::begin(way.steps), std::end(way.steps));
  tell("scheme-of", day, EventData(scheme));
  Date when = day;
  const std::int64_t steps = chance_.between(1, 4);
  for (std::int64_t step = 0; step < steps; ++step) {
    when = later(when, 7, 21);
    tell("step", when, EventData(SchemeStepDone{scheme.scheme_id, client.id, manager.id, step}));
  }
}

void Besides::follow_project(const Client& client, const Manager& manager, Date day) {
  const Scheme& project = chance_.one_of(kProjects);
  Date when = day;
  for (const auto milestone : project.steps) {
    ProjectMilestoneReached reached;
    reached.client_id = client.id;
    reached.manager_id = manager.id;
    reached.project = fmt::format("{}, {}", project.name, town(client.number));
    reached.milestone = milestone;
    tell("milestone", when, EventData(reached));
    if (!chance_.per_mille(800)) return;
    when = later(when, 8, 25);
  }
}

// The contract of a prospect, under the id that it has when it is signed.
void Besides::draft_contract(const Client& client, const Manager& manager, Date day) {
  ContractDraftSent draft;
  draft.contract_id = ContractId("k-" + client.id.text());
  draft.client_id = client.id;
  draft.manager_id = manager.id;
  draft.sent_on = day;
  draft.number = fmt::format("{}/{}", client.number + 1, int(day.year()) % 100);
  tell("draft", day, EventData(draft));
  if (!chance_.per_mille(450)) return;
  const Clause& about = chance_.one_of(kClauses);
  ContractDisagreementRaised raised;
  raised.contract_id = draft.contract_id;
  raised.client_id = client.id;
  raised.manager_id = manager.id;
  raised.clause = about.clause;
  raised.text = about.objection;
  const Date when = later(day, 1, 6);
  tell("disagrees", when, EventData(raised));
  if (!chance_.per_mille(800)) return;
  ContractDisagreementResolved resolved;
  resolved.contract_id = draft.contract_id;
  resolved.client_id = client.id;
  resolved.manager_id = manager.id;
  resolved.clause = about.clause;
  resolved.text = about.settled;
  tell("settled", later(when, 1, 9), EventData(resolved));
}

}  // namespace ledger::demo
