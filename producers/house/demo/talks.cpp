// What clients say and write: objections, needs, opinions, letters, and what no other event tells.
#include <fmt/format.h>

#include "events/types/feedback.h"
#include "events/types/need.h"
#include "events/types/talk.h"
#include "producers/house/demo/house.h"
#include "producers/house/demo/names.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kMail = "mail/demo";

struct Objection {
  ObjectionKind kind;
  std::string_view text;
  std::string_view answer;  // empty: nothing was found to say
};
constexpr Objection kObjections[] = {
    {ObjectionKind::kPrice, "Дорожче, ніж беремо зараз",
     "Показали ціну за квадратний метр: витрата нижча на 15 %"},
    {ObjectionKind::kPrice, "Бюджет на квартал уже розподілено",
     "Запропонували відвантаження частинами з оплатою наступного місяця"},
    {ObjectionKind::kPrice, "Без знижки розмови не буде", ""},
    {ObjectionKind::kQuality, "Минула партія фарби дала інший відтінок",
     "Колірування за одним номером партії, паспорт якості до накладної"},
    {ObjectionKind::kQuality, "Плитка цього виробника кришиться на різі",
     "Передали зразки для пробного різання"},
    {ObjectionKind::kTiming, "Тиждень чекати не можемо",
     "Відвантажили залишок зі складу того ж дня, решту — за графіком"},
    {ObjectionKind::kTiming, "Об'єкт стоїть, покупки не на часі", ""},
    {ObjectionKind::kCompetitor, "У нас уже є постачальник",
     "Домовилися бути другим постачальником на термінові замовлення"},
    {ObjectionKind::kCompetitor, "Конкурент дає відстрочку 45 днів",
     "Порахували вартість відстрочки в їхній ціні"},
    {ObjectionKind::kTrust, "Про вашу фірму нічого не чули",
     "Надали відгуки трьох клієнтів області та договір постачання"},
    {ObjectionKind::kOther, "Вирішує головний офіс, не ми",
     "Отримали контакт закупівель головного офісу"},
};

struct Opinion {
  FeedbackKind kind;
  std::string_view cause;
  std::string_view text;
};
constexpr Opinion kOpinions[] = {
    {FeedbackKind::kSatisfied, "", "Привезли в обіцяний день, водій допоміг розвантажити"},
    {FeedbackKind::kSatisfied, "", "Менеджер сам нагадав про сезонну ціну"},
    {FeedbackKind::kDissatisfied, "доставка", "Машина приїхала по обіді замість ранку"},
    {FeedbackKind::kDissatisfied, "доставка", "Двічі за місяць переносили відвантаження"},
    {FeedbackKind::kDissatisfied, "документи", "Податкову накладну чекали два тижні"},
    {FeedbackKind::kDissatisfied, "якість", "У відрах ґрунтовки осад, довелося міняти"},
    {FeedbackKind::kDissatisfied, "ціна", "Ціну підняли без попередження"},
    {FeedbackKind::kDissatisfied, "зв'язок", "Не можемо додзвонитися в обід"},
    {FeedbackKind::kSuggestion, "асортимент", "Додайте фарбу в малій тарі для роздрібу"},
    {FeedbackKind::kSuggestion, "документи", "Надсилайте накладні в електронному вигляді"},
};

struct Note {
  std::string_view kind;
  std::string_view text;
};
constexpr Note kNotes[] = {
    {"консультація", "Пояснили, якою ґрунтовкою готувати бетон під плитку"},
    {"консультація", "Порахували витрату фарби на фасад 600 м²"},
    {"месенджер", "Надіслали у Viber фото залишків шпалер"},
    {"месенджер", "Узгодили відтінок за віялом RAL"},
    {"зразки", "Передали зразки ламінату і плінтуса"},
    {"зразки", "Залишили банку фарби на пробне фарбування"},
    {"екскурсія складом", "Показали склад і дільницю колірування"},
    {"виїзд на об'єкт", "Заміряли стіни, склали перелік матеріалів"},
};

constexpr std::string_view kSubjects[] = {
    "Прохання надати сертифікати якості", "Зміна банківських реквізитів",
    "Прохання про відстрочку платежу",    "Графік відвантажень на наступний місяць",
    "Довіреність на отримання товару",    "Заміна контактної особи"};

}  // namespace

void Besides::hear_out(std::size_t manager, Date day) {
  const Manager& who = house_.managers()[manager];
  if (chance_.per_mille(300)) {
    const Objection& heard = chance_.one_of(kObjections);
    ObjectionRaised objection;
    objection.client_id = someone_of(manager).id;
    objection.manager_id = who.id;
    objection.kind = heard.kind;
    objection.text = heard.text;
    if (!heard.answer.empty()) objection.answer = heard.answer;
    tell("objection", day, EventData(objection));
  }
  if (chance_.per_mille(100)) {
    const std::string product = product_name(chance_.below(20));
    NeedRecorded need;
    need.client_id = someone_of(manager).id;
    need.manager_id = who.id;
    need.need_id = NeedId(id("need"));
    need.text = "Можлива потреба наступного сезону: " + product;
    need.level = NeedLevel::kPossible;
    need.direction = product;
    tell("need", day, EventData(need));
  }
  if (chance_.per_mille(120)) {
    const Opinion& heard = chance_.one_of(kOpinions);
    FeedbackRecorded feedback;
    feedback.client_id = someone_of(manager).id;
    feedback.manager_id = who.id;
    feedback.kind = heard.kind;
    if (!heard.cause.empty()) feedback.cause = heard.cause;
    feedback.text = heard.text;
    tell("feedback", day, EventData(feedback));
  }
  if (chance_.per_mille(200)) {
    const Note& note = chance_.one_of(kNotes);
    tell("note", day,
         EventData(InteractionNoted{someone_of(manager).id, who.id, std::string(note.kind),
                                    std::string(note.text)}));
  }
  if (chance_.per_mille(250)) write_letters(someone_of(manager), who, day);
}

// A client writes; most letters are answered within two days.
void Besides::write_letters(const Client& client, const Manager& manager, Date day) {
  LetterExchanged letter;
  letter.message_id = fmt::format("<{}@client.example>", id("letter"));
  letter.direction = LetterDirection::kReceived;
  letter.address = client.email;
  letter.client_id = client.id;
  letter.manager_id = manager.id;
  letter.subject = chance_.one_of(kSubjects);
  const std::string received = letter.message_id;
  house_.say(kMail, received, day, chance_.between(8 * 3600, 17 * 3600), EventData(letter));
  if (!chance_.per_mille(850)) return;
  letter.message_id = fmt::format("<{}@house.example>", id("reply"));
  letter.direction = LetterDirection::kSent;
  letter.subject = "Re: " + *letter.subject;
  letter.in_reply_to = received;
  const std::string sent = letter.message_id;
  const Date answered = later(day, 1, 2);
  house_.say(kMail, sent, answered, chance_.between(9 * 3600, 17 * 3600), EventData(letter));
}

}  // namespace ledger::demo
