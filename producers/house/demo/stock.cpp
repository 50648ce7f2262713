// What is done where goods are not there, experts asked, and the showroom with its till and stock.
#include <fmt/format.h>

#include "events/types/client_merge.h"
#include "events/types/need.h"
#include "events/types/shop.h"
#include "events/types/stock.h"
#include "events/types/supply.h"
#include "producers/house/demo/house.h"
#include "producers/house/demo/names.h"

namespace ledger::demo {

namespace {

constexpr std::string_view kHouse = "house/crm";
constexpr std::string_view kStore = "house/warehouse";
constexpr std::string_view kShowroom = "виставкова зала";

constexpr std::string_view kDetails[] = {
    "Колір за RAL 7016, фасування по 10 л, розвантаження гідробортом",
    "Уся партія одним номером, інакше не приймуть",
    "Половину зараз, решту за тиждень; телефон комірника на об'єкті",
    "Довжина бухти 100 м, різати не можна"};
constexpr std::string_view kLost[] = {"узяли в того, хто мав на складі", "чекати не захотіли",
                                      "перейшли на іншу марку"};

struct Question {
  std::string_view question;
  std::string_view answer;
};
constexpr Question kQuestions[] = {
    {"Чи тримається фасадна фарба на старій вапняній штукатурці?",
     "Так, після ґрунтовки глибокого проникнення; витрата 0,2 л на м²"},
    {"Яким клеєм класти керамограніт на теплу підлогу?", "Еластичний клас С2ТЕ, шов не менше 3 мм"},
    {"Чи можна змішувати лак двох партій?", "Лише з однаковою датою виробництва"},
    {"Яку потужність насоса взяти на свердловину 40 м?", "Не менше 0,75 кВт, кабель 4х1,5"},
    {"Чи підійде ламінат 32 класу для магазину?", "До 50 відвідувачів на день; інакше 33 клас"}};
constexpr std::string_view kExperts[] = {"технолог Дячук", "інженер Ковтун",
                                         "начальник дільниці колірування Тимошук"};
constexpr std::string_view kAmiss[] = {"не прибрано розсипану суміш",
                                       "немає цінників на двох рядах",
                                       "не горить світильник над стендом"};

}  // namespace

void Besides::on_shortage(const Client& client, const Manager& manager, const Shortage& shortage) {
  if (chance_.per_mille(450)) offer_analogue(client, manager, shortage);
  if (chance_.per_mille(600)) ask_supply(client, manager, shortage);
  if (chance_.per_mille(250)) {
    house_.say(kStore, shortage.id.text() + "-arrived", shortage.due, 8 * 3600 + 1800,
               EventData(GoodsArrived{shortage.product, shortage.due, shortage.quantity}));
  }
  if (client.is_customer || !chance_.per_mille(200)) return;
  ClientLost lost;
  lost.client_id = client.id;
  lost.manager_id = manager.id;
  lost.reason = chance_.one_of(kLost);
  lost.to_competitor = some_competitor();
  tell("lost", later(shortage.day, 2, 20), EventData(lost));
}

void Besides::offer_analogue(const Client& client, const Manager& manager,
                             const Shortage& shortage) {
  AnalogueOffered analogue;
  analogue.client_id = client.id;
  analogue.manager_id = manager.id;
  analogue.case_id = shortage.id;
  analogue.wanted = shortage.product;
  analogue.offered = shortage.product + ", інша марка";
  const std::int64_t answer = chance_.below(100);
  if (answer < 80) analogue.accepted = answer < 50;
  house_.say(kHouse, shortage.id.text() + "-analogue", shortage.day, shortage.second + 180,
             EventData(analogue));
}

void Besides::ask_supply(const Client& client, const Manager& manager, const Shortage& shortage) {
  SupplyRequested request;
  request.request_id = RequestId("supply-" + shortage.id.text());
  request.manager_id = manager.id;
  request.product = shortage.product;
  request.quantity = shortage.quantity;
  request.case_id = shortage.id;
  request.client_id = client.id;
  request.needed_by = shortage.due;
  const std::string name = request.request_id.text();
  house_.say(kHouse, name, shortage.day, shortage.second + 300, EventData(request));
  if (chance_.per_mille(650)) {
    SupplyDetailsConfirmed details;
    details.request_id = request.request_id;
    details.client_id = client.id;
    details.manager_id = manager.id;
    if (client.number % 5 != 4) details.person_id = PersonId("p-" + client.id.text());
    details.details = chance_.one_of(kDetails);
    house_.say(kHouse, name + "-details", shortage.day, shortage.second + 900, EventData(details));
  }
  if (!chance_.per_mille(920)) return;
  SupplyAnswered answer;
  answer.request_id = request.request_id;
  answer.confirmed = chance_.per_mille(850);
  answer.client_id = client.id;
  if (answer.confirmed) answer.expected_on = shortage.due;
  if (!answer.confirmed) answer.note = "постачальник без залишків до кінця місяця";
  house_.say(kStore, name + "-answered", later(shortage.day, 1, 2), 14 * 3600, EventData(answer));
}

void Besides::ask_experts(std::size_t manager, Date day) {
  if (!chance_.per_mille(70)) return;
  const Client& client = someone_of(manager);
  const Question& asked = chance_.one_of(kQuestions);
  ConsultationRequested request;
  request.consultation_id = ConsultationId(id("consultation"));
  request.client_id = client.id;
  request.manager_id = house_.managers()[manager].id;
  request.question = asked.question;
  tell("asked", day, EventData(request));
  if (!chance_.per_mille(920)) return;
  ConsultationAnswered answered;
  answered.consultation_id = request.consultation_id;
  answered.client_id = client.id;
  answered.answer = asked.answer;
  answered.answered_by = chance_.one_of(kExperts);
  tell("advised", later(day, 1, 4), EventData(answered));
}

// One till, closed by the first at his desk; a look round the showroom on Fridays; its stock
// counted in each month.
void Besides::run_shop(Date day) {
  const Manager* on_duty = nullptr;
  for (const auto& manager : house_.managers()) {
    if (!house_.is_present(manager, day)) continue;
    if (on_duty == nullptr || manager.segment == Segment::kRetail) on_duty = &manager;
    if (manager.segment == Segment::kRetail) break;
  }
  if (on_duty == nullptr) return;
  const Currency hryvnia = Currency::parse("UAH").value();
  CashShiftClosed shift;
  shift.shift_id = ShiftId("shift-" + format_date(day));
  shift.manager_id = on_duty->id;
  shift.till = "каса виставкової зали";
  shift.closed_on = day;
  shift.expected = {chance_.around(4'000, 60'000) * 100, hryvnia};
  shift.counted = shift.expected;
  if (chance_.per_mille(60)) shift.counted.amount_minor += chance_.between(-12, 6) * 50'00;
  const std::string name = shift.shift_id.text();
  house_.say(kStore, name, day, 18 * 3600 + 900, EventData(shift));
  if (std::chrono::weekday{std::chrono::sys_days{day}} == std::chrono::Friday) {
    PremisesChecked checked;
    checked.manager_id = on_duty->id;
    checked.checked_on = day;
    checked.place = kShowroom;
    checked.in_order = chance_.per_mille(850);
    if (!checked.in_order) checked.note = chance_.one_of(kAmiss);
    tell("premises", day, EventData(checked));
  }
  if (!nth_begins(day, 25, 30)) return;
  InventoryCounted counted;
  counted.manager_id = on_duty->id;
  counted.counted_on = day;
  counted.place = kShowroom;
  counted.positions = chance_.between(180, 260);
  counted.differences = chance_.between(0, 6);
  if (counted.differences > 0) counted.note = "пересортиця відтінків";
  tell("inventory", day, EventData(counted));
}

}  // namespace ledger::demo
