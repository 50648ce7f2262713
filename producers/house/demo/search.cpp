// How clients are found: leads, inquiries with their sources, visits arranged, methods.
#include <fmt/format.h>

#include "events/types/follow_up.h"
#include "events/types/market.h"
#include "events/types/meeting.h"
#include "events/types/meeting_plan.h"
#include "events/types/talk.h"
#include "producers/house/demo/house.h"
#include "producers/house/demo/names.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kHouse = "house/crm";
constexpr std::int64_t kUnknownPhones = 90'000;  // from which on nobody's card has the number

struct Found {
  LeadChannel channel;
  std::string_view note;
};
constexpr Found kLeads[] = {
    {LeadChannel::kColdCall, "Обдзвін магазинів будматеріалів області"},
    {LeadChannel::kColdCall, "Обдзвін підрядників за переліком тендерів"},
    {LeadChannel::kMail, "Відповіли на розсилку прайсу фарб"},
    {LeadChannel::kWeb, "Форма «Стати партнером» на сайті"},
    {LeadChannel::kWeb, "Запит з каталогу будівельних товарів"},
    {LeadChannel::kExhibition, "Візитка зі стенда на виставці"},
    {LeadChannel::kReferral, "Порадив постійний клієнт"},
    {LeadChannel::kReferral, "Порадив виконроб сусіднього об'єкта"},
    {LeadChannel::kAdvertising, "Оголошення у журналі «Будівельний гурт»"},
    {LeadChannel::kOther, "Вивіска нового магазину на маршруті менеджера"},
};

struct Inquiry {
  InquiryChannel channel;
  std::string_view text;
};
constexpr Inquiry kInquiries[] = {
    {InquiryChannel::kCall, "Питають оптову ціну на фарбу фасадну від 200 відер"},
    {InquiryChannel::kCall, "Чи є доставка клею на об'єкт з розвантаженням"},
    {InquiryChannel::kCall, "Потрібен рахунок на ґрунтовку та шпаклівку"},
    {InquiryChannel::kEmail, "Просять прайс і сертифікати на лаки"},
    {InquiryChannel::kEmail, "Запит на кошторис оздоблювальних матеріалів"},
    {InquiryChannel::kVisit, "Прийшли подивитися зразки ламінату"},
    {InquiryChannel::kVisit, "Хочуть порівняти відтінки за каталогом"},
    {InquiryChannel::kWeb, "Запит на дзвінок щодо умов для магазинів"},
    {InquiryChannel::kWeb, "Чи можна замовити колірування невеликої партії"},
};
constexpr std::string_view kHeardFrom[] = {"порадив знайомий підрядник",
                                           "знайшли на сайті",
                                           "реклама у журналі",
                                           "бачили стенд на виставці",
                                           "купували раніше",
                                           "побачили машину з логотипом",
                                           "порадив архітектор проєкту",
                                           "пропозиція в електронній пошті"};
constexpr std::string_view kAnswers[] = {"надіслано прайс і умови", "передзвонили, узгодили обсяг",
                                         "виставлено рахунок",
                                         "запрошено до офісу на перегляд зразків"};
constexpr std::string_view kMissed[] = {"клієнт переніс без нової дати", "клієнт захворів",
                                        "не було пального на дорогу", "повітряна тривога"};

struct Method {
  std::string_view id;
  std::string_view title;
  std::string_view text;
};
constexpr Method kMethods[] = {
    {"new-sites", "Новобудови району",
     "Раз на тиждень об'їхати нові будмайданчики, знайти виконроба, запропонувати пробну партію."},
    {"shops-map", "Карта магазинів",
     "Скласти карту магазинів будматеріалів області, дзвонити за нею зверху вниз."},
    {"sleeping", "Сплячі клієнти",
     "Хто не купував пів року: дзвінок з питанням про останню покупку, потім знижка на "
     "повернення."},
    {"architects", "Через архітекторів",
     "Передати архітекторам каталог відтінків; замовник об'єкта приходить уже з номером кольору."},
};

}  // namespace

void Besides::publish_methods(Date day) {
  constexpr int kSecondVersionAfter = 90;
  for (const auto& method : kMethods) {
    MethodPublished published;
    published.method_id = MethodId(std::string(method.id));
    published.version = 1;
    published.title = method.title;
    published.text = method.text;
    house_.say(kHouse, fmt::format("method-{}-1", method.id), day, 8 * 3600 + 1200,
               EventData(published));
    if (method.id != kMethods[0].id) continue;
    published.version = 2;
    published.text = std::string(method.text) + " Фото об'єкта — до картки клієнта.";
    const Date again = house_.working_day(add_days(day, kSecondVersionAfter));
    house_.say(kHouse, fmt::format("method-{}-2", method.id), again, 9 * 3600,
               EventData(published));
  }
}

