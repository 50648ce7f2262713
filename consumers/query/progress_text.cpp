#include "consumers/query/progress_text.h"

#include <algorithm>
#include <array>

namespace ledger {

namespace {

struct Word {
  std::string_view word;
  ProgressText text;
};

constexpr std::array kWords{
    Word{"opened", {"відкрито", "opened"}},
    Word{"assigned", {"доручено", "assigned"}},
    Word{"resolved", {"вирішено", "resolved"}},
    Word{"rejected", {"відхилено", "rejected"}},
    Word{"promised", {"обіцяно", "promised"}},
    Word{"arrived", {"товар надійшов", "the goods came in"}},
    Word{"told", {"повідомлено", "told"}},
    Word{"asked", {"запитано", "asked"}},
    Word{"answered", {"відповідь є", "answered"}},
    Word{"found", {"знайдено", "found"}},
    Word{"bid", {"заявку подано", "bid submitted"}},
    Word{"decided", {"рішення є", "decided"}},
    Word{"planned", {"заплановано", "planned"}},
    Word{"held", {"відбулося", "held"}},
    Word{"missed", {"не відбулося", "missed"}},
    Word{"callback", {"передзвонити", "call back"}},
    Word{"visit", {"візит", "visit"}},
    Word{"letter", {"лист", "letter"}},
    Word{"offer", {"пропозиція", "offer"}},
    Word{"other", {"інше", "other"}},
    Word{"delivery_note", {"видаткова накладна", "delivery note"}},
    Word{"completion_act", {"акт виконаних робіт", "act of completion"}},
    Word{"tax_invoice", {"податкова накладна", "tax invoice"}},
    Word{"power_of_attorney", {"довіреність", "power of attorney"}},
    Word{"call", {"дзвінок", "call"}},
    Word{"email", {"електронна пошта", "e-mail"}},
    Word{"web", {"сайт", "web"}},
    Word{"interested", {"зацікавлені", "interested"}},
    Word{"offer_requested", {"просять пропозицію", "asks for an offer"}},
    Word{"refused", {"відмова", "refused"}},
    Word{"deal", {"домовились", "deal"}},
    Word{"no_need", {"потреби немає", "no need"}},
    Word{"details_unconfirmed",
         {"деталі з клієнтом не уточнено", "details not confirmed with the client"}},
    Word{"requested", {"запитано", "requested"}},
    Word{"confirmed", {"підтверджено", "confirmed"}},
    Word{"warehouse", {"склад", "warehouse"}},
    Word{"accounting", {"бухгалтерія", "accounting"}},
    Word{"logistics", {"логістика", "logistics"}},
    Word{"production", {"виробництво", "production"}},
    Word{"not_owed", {"не вимагається", "not owed"}},
    Word{"done", {"виконано", "done"}},
    Word{"granted", {"погоджено", "granted"}},
    Word{"denied", {"відмовлено", "denied"}},
    Word{"check_digit_wrong", {"контрольна цифра хибна", "the check digit is wrong"}},
    Word{"corrected", {"виправлено", "corrected"}},
    Word{"supplied", {"надано", "supplied"}},
    Word{"recorded", {"зафіксовано", "recorded"}},
    Word{"explained", {"пояснено", "explained"}},
    Word{"closed", {"закрито", "closed"}},
    Word{"due", {"очікується", "due"}},
    Word{"submitted", {"подано", "submitted"}},
    Word{"returned", {"повернуто", "returned"}},
    Word{"accepted", {"прийнято", "accepted"}},
    Word{"missing", {"немає", "missing"}},
    Word{"passed", {"атестовано", "passed"}},
    Word{"conditional", {"атестовано умовно", "passed on conditions"}},
    Word{"failed", {"не атестовано", "failed"}},
    Word{"untouched", {"без дій", "nothing done"}},
    Word{"none", {"немає", "none"}},
    Word{"drafted", {"складено", "drafted"}},
    Word{"sent", {"надіслано", "sent"}},
    Word{"disagreed", {"з розбіжностями", "disagreed"}},
    Word{"reissued", {"видано заново", "issued anew"}},
    Word{"signed", {"підписано", "signed"}},
    Word{"birthday", {"день народження", "birthday"}},
    Word{"professional_holiday", {"професійне свято", "professional holiday"}},
    Word{"standard", {"звичайні умови", "standard terms"}},
    Word{"discount", {"знижка", "discount"}},
    Word{"deferred_payment", {"відстрочка платежу", "deferred payment"}},
    Word{"individual_service", {"індивідуальне обслуговування", "individual service"}},
    Word{"faster_delivery", {"прискорене постачання", "faster delivery"}}};

}  // namespace

ProgressText progress_text(std::string_view word) {
  const auto* const found =
      std::find_if(kWords.begin(), kWords.end(), [&](const Word& one) { return one.word == word; });
  return found == kWords.end() ? ProgressText() : found->text;
}

}  // namespace ledger
