#include "projections/duties/tables.h"

namespace ledger::duties {

namespace {

// 1.5: staff, order, rights and liability (domain-semantics.md).
constexpr Duty kStaff[] = {
    {
        .number = 78,
        .id = "staff.orders",
        .quote = {"Менеджер призначається посаду і звільняється з посади наказом Директора.",
                  "1.2"},
        .title_uk = "Призначення та звільнення",
        .title_en = "Appointment and dismissal",
        .rule = kTables,
        .events = {"manager.hired", "manager.dismissed"},
        .seen_in = {"/v1/quotas"},
    },
    {
        .number = 79,
        .id = "staff.subordination",
        .quote = {"Менеджер підпорядковується Керівнику відділу оптового продажу.", "1.3"},
        .title_uk = "Підпорядкування",
        .title_en = "Subordination",
        .rule = kTables,
        .events = {"manager.hired"},
        .seen_in = {"/v1/quotas"},
    },
    {
        .number = 80,
        .id = "staff.qualification",
        .quote = {"Менеджер повинен мати вищу чи середню спеціальну освіту, досвід роботи у сфері "
                  "продажу не менше 1 року.",
                  "1.4"},
        .title_uk = "Освіта та досвід",
        .title_en = "Education and experience",
        .norm = {"не менше 1 року", 1},
        .rule = kTables,
        .events = {"qualification.recorded"},
        .seen_in = {"/v1/attestations/{manager}", "/v1/log/{position}"},
    },
    {
        .number = 81,
        .id = "absence.covered",
        .quote = {"У разі тимчасової відсутності менеджера (відпустка, хвороба, ін.) його "
                  "обов'язки виконує інший менеджер, призначений в установленому порядку, згідно з "
                  "наказом Директора",
                  "1.6"},
        .also = {"Під час відсутності даного співробітникавсі його функції та обов'язки виконує "
                 "особа, призначена керівником.",
                 "загальні положення, 8"},
        .title_uk = "Заміщення відсутнього",
        .title_en = "Cover of absence",
        .rule = "stand_in.v1",
        .events = {"absence.recorded", "stand_in.appointed", "stand_in.ended"},
        .seen_in = {"/v1/quotas"},
    },
    {
        .number = 82,
        .id = "stand_in.rights",
        .quote = {"який набуває відповідних прав та несучий відповідальністьза неналежне виконання "
                  "покладених на нього обов'язків",
                  "1.6"},
        .title_uk = "Права заступника",
        .title_en = "Rights of the stand-in",
        .rule = "stand_in.v1",
        .events = {"stand_in.appointed", "stand_in.ended"},
        .seen_in = {"/v1/quotas"},
    },
    {
        .number = 83,
        .id = "training.knowledge",
        .quote = {"Менеджер повинен знати:", "1.7"},
        .title_uk = "Знання менеджера",
        .title_en = "Knowledge of the manager",
        .rule = kTables,
        .events = {"training.completed"},
        .seen_in = {"/v1/attestations/{manager}", "/v1/log/{position}"},
    },
    {
        .number = 84,
        .id = "tasks.done",
        .quote = {"Виконувати доручення та завдання Керівника відділу оптового продажу, заступника "
                  "директора з комерційних питань, Директора з профілю діяльності відділу.",
                  "3.4"},
        .title_uk = "Доручення керівників",
        .title_en = "Tasks set by superiors",
        .period = Period::kDueDate,
        .rule = "due_date.v1",
        .events = {"task.assigned", "task.done", "task.refused"},
        .seen_in = {"/v1/obligations"},
    },
    {
        .number = 85,
        .id = "methods.free",
        .quote =
            {"Самостійно визначати форми роботи з клієнтами, методи встановлення ділових зв'язків.",
             "4, 3.1"},
        .title_uk = "Вільний вибір форм роботи",
        .title_en = "Free choice of ways of work",
        .rule = kTables,
        .events = {"interaction.noted"},
        .seen_in = {"/v1/clients/{id}/timeline"},
    },
    {
        .number = 86,
        .id = "approvals.competence",
        .quote = {"Підписувати та візувати документи в межах своєї компетенції.", "4, 3.3"},
        .also = {"Приймати рішення у межах своєї компетенції.", "4, 3.2"},
        .title_uk = "Межі компетенції",
        .title_en = "Limits of competence",
        .rule = kTables,
        .events = {"approval.requested", "approval.decided"},
        .seen_in = {"/v1/clients/{id}/timeline", "/v1/obligations"},
    },
    {
        .number = 87,
        .id = "criteria.acknowledged",
        .quote = {"Знайомитися з документами, що визначають його права та обов'язки з посади, "
                  "критерії оцінки якості виконання посадових обов'язків.",
                  "4, 3.4"},
        .title_uk = "Ознайомлення з критеріями",
        .title_en = "Acquaintance with the criteria",
        .rule = kTables,
        .events = {"rule.published", "criteria.acknowledged"},
        .seen_in = {"/v1/attestations/{manager}", "/v1/log/{position}"},
    },
    {
        .number = 88,
        .id = "information.supplied",
        .quote = {"Запитувати від керівництва та спеціалістів підрозділів підприємства інформацію "
                  "та документи, необхідні для виконання його посадових обов'язків.",
                  "4, 3.5"},
        .title_uk = "Запити інформації",
        .title_en = "Requests for information",
        .period = Period::kDueDate,
        .rule = "due_date.v1",
        .events = {"information.requested", "information.supplied"},
        .seen_in = {"/v1/obligations"},
    },
    {
        .number = 89,
        .id = "resources.provided",
        .quote = {"Вимагати від керівництва підприємства забезпечення організаційно-технічних умов "
                  "та оформлення встановлених документів, необхідних для виконання обов'язків.",
                  "4, 3.6"},
        .title_uk = "Умови роботи",
        .title_en = "Conditions of work",
        .rule = "day_norm.v1",
        .events = {"resource.requested", "outage.recorded"},
        .seen_in = {"/v1/quotas", "/v1/log/{position}"},
    },
    {
        .number = 90,
        .id = "secrecy.kept",
        .quote = {"Розголошення інформації (комерційної таємниці)", "5.6"},
        .also = {"Розголошення конфіденційних відомостей, що у особистих справах працівників та "
                 "інших відомостей обмеженого поширення.",
                 "5.1"},
        .title_uk = "Комерційна таємниця",
        .title_en = "Commercial secrecy",
        .rule = kTables,
        .events = {"access.logged", "secrecy.acknowledged", "incident.recorded"},
        .seen_in = {"/v1/attestations/{manager}", "/v1/log/{position}", "/v1/access-log"},
    },
    {
        .number = 91,
        .id = "breaches.explained",
        .quote = {"Невиконання та неналежне виконання посадових обов'язків, передбачених цією "
                  "посадовою інструкцією",
                  "5.2"},
        .title_uk = "Порушення та пояснення",
        .title_en = "Breaches and explanations",
        .rule = kTables,
        .events = {"breach.recorded", "explanation.given", "breach.closed"},
        .seen_in = {"/v1/breaches", "/v1/obligations"},
    },
    {
        .number = 92,
        .id = "incidents.registered",
        .quote = {"За заподіяння матеріальних збитківпідприємству", "5.4"},
        .also = {"За правопорушення скоєні у процесі своєї діяльності", "5.3"},
        .title_uk = "Правопорушення та збитки",
        .title_en = "Offences and damage",
        .rule = kTables,
        .events = {"incident.recorded"},
        .seen_in = {"/v1/log/{position}"},
    },
    {
        .number = 93,
        .id = "reporting.completeness",
        .quote = {"Своєчасне надання інформації та звітів про діяльність, повноту та достовірність "
                  "цієї інформації.",
                  "5.5"},
        .title_uk = "Повнота та достовірність звітів",
        .title_en = "Completeness and truth of reports",
        .period = Period::kMonth,
        .rule = kTables,
        .events = {"report.submitted", "event.corrected"},
        .seen_in = {"/v1/quotas", "/v1/log/{position}"},
    },
};

}  // namespace

std::span<const Duty> staff() { return kStaff; }

}  // namespace ledger::duties