// A card that is opened for a prospect tells whence he is.
void Besides::on_card(const Client& client, Date day) {
  const Manager& manager = house_.managers()[client.manager];
  place_client(client, manager, day);
  const bool is_new = day != house_.first();
  if (is_new) announce(client, manager, day);
  if (client.is_customer || !(is_new || chance_.per_mille(200))) return;
  const Found& found = chance_.one_of(kLeads);
  LeadFound lead;
  lead.client_id = client.id;
  lead.manager_id = manager.id;
  lead.channel = found.channel;
  lead.note = found.note;
  tell("lead", day, EventData(lead));
}

// A method is used with who is no customer yet.
void Besides::search(std::size_t manager, Date day) {
  if (!chance_.per_mille(350)) return;
  const Client& client = house_.client(chance_.one_of(house_.clients_of(manager)));
  if (client.is_customer) return;
  const Method& method = chance_.one_of(kMethods);
  tell("method-use", day,
       EventData(MethodApplied{MethodId(std::string(method.id)), client.id,
                               house_.managers()[manager].id}));
}

void Besides::take_inquiry(std::size_t manager, Date day) {
  if (!chance_.per_mille(220)) return;
  const Client& client = someone_of(manager);
  const Manager& who = house_.managers()[manager];
  const Inquiry& asked = chance_.one_of(kInquiries);
  const bool is_known = chance_.per_mille(880);
  InquiryReceived inquiry;
  inquiry.inquiry_id = InquiryId(id("inquiry"));
  inquiry.channel = asked.channel;
  if (is_known) inquiry.client_id = client.id;
  if (!is_known) inquiry.phone = phone(kUnknownPhones + chance_.below(400));
  inquiry.text = asked.text;
  if (chance_.per_mille(850)) inquiry.heard_from = chance_.one_of(kHeardFrom);
  const std::int64_t second = chance_.between(9 * 3600, 16 * 3600);
  const std::string name = inquiry.inquiry_id.text();
  house_.say(kHouse, name, day, second, EventData(inquiry));
  if (!chance_.per_mille(930)) return;
  InquiryAnswered answered;
  answered.inquiry_id = inquiry.inquiry_id;
  answered.client_id = inquiry.client_id;
  answered.manager_id = who.id;
  answered.note = chance_.one_of(kAnswers);
  const bool at_once = chance_.per_mille(800);
  const Date when = at_once ? day : later(day, 1, 2);
  const std::int64_t took = at_once ? chance_.between(300, 7200) : 0;
  house_.say(kHouse, name + "-answered", when, second + took, EventData(answered));
  if (is_known && chance_.per_mille(400)) arrange_visit(client, who, when);
}

// Most come; whether with something signed is another matter.
void Besides::arrange_visit(const Client& client, const Manager& manager, Date day) {
  const Date visit = later(day, 1, 7);
  const std::int64_t second = chance_.between(10, 16) * 3600;
  MeetingPlanned plan;
  plan.meeting_id = MeetingId(id("visit"));
  plan.client_id = client.id;
  plan.manager_id = manager.id;
  plan.planned_for = house_.zone().to_instant(visit, std::chrono::seconds(second));
  plan.topic = "знайомство і зразки: " + product_name(chance_.below(20));
  plan.place = "наш офіс";
  const std::string name = plan.meeting_id.text();
  house_.say(kHouse, name, day, 17 * 3600 + 2400, EventData(plan));
  const std::int64_t outcome = chance_.below(100);
  if (outcome < 78) {
    MeetingHeld held;
    held.client_id = client.id;
    held.manager_id = manager.id;
    held.topic = plan.topic;
    held.place = plan.place;
    held.meeting_id = plan.meeting_id;
    held.level = chance_.per_mille(400) ? MeetingLevel::kHead : MeetingLevel::kSpecialist;
    held.preliminary = true;
    house_.say(kHouse, name + "-held", visit, second + 3000, EventData(held));
  } else if (outcome < 94) {
    const std::string reason(chance_.one_of(kMissed));
    house_.say(kHouse, name + "-missed", visit, second + 3600,
               EventData(MeetingMissed{plan.meeting_id, client.id, manager.id, reason}));
  }
}

}  // namespace ledger::demo
