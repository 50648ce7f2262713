#include "projections/duties/tables.h"

namespace ledger::duties {

namespace {

// 1.3, second half: schemes, events, market and offers (domain-semantics.md).
constexpr Duty kRelations[] = {
    {
        .number = 46,
        .id = "schemes.followed",
        .quote = {"організовувати роботу з ними за усталеними діловими схемами.", "3.2"},
        .title_uk = "Ділові схеми",
        .title_en = "Business schemes",
        .rule = kTables,
        .events = {"scheme.assigned", "scheme.step_done"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
    {
        .number = 47,
        .id = "terms.special",
        .quote = {"пропозиції особливих умов договорів, систем знижок та індивідуального "
                  "обслуговування, прискорених термінів та особливих умов виконання договірних "
                  "зобов'язань, ін.",
                  "3.2"},
        .title_uk = "Особливі умови",
        .title_en = "Special terms",
        .period = Period::kDueDate,
        .rule = "due_date.v1",
        .events = {"client.terms_set", "approval.requested", "approval.decided"},
        .seen_in = {"/v1/obligations", "/v1/log/{position}"},
    },
    {
        .number = 48,
        .id = "clients.value",
        .quote =
            {"Розробляти схеми взаємовідносин з найбільш вигідними та перспективними клієнтами",
             "3.2"},
        .title_uk = "Вигідні та перспективні клієнти",
        .title_en = "Most valuable clients",
        .rule = "abc.v1",
        .events = {"invoice.issued", "payment.received", "financials.recorded"},
        .seen_in = {"/v1/clients/{id}", "/v1/clients", "/v1/reports/{manager}"},
    },
    {
        .number = 49,
        .id = "greetings.sent",
        .quote = {"Вітати з днем народження клієнтів з професійними святами.", "3.2"},
        .title_uk = "Привітання",
        .title_en = "Greetings",
        .period = Period::kDueDate,
        .rule = "greeting.v1",
        .events = {"contact_person.set", "greeting.sent"},
        .seen_in = {"/v1/obligations", "/v1/contact-plan"},
    },
    {
        .number = 50,
        .id = "exhibitions.visits",
        .quote = {"Забезпечувати можливість відвідування клієнтами виставок, ярмарків, презентацій "
                  "нових продуктів (товарів, послуг).",
                  "3.2"},
        .also = {"планів виставок", "1.5"},
        .title_uk = "Виставки та презентації",
        .title_en = "Exhibitions and presentations",
        .rule = "exhibition_visits.v1",
        .events = {"exhibition.planned", "exhibition.invited", "exhibition.attended"},
        .seen_in = {"/v1/clients/{id}/timeline", "/v1/log/{position}"},
    },
    {
        .number = 51,
        .id = "promotions.published",
        .quote = {"Просування своїх товарів чи послуг найкраще проводити за допомогою розміщення "
                  "рекламної інформації в різних спеціалізованих виданнях, участі в тематичних "
                  "виставках, проведення презентацій на території потенційного чи чинного клієнта",
                  "Робота з корпоративними клієнтами"},
        .also = {"запровадження практики ознайомлювальних семінарів та презентацій",
                 "Робота з корпоративними клієнтами"},
        .title_uk = "Реклама та семінари",
        .title_en = "Promotion and seminars",
        .rule = "promotion_leads.v1",
        .events = {"promotion.published", "exhibition.planned"},
        .seen_in = {"/v1/log/{position}"},
    },
    {
        .number = 52,
        .id = "surveys.held",
        .quote = {"проведення анкетування з метою з'ясування актуальних потреб клієнта",
                  "Робота з корпоративними клієнтами"},
        .also = {"проводить опитування", "Менеджер з роботи з Обов'язки"},
        .title_uk = "Опитування",
        .title_en = "Surveys",
        .rule = kTables,
        .events = {"survey.sent", "survey.answered"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
    {
        .number = 53,
        .id = "competitors.observed",
        .quote = {"Аналіз та облік роботи конкурентів.", "Посадові обов'язки, 12"},
        .also =
            {"він має проводити аналіз ринку, виявляти цільову аудиторію та моніторити конкурентів",
             "Обов'язки та права, 1"},
        .title_uk = "Облік конкурентів",
        .title_en = "Observation of competitors",
        .rule = kTables,
        .events = {"competitor.registered", "competitor.observed"},
        .seen_in = {"/v1/clients/{id}/timeline", "/v1/log/{position}"},
    },
    {
        .number = 54,
        .id = "competitors.comparison",
        .quote = {"Крім того, він повинен представляти послуги та продукти краще, ніж менеджери у "
                  "конкуруючих фірмах.",
                  "Обов'язки та права, 6"},
        .also = {"Крім того, необхідно детально вивчити пропозиції конкурентів та максимально "
                 "брати увагу на них.",
                 "Робота з корпоративними клієнтами"},
        .title_uk = "Порівняння з конкурентами",
        .title_en = "Comparison with competitors",
        .rule = kTables,
        .events = {"comparison.published"},
        .seen_in = {"/v1/log/{position}"},
    },
    {
        .number = 55,
        .id = "offers.price_floor",
        .quote = {"При цьому занадто низька ціна, відвертий демпінг до конкурентів, швидше "
                  "відлякає такого клієнта, ніж привабить його.",
                  "Корпоративні клієнти"},
        .title_uk = "Найнижча ціна пропозиції",
        .title_en = "Least price of an offer",
        .rule = "offer_checks.v1",
        .events = {"offer.described", "product.registered"},
        .seen_in = {"/v1/offer-checks", "/v1/breaches", "/v1/clients/{id}/timeline"},
    },
    {
        .number = 56,
        .id = "offers.completeness",
        .quote = {"У пропозицію необхідно включити максимальну кількість технічних характеристик, "
                  "цінових діапазонів для товару чи послуги, умов їх придбання",
                  "Корпоративні клієнти"},
        .title_uk = "Повнота пропозиції",
        .title_en = "Completeness of an offer",
        .rule = "offer_completeness.v1",
        .events = {"offer.described"},
        .seen_in = {"/v1/offer-checks", "/v1/clients/{id}/timeline"},
    },
    {
        .number = 57,
        .id = "offers.bundles",
        .quote = {"Важливу роль у побудові взаємин із корпоративним споживачем грає і "
                  "комплексність продажу.",
                  "Робота з корпоративними клієнтами"},
        .also = {"вигідні умовигарантійного та післягарантійного обслуговування",
                 "Робота з корпоративними клієнтами"},
        .title_uk = "Комплексні пропозиції",
        .title_en = "Complex offers",
        .rule = "bundle_rate.v1",
        .events = {"offer.described"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
    {
        .number = 58,
        .id = "letters.answered",
        .quote = {"веде ділове листування", "Менеджер з роботи з Обов'язки"},
        .title_uk = "Ділове листування",
        .title_en = "Business correspondence",
        .rule = "letters_answered.v1",
        .events = {"letter.exchanged"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
    {
        .number = 59,
        .id = "visits.arranged",
        .quote = {"Головне завдання – зацікавити потенційного покупця, що вперше звернувся до "
                  "компанії, і спонукати його прийти в її офіс",
                  "У маркетингу"},
        .also = {"прийом запитів на обслуговування чи консультацію", "У маркетингу"},
        .title_uk = "Візити до офісу",
        .title_en = "Visits to the office",
        .rule = "visits_arranged.v1",
        .events = {"inquiry.received", "meeting.planned", "meeting.held"},
        .seen_in = {"/v1/clients/{id}/timeline", "/v1/log/{position}"},
    },
    {
        .number = 60,
        .id = "needs.alternatives",
        .quote = {"Бувають ситуації, коли покупець шукає один товар, але потім з'ясовується, що "
                  "йому більше підходять інші позиції асортименту.",
                  "У продажах"},
        .title_uk = "Те, що підходить більше",
        .title_en = "What suits better",
        .rule = "need_alternatives.v1",
        .events = {"need.recorded", "analogue.offered"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
    {
        .number = 61,
        .id = "projects.milestones",
        .quote = {"супровід реалізації проектів", "Опис та характеристика професії"},
        .also = {"участь у презентаціях та переговорах", "Опис та характеристика професії"},
        .title_uk = "Супровід проєктів",
        .title_en = "Following projects",
        .rule = kTables,
        .events = {"project.milestone_reached"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
};

}  // namespace

std::span<const Duty> relations() { return kRelations; }

}  // namespace ledger::duties
