#include "projections/duties/tables.h"

namespace ledger::duties {

namespace {

// 1.2: the client base and the card (domain-semantics.md).
constexpr Duty kClientBase[] = {
    {
        .number = 14,
        .id = "database.kept",
        .quote =
            {"Формувати банк даних про клієнтів (клієнтську базу), своєчасно вносити до неї зміни",
             "3.1"},
        .also = {"Формування клієнтської бази.", "Посадові обов'язки, 11"},
        .title_uk = "Ведення клієнтської бази",
        .title_en = "Keeping the client base",
        .rule = "card_completeness.v1",
        .events = {"client.registered", "client.updated"},
        .seen_in = {"/v1/clients/{id}", "/v1/obligations"},
    },
    {
        .number = 15,
        .id = "cards.reviewed",
        .quote = {"Оформляти та аналізувати карту клієнта;", "3.1"},
        .title_uk = "Аналіз карти клієнта",
        .title_en = "Review of the client card",
        .rule = "card_completeness.v1",
        .events = {"client.reviewed"},
        .seen_in = {"/v1/clients/{id}", "/v1/clients/{id}/timeline"},
    },
    {
        .number = 16,
        .id = "terms.recorded",
        .quote = {"Знати договірні умови роботи з клієнтом, відображати їх у клієнтській базі.",
                  "3.1"},
        .title_uk = "Договірні умови в базі",
        .title_en = "Contract terms in the base",
        .rule = kTables,
        .events = {"client.terms_set"},
        .seen_in = {"/v1/clients/{id}", "/v1/clients/{id}/timeline"},
    },
    {
        .number = 17,
        .id = "terms.observed",
        .quote = {"При роботі з клієнтами враховувати ці умови, тип цін та стан дебіторської "
                  "заборгованості.",
                  "3.1"},
        .title_uk = "Врахування умов, цін і боргу",
        .title_en = "Heeding terms, prices and debt",
        .rule = "offer_checks.v1",
        .events = {"client.updated", "shipment.stopped", "shipment.released", "credit_limit.set",
                   "offer.described"},
        .seen_in = {"/v1/clients/{id}", "/v1/clients/{id}/receivables", "/v1/offer-checks",
                    "/v1/breaches"},
    },
    {
        .number = 18,
        .id = "cards.announced",
        .quote = {"Оформляти нові картки покупців та товару та інформувати про це відповідні "
                  "служби компанії.",
                  "3.1"},
        .title_uk = "Нові картки та повідомлення служб",
        .title_en = "New cards and notice to the services",
        .rule = "due_date.v1",
        .events = {"client.registered", "product.registered", "service.notified",
                   "service.acknowledged"},
        .seen_in = {"/v1/clients/{id}/timeline", "/v1/obligations"},
    },
    {
        .number = 19,
        .id = "clients.reviewed",
        .quote = {"Аналізувати та оновлювати інформацію необхідно і за чинними клієнтами компанії.",
                  "Робота з корпоративними клієнтами"},
        .title_uk = "Оновлення даних чинних клієнтів",
        .title_en = "Renewing what is known of clients",
        .rule = "card_staleness.v1",
        .events = {"client.reviewed", "client.updated"},
        .seen_in = {"/v1/clients/{id}", "/v1/clients/{id}/timeline", "/v1/log/{position}"},
    },
    {
        .number = 20,
        .id = "contacts.decision_makers",
        .quote =
            {"отримати інформацію про співробітників, уповноважених приймати рішення про закупівлю",
             "Робота з корпоративними клієнтами"},
        .title_uk = "Особи, що ухвалюють рішення",
        .title_en = "Decision makers",
        .rule = kTables,
        .events = {"contact_person.set", "contact_person.removed"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
    {
        .number = 21,
        .id = "clients.financials",
        .quote = {"проаналізувати поточне фінансовий станта потенціал розвитку клієнтів",
                  "Робота з корпоративними клієнтами"},
        .title_uk = "Фінансовий стан і потенціал",
        .title_en = "Financial state and potential",
        .rule = kTables,
        .events = {"financials.recorded"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
    {
        .number = 22,
        .id = "clients.criteria",
        .quote = {"Корпоративний клієнт розробляє низку критеріїв для вибору товару чи послуги",
                  "Корпоративні клієнти"},
        .title_uk = "Критерії вибору клієнта",
        .title_en = "Criteria of the client's choice",
        .rule = kTables,
        .events = {"client.criteria_recorded"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
    {
        .number = 23,
        .id = "clients.requirements",
        .quote = {"постачальники складають матриці, яким повинен відповідати запропонований товар "
                  "або послуга",
                  "Корпоративні клієнти"},
        .title_uk = "Матриця вимог",
        .title_en = "Matrix of requirements",
        .rule = kTables,
        .events = {"requirements.recorded", "offer.matched"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
    {
        .number = 24,
        .id = "clients.segmentation",
        .quote =
            {"Для цього всі юридичні особи заведено сегментувати в залежності від розміру бізнесу.",
             "Види корпоративних клієнтів"},
        .title_uk = "Сегмент і розмір клієнта",
        .title_en = "Segment and size of the client",
        .rule = kTables,
        .events = {"client.segment_set"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
    {
        .number = 25,
        .id = "tenders.bids",
        .quote = {"Закупівлю товарів та послуг такі компанії виробляють на конкурсній основі. "
                  "Залучити в якості клієнтів їх можна шляхом подання найбільш вигідної заявки, що "
                  "відповідає умовам тендеру.",
                  "Види корпоративних клієнтів"},
        .title_uk = "Тендери",
        .title_en = "Tenders",
        .period = Period::kDueDate,
        .rule = "due_date.v1",
        .events = {"tender.found", "tender.bid_submitted", "tender.decided"},
        .seen_in = {"/v1/obligations"},
    },
    {
        .number = 26,
        .id = "segments.separation",
        .quote =
            {"Неприпустимо, щоб той самий менеджер зі збуту працював з обома сегментами клієнтів.",
             "Корпоративні клієнти"},
        .title_uk = "Розмежування сегментів",
        .title_en = "Separation of segments",
        .rule = "segments.v1",
        .events = {"client.assigned", "client.segment_set", "stand_in.appointed"},
        .seen_in = {"/v1/clients/{id}", "/v1/breaches"},
    },
    {
        .number = 27,
        .id = "corporate.qualification",
        .quote = {"Співробітники, що працюють з корпоративними клієнтами, повинні мати максимально "
                  "високу кваліфікацію та компетенцію.",
                  "Робота з корпоративними клієнтами"},
        .title_uk = "Кваліфікація для корпоративних клієнтів",
        .title_en = "Qualification for corporate clients",
        .rule = "corporate_attested.v1",
        .events = {"attestation.held", "client.assigned"},
        .seen_in = {"/v1/clients/{id}", "/v1/breaches/preview", "/v1/log/{position}"},
    },
    {
        .number = 28,
        .id = "clients.key_accounts",
        .quote = {"обслуговування VIP-клієнтів, спілкування з корпоративними партнерами",
                  "Формула кар'єри"},
        .also = {"підтримує довгострокові відносини з ключовими покупцями",
                 "Менеджер з роботи з Обов'язки"},
        .title_uk = "Ключові клієнти",
        .title_en = "Key accounts",
        .rule = kTables,
        .events = {"client.key_account_set"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
    {
        .number = 29,
        .id = "clients.repeat_orders",
        .quote = {"Клієнтоорієнтованість, тобто бажання сформувати у покупців бажання звернутися "
                  "до компанії знову.",
                  "Обов'язки та права, 5"},
        .title_uk = "Повторні замовлення",
        .title_en = "Repeat orders",
        .rule = "repeat_orders.v1",
        .events = {"order.placed"},
        .seen_in = {"/v1/clients/{id}/receivables"},
    },
};

}  // namespace

std::span<const Duty> client_base() { return kClientBase; }

}  // namespace ledger::duties
