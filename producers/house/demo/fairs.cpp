// Exhibitions with who was invited and who came, promotions by channel, surveys with their answers.
#include <fmt/format.h>

#include "events/types/exhibition.h"
#include "events/types/market.h"
#include "events/types/need.h"
#include "producers/house/demo/house.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kHouse = "house/crm";

struct Fair {
  ExhibitionKind kind;
  std::string_view name;
  std::string_view place;
  int days;
};
constexpr Fair kFairs[] = {
    {ExhibitionKind::kPresentation, "Презентація фасадних фарб", "наш офіс, зал на 40 місць", 1},
    {ExhibitionKind::kExhibition, "Виставка «Будівництво та інтер'єр»", "Київ, павільйон 2", 3},
    {ExhibitionKind::kSeminar, "Семінар «Підготовка основи під плитку»", "Львів, готель", 1},
    {ExhibitionKind::kFair, "Ярмарок «Гурт до сезону»", "наш склад", 2},
};

struct Promotion {
  LeadChannel channel;
  std::string_view name;
};
constexpr Promotion kPromotions[] = {
    {LeadChannel::kWeb, "Банер «Прайс для магазинів» на будівельному порталі"},
    {LeadChannel::kMail, "Розсилка каталогу фарб нового сезону"},
    {LeadChannel::kAdvertising, "Шпальта у журналі «Будівельний гурт»"},
    {LeadChannel::kReferral, "Акція «Приведи колегу — знижка обом»"},
    {LeadChannel::kColdCall, "Обдзвін з пробною партією ґрунтовки"},
};

struct Question {
  std::string_view text;
  std::string_view answers[3];
};
constexpr Question kQuestions[] = {
    {"Що плануєте купувати в наступному кварталі?",
     {"фарби та ґрунтовки", "суміші та клей", "ще не вирішили"}},
    {"Чи влаштовує строк доставки?", {"так", "хотілося б швидше", "ні, часто запізнюються"}},
    {"Чого бракує в нашому асортименті?", {"нічого", "малої тари", "утеплювача"}},
    {"Як зручніше замовляти?", {"телефоном", "електронною поштою", "через кабінет на сайті"}},
};

}  // namespace

// Five a year; who is to come is asked in the two weeks before.
void Besides::hold_fairs(Date day) {
  const auto n = nth_begins(day, 12, 73);
  if (!n) return;
  const Fair& fair = kFairs[static_cast<std::size_t>(*n) % std::size(kFairs)];
  const Date from = house_.working_day(add_days(day, 20));
  ExhibitionPlanned plan;
  plan.exhibition_id = ExhibitionId(fmt::format("fair-{}", *n + 1));
  plan.kind = fair.kind;
  plan.name = fmt::format("{}, {}", fair.name, int(from.year()));
  plan.from = from;
  plan.to = add_days(from, fair.days - 1);
  plan.place = fair.place;
  const std::string name = plan.exhibition_id.text();
  house_.say(kHouse, name, day, 9 * 3600, EventData(plan));
  for (std::size_t m = 0; m < house_.managers().size(); ++m) {
    if (house_.is_present(house_.managers()[m], day) && !house_.clients_of(m).empty()) {
      invite(m, plan.exhibition_id, day, from);
    }
  }
}

void Besides::invite(std::size_t manager, const ExhibitionId& fair, Date day, Date from) {
  constexpr std::string_view kNotes[] = {"взяли каталог і віяло відтінків", "цікавились клеями",
                                         "просили пропозицію після виставки",
                                         "прийшли з виконробом"};
  const ManagerId& who = house_.managers()[manager].id;
  for (std::int64_t n = chance_.between(3, 6); n > 0; --n) {
    const Client& client = someone_of(manager);
    tell("invitation", later(day, 1, 9), EventData(ExhibitionInvited{fair, client.id, who}));
    if (!chance_.per_mille(550)) continue;
    ExhibitionAttended came;
    came.exhibition_id = fair;
    came.client_id = client.id;
    came.manager_id = who;
    if (chance_.per_mille(500)) came.note = chance_.one_of(kNotes);
    tell("visit-fair", from, EventData(came));
  }
}

void Besides::advertise(Date day) {
  const auto n = nth_begins(day, 5, 36);
  if (!n) return;
  const Promotion& one = kPromotions[static_cast<std::size_t>(*n) % std::size(kPromotions)];
  PromotionPublished published;
  const Manager& manager = chance_.one_of(house_.managers());
  if (house_.is_present(manager, day)) published.manager_id = manager.id;
  published.name = fmt::format("{}, № {}", one.name, *n + 1);
  published.channel = one.channel;
  published.published_on = day;
  tell("promotion", day, EventData(published));
}

// Each quarter some clients of each manager are asked, and half of them answer.
void Besides::send_survey(Date day) {
  const auto n = nth_begins(day, 30, 91);
  if (!n) return;
  const SurveyId survey(fmt::format("survey-{}", *n + 1));
  for (std::size_t m = 0; m < house_.managers().size(); ++m) {
    const Manager& manager = house_.managers()[m];
    if (!house_.is_present(manager, day) || house_.clients_of(m).empty()) continue;
    for (std::int64_t left = 5; left > 0; --left) {
      const Client& client = someone_of(m);
      tell("survey", day, EventData(SurveySent{survey, client.id, manager.id}));
      if (!chance_.per_mille(500)) continue;
      SurveyAnswered answered;
      answered.survey_id = survey;
      answered.client_id = client.id;
      answered.manager_id = manager.id;
      for (const auto& question : kQuestions) {
        if (!chance_.per_mille(800) && !answered.answers.empty()) continue;
        const std::string said(chance_.one_of(question.answers));
        answered.answers.push_back({std::string(question.text), said});
      }
      tell("survey-answer", later(day, 1, 12), EventData(answered));
    }
  }
}

}  // namespace ledger::demo
