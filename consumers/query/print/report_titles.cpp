#include "consumers/query/print/report_titles.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "projections/monthly_report/plan.h"

namespace ledger::print {

namespace {

struct Title {
  std::string_view id;
  std::string_view uk;
  std::string_view en;
};

constexpr std::array kSections{
    Title{"time", "Робочий час", "Working time"},
    Title{"norms", "1. Норми", "1. Norms"},
    Title{"contracts", "2. Договори", "2. Contracts"},
    Title{"clients", "3. Клієнтська база", "3. Clients"},
    Title{"acts", "4. Акти звірки", "4. Reconciliation acts"},
    Title{"debts", "5. Оборот і дебіторська заборгованість", "5. Turnover and receivables"},
    Title{"offers", "6. Пропозиції та потреби", "6. Offers and needs"},
    Title{"service", "7. Скарги, дефіцит, обіцянки", "7. Complaints, shortages, promises"},
    Title{"meetings", "8. Зустрічі, виставки, вітання", "8. Meetings, exhibitions, greetings"},
    Title{"market", "9. Конкуренти та ринок", "9. Competitors and market"},
    Title{"plan", "10. План", "10. Plan"},
    Title{"tasks", "11. Доручення", "11. Errands"},
    Title{"breaches", "12. Порушення та пояснення", "12. Breaches and explanations"},
    Title{"corrections", "13. Виправлення до попередніх звітів",
          "13. Corrections to earlier reports"},
};

constexpr std::array kLines{
    Title{"days.working", "Робочих днів за графіком", "Working days by schedule"},
    Title{"days.worked", "з них відпрацьовано", "of them worked"},
    Title{"days.excused", "звільнено від норми дзвінків", "excused from the norm of calls"},
    Title{"stand_ins.given", "Днів заміщення інших", "Days of standing in for others"},
    Title{"stand_ins.taken", "Днів заміщення менеджера", "Days on which others stood in"},
    Title{"calls.counted", "Дзвінків зараховано", "Calls counted"},
    Title{"calls.target", "Норма дзвінків за місяць", "Calls due in the month"},
    Title{"calls.days_due", "Днів, у які належало дзвонити", "Days on which calls were due"},
    Title{"calls.days_met", "днів, у які норму виконано", "of them met"},
    Title{"calls.worst_day", "найгірший день", "the worst day"},
    Title{"calls.worst_day_counted", "зараховано того дня", "counted on it"},
    Title{"calls.self_reported", "внесено вручну (самозвіт)", "entered by hand"},
    Title{"calls.self_reported_share", "частка самозвіту", "share entered by hand"},
    Title{"email_offers.counted", "Пропозицій електронною поштою", "Offers by e-mail"},
    Title{"email_offers.target", "Норма пропозицій поштою за місяць", "Offers by e-mail due"},
    Title{"email_offers.days_due", "Днів, у які належало надсилати", "Days on which they were due"},
    Title{"email_offers.days_met", "днів, у які норму виконано", "of them met"},
    Title{"email_offers.worst_day", "найгірший день", "the worst day"},
    Title{"email_offers.worst_day_counted", "зараховано того дня", "counted on it"},
    Title{"phone_offers.counted", "Пропозицій телефоном (компаній)",
          "Offers by telephone (companies)"},
    Title{"phone_offers.target", "Норма пропозицій телефоном за місяць", "Offers by telephone due"},
    Title{"phone_offers.days_due", "Днів, у які належало пропонувати",
          "Days on which they were due"},
    Title{"phone_offers.days_met", "днів, у які норму виконано", "of them met"},
    Title{"phone_offers.worst_day", "найгірший день", "the worst day"},
    Title{"phone_offers.worst_day_counted", "зараховано того дня", "counted on it"},
    Title{"phone_offers.self_reported", "без дзвінка (самозвіт)", "without a call"},
    Title{"phone_offers.self_reported_share", "частка самозвіту", "share without a call"},
    Title{"database.counted", "Змін у базі клієнтів", "Changes to the client base"},
    Title{"database.target", "Норма змін за місяць", "Changes due in the month"},
    Title{"database.days_due", "Днів, у які належало вносити зміни",
          "Days on which changes were due"},
    Title{"database.days_met", "днів, у які зміни внесено", "of them with changes"},
    Title{"database.worst_day", "найгірший день", "the worst day"},
    Title{"database.worst_day_counted", "зараховано того дня", "counted on it"},
    Title{"contracts.new", "Договорів з новими клієнтами", "Contracts with new clients"},
    Title{"contracts.target", "Норма договорів", "Contracts due"},
    Title{"contracts.returned", "Договорів із поверненими клієнтами",
          "Contracts with returned clients"},
    Title{"contracts.signed", "Усього підписано договорів", "Contracts signed in all"},
    Title{"clients.base", "Клієнтів на кінець місяця", "Clients at the end of the month"},
    Title{"clients.stood_in", "з них за заміщенням", "of them in a stand-in's care"},
    Title{"clients.stale", "з них картка застаріла", "of them with a stale card"},
    Title{"clients.contacted", "був контакт протягом місяця",
          "spoken or written with in the month"},
    Title{"clients.contacted_share", "охоплення контактами", "coverage of contact"},
    Title{"clients.class_a", "Клієнтів A (оплати та потенціал)", "A clients (payments, potential)"},
    Title{"clients.class_b", "клієнтів B", "B clients"},
    Title{"clients.class_c", "клієнтів C", "C clients"},
    Title{"clients.class_none", "н/д: не платили, потенціал невідомий",
          "n/a: paid nothing, no potential known"},
    Title{"clients.new_cards", "Нових карток", "New cards"},
    Title{"clients.changed", "Змін у картках", "Changes of cards"},
    Title{"clients.reviewed", "Переглянуто карток", "Cards reviewed"},
    Title{"acts.needed", "Клієнтів, з якими належить звіритися", "Clients to reconcile with"},
    Title{"acts.done", "з них звірено (до 10 числа)", "of them done (by the 10th)"},
    Title{"acts.only_sent", "лише надіслано", "only sent"},
    Title{"acts.disputed", "звірено з розбіжностями", "done, with differences"},
    Title{"acts.sent", "Надіслано актів", "Acts sent"},
    Title{"acts.confirmed", "Підтверджено", "Confirmed"},
    Title{"acts.disagreed", "З розбіжностями", "With differences"},
    Title{"acts.signed", "Підписано обома сторонами", "Signed by both"},
    Title{"turnover.invoiced", "Виставлено рахунків на суму", "Invoiced"},
    Title{"turnover.invoiced_last_month", "за попередній місяць", "in the month before"},
    Title{"turnover.invoiced_last_year", "за той самий місяць торік",
          "in that month a year before"},
    Title{"turnover.paid", "Оплачено", "Paid"},
    Title{"turnover.paid_last_month", "за попередній місяць", "in the month before"},
    Title{"turnover.paid_last_year", "за той самий місяць торік", "in that month a year before"},
    Title{"debts.opening", "Борг на початок місяця", "Debt at the beginning"},
    Title{"debts.opening.not_due", "строк не настав", "not due"},
    Title{"debts.opening.days_1_30", "прострочено 1–30 днів", "1–30 days past due"},
    Title{"debts.opening.days_31_60", "прострочено 31–60 днів", "31–60 days past due"},
    Title{"debts.opening.days_61_90", "прострочено 61–90 днів", "61–90 days past due"},
    Title{"debts.opening.days_over_90", "прострочено понад 90 днів", "over 90 days past due"},
    Title{"debts.invoiced", "Виставлено цим клієнтам", "Invoiced to these clients"},
    Title{"debts.paid", "Оплачено ними", "Paid by them"},
    Title{"debts.other", "Інші зміни (коригування, списання, скасування)",
          "Other changes (credit notes, write-offs, cancellations)"},
    Title{"debts.closing", "Борг на кінець місяця", "Debt at the end"},
    Title{"debts.closing.not_due", "строк не настав", "not due"},
    Title{"debts.closing.days_1_30", "прострочено 1–30 днів", "1–30 days past due"},
    Title{"debts.closing.days_31_60", "прострочено 31–60 днів", "31–60 days past due"},
    Title{"debts.closing.days_61_90", "прострочено 61–90 днів", "61–90 days past due"},
    Title{"debts.closing.days_over_90", "прострочено понад 90 днів", "over 90 days past due"},
    Title{"debts.fell_due", "Строк оплати настав", "Fell due in the month"},
    Title{"debts.paid_in_time", "з цього оплачено вчасно", "of it paid in time"},
    Title{"debts.in_time_share", "частка оплаченого вчасно", "share paid in time"},
    Title{"debts.promises_due", "Обіцянок, строк яких настав", "Promises that fell due"},
    Title{"debts.promises_kept", "з них виконано", "of them kept"},
    Title{"debts.actions", "Дій зі стягнення", "Collection actions"},
    Title{"debts.reminders", "Нагадувань і претензій", "Reminders and claims"},
    Title{"debts.promises", "Обіцянок оплати", "Promises to pay"},
    Title{"offers.made", "Зроблено пропозицій", "Offers made"},
    Title{"offers.contracts", "Договорів із клієнтами, яким за 90 днів до того зробили пропозицію",
          "Contracts with clients to whom an offer was made in the 90 days before"},
    Title{"offers.answered", "на скільки з надісланих поштою відповіли",
          "of those by e-mail, answered"},
    Title{"needs.recorded", "Записано потреб", "Needs recorded"},
    Title{"complaints.opened", "Отримано скарг", "Complaints opened"},
    Title{"complaints.closed", "Закрито скарг", "Complaints closed"},
    Title{"stockouts.reported", "Випадків відсутності товару", "Shortages"},
    Title{"stock_promises.made", "Обіцянок повідомити про надходження", "Arrivals promised"},
    Title{"stock_promises.kept", "з них виконано", "Promises kept"},
    Title{"meetings.held", "Зустрічей", "Meetings"},
    Title{"greetings.sent", "Вітань", "Greetings"},
    Title{"exhibitions.invited", "Запрошень на виставки", "Invitations to exhibitions"},
    Title{"exhibitions.attended", "Відвідувань виставок", "Visits to exhibitions"},
    Title{"competitors.observed", "Спостережень за конкурентами", "Observations of competitors"},
    Title{"objections.raised", "Заперечень клієнтів", "Objections of clients"},
    Title{"plan.calls.target", "Дзвінків за планом", "Calls planned"},
    Title{"plan.calls.fact", "зроблено", "made"},
    Title{"plan.email_offers.target", "Пропозицій поштою за планом", "Offers by e-mail planned"},
    Title{"plan.email_offers.fact", "надіслано", "sent"},
    Title{"plan.phone_offers.target", "Пропозицій телефоном за планом",
          "Offers by telephone planned"},
    Title{"plan.phone_offers.fact", "зроблено", "made"},
    Title{"plan.new_client_contracts.target", "Договорів з новими клієнтами за планом",
          "Contracts with new clients planned"},
    Title{"plan.new_client_contracts.fact", "укладено", "signed"},
    Title{"plan.new_clients.target", "Нових клієнтів за планом пошуку", "New clients planned"},
    Title{"plan.new_clients.fact", "знайдено", "found"},
    Title{"plan.meetings.target", "Зустрічей за планом", "Meetings planned"},
    Title{"plan.meetings.fact", "проведено", "held"},
    Title{"plan.turnover.target", "Оборот за планом", "Turnover planned"},
    Title{"plan.turnover.fact", "виставлено рахунків на суму", "invoiced"},
    Title{"plan.other.target", "Інших пунктів плану", "Other items planned"},
    Title{"plan.other.fact", "виконано", "done"},
    Title{"plan.next.calls", "Дзвінків у плані на наступний місяць",
          "Calls planned for next month"},
    Title{"plan.next.email_offers", "Пропозицій поштою у плані на наступний місяць",
          "Offers by e-mail planned for next month"},
    Title{"plan.next.phone_offers", "Пропозицій телефоном у плані на наступний місяць",
          "Offers by telephone planned for next month"},
    Title{"plan.next.new_client_contracts",
          "Договорів з новими клієнтами у плані на наступний місяць",
          "Contracts with new clients planned for next month"},
    Title{"plan.next.new_clients", "Нових клієнтів у плані на наступний місяць",
          "New clients planned for next month"},
    Title{"plan.next.meetings", "Зустрічей у плані на наступний місяць",
          "Meetings planned for next month"},
    Title{"plan.next.turnover", "Оборот у плані на наступний місяць",
          "Turnover planned for next month"},
    Title{"plan.next.other", "Інших пунктів у плані на наступний місяць",
          "Other items planned for next month"},
    Title{"plan.items_done", "Виконано пунктів плану", "Plan items done"},
    Title{"tasks.assigned", "Отримано доручень", "Errands received"},
    Title{"tasks.done", "Виконано доручень", "Errands done"},
    Title{"tasks.refused", "Відхилено доручень", "Errands refused"},
    Title{"breaches.recorded", "Порушень", "Breaches"},
    Title{"breaches.explained", "Порушень пояснено", "Breaches explained"},
    Title{"breaches.found", "Порушень виявлено за правилами", "Breaches found by rules"},
    Title{"corrections.figures", "Показників змінено після прийняття звіту",
          "Figures changed after the report was accepted"},
};

// What a title goes on from that says only a part: by the beginning of its id, the longest first.
constexpr std::array kGroups{
    Title{"calls.", "Дзвінки", "Calls"},
    Title{"email_offers.", "Пропозиції поштою", "Offers by e-mail"},
    Title{"phone_offers.", "Пропозиції телефоном", "Offers by telephone"},
    Title{"database.", "Зміни в базі клієнтів", "Changes to the client base"},
    Title{"days.", "Дні", "Days"},
    Title{"clients.", "Клієнти", "Clients"},
    Title{"acts.", "Акти звірки", "Reconciliation acts"},
    Title{"turnover.invoiced", "Виставлено рахунків на суму", "Invoiced"},
    Title{"turnover.paid", "Оплачено", "Paid"},
    Title{"debts.opening.", "Борг на початок місяця", "Debt at the beginning"},
    Title{"debts.closing.", "Борг на кінець місяця", "Debt at the end"},
    Title{"debts.promises", "Обіцянки оплати", "Promises to pay"},
    Title{"debts.", "Строк оплати настав", "Fell due in the month"},
    Title{"stock_promises.", "Обіцянки повідомити про надходження", "Arrivals promised"},
    Title{"plan.calls.", "План дзвінків", "Plan of calls"},
    Title{"plan.email_offers.", "План пропозицій поштою", "Plan of offers by e-mail"},
    Title{"plan.phone_offers.", "План пропозицій телефоном", "Plan of offers by telephone"},
    Title{"plan.new_client_contracts.", "План договорів", "Plan of contracts"},
    Title{"plan.new_clients.", "План нових клієнтів", "Plan of new clients"},
    Title{"plan.meetings.", "План зустрічей", "Plan of meetings"},
    Title{"plan.turnover.", "План обороту", "Plan of turnover"},
    Title{"plan.other.", "Інші пункти плану", "Other items of the plan"},
};

// Whether a title begins as the middle of a sentence does: small, or with a digit.
bool is_part(std::string_view title) {
  if (title.empty()) return false;
  const auto first = static_cast<unsigned char>(title[0]);
  if (first < 0x80) return (first >= 'a' && first <= 'z') || (first >= '0' && first <= '9');
  // Ukrainian letters in UTF-8: the small ones are D0 B0 and beyond.
  return first == 0xD1 ||
         (first == 0xD0 && title.size() > 1 && static_cast<unsigned char>(title[1]) >= 0xB0);
}

std::string_view in(const Title& title, Language language) {
  return language == Language::kUkrainian ? title.uk : title.en;
}

}  // namespace

std::string_view title_of(monthly_report::Section section, Language language) {
  return in(kSections[static_cast<std::size_t>(section)], language);
}

std::string title_of(std::string_view line_id, Language language) {
  using monthly_report::kProductPlan;
  if (line_id.starts_with(kProductPlan)) {
    const std::size_t end = line_id.rfind('.');
    const std::string whole = "plan.turnover" + std::string(line_id.substr(end));
    return fmt::format("{}: {}", title_of(whole, language),
                       line_id.substr(kProductPlan.size(), end - kProductPlan.size()));
  }
  const auto find = [](std::string_view id) {
    return std::find_if(kLines.begin(), kLines.end(),
                        [&](const Title& title) { return title.id == id; });
  };
  const auto* found = find(line_id);
  // A share of money is told for each currency: "debts.in_time_share.UAH".
  if (found == kLines.end()) found = find(line_id.substr(0, line_id.rfind('.')));
  return std::string(found == kLines.end() ? line_id : in(*found, language));
}

std::string whole_title_of(std::string_view line_id, Language language) {
  std::string title = title_of(line_id, language);
  // A share of money is told for each currency: which one, only its id says.
  constexpr std::string_view kShare = "debts.in_time_share.";
  if (line_id.starts_with(kShare)) {
    const std::string_view currency = line_id.substr(kShare.size());
    title += ", ";
    title += language == Language::kUkrainian && currency == "UAH" ? "грн" : currency;
  }
  return title;
}

std::string full_title_of(std::string_view line_id, Language language) {
  std::string title = whole_title_of(line_id, language);
  if (!is_part(title)) return title;
  const auto* const group = std::find_if(kGroups.begin(), kGroups.end(), [&](const Title& one) {
    return line_id.starts_with(one.id);
  });
  if (group == kGroups.end()) return title;
  return std::string(in(*group, language)) + ": " + title;
}

}  // namespace ledger::print
