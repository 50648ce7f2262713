#include "consumers/query/print/attestation_page.h"

#include <fmt/format.h>

#include <array>

#include "consumers/query/print/report_tables.h"
#include "consumers/query/print/report_titles.h"

namespace ledger::print {

namespace {

using attestation::Growth;
using attestation::Row;
using attestation::Sheet;
using monthly_report::Section;

// A text in both languages; which one is the form's.
struct Words {
  std::string_view uk;
  std::string_view en;
  [[nodiscard]] std::string_view in(Language language) const {
    return language == Language::kUkrainian ? uk : en;
  }
};

constexpr Words kNoData{"н/д", "n/a"};

std::string criterion(std::string_view title, std::string_view text) {
  return fmt::format("<tr><td>{}</td><td class=\"number\">{}</td></tr>\n", title, text);
}

std::string growth_text(const Growth& growth, const std::string& unit, Language language) {
  const auto percent = growth.percent();
  return fmt::format("{} → {} ({})", figure_text(growth.before, unit, language),
                     figure_text(growth.now, unit, language),
                     percent ? (*percent > 0 ? "+" : "") + figure_text(*percent, "%", language)
                             : std::string(kNoData.in(language)));
}

std::string criteria(const Sheet& sheet, Language language) {
  constexpr Words kTitle{"Критерії оцінки (п. 5.7)", "Criteria (5.7)"};
  constexpr Words kPlan{"Виконання персонального плану: виконано пунктів із запланованих",
                        "Personal plan: lines reached of planned"};
  constexpr Words kInvoiced{"Оборот за рахунками: попередні шість місяців → ці шість",
                            "Turnover invoiced: six months before → these six"};
  constexpr Words kPaid{"Оборот за оплатами", "Turnover paid"};
  constexpr Words kContracts{"Договорів з новими клієнтами", "Contracts with new clients"};
  constexpr Words kCards{"Картки: вчасно оформлено з відкритих (медіана строку, днів)",
                         "Cards: on time of opened (median days)"};
  constexpr Words kCardHours{"Від першого контакту до повної картки (медіана, год:хв)",
                             "From the first contact to a complete card (median, h:min)"};
  std::string html = fmt::format("<h2>{}</h2>\n<table><tbody>\n", escaped(kTitle.in(language)));
  html +=
      criterion(kPlan.in(language), fmt::format("{} / {}", sheet.plan.reached, sheet.plan.planned));
  for (const auto& [currency, growth] : sheet.invoiced) {
    html += criterion(kInvoiced.in(language), growth_text(growth, currency, language));
  }
  for (const auto& [currency, growth] : sheet.paid) {
    html += criterion(kPaid.in(language), growth_text(growth, currency, language));
  }
  html += criterion(kContracts.in(language), growth_text(sheet.contracts, "", language));
  const auto& cards = sheet.cards;
  html += criterion(kCards.in(language),
                    fmt::format("{} / {} ({})", cards.on_time, cards.opened,
                                cards.median_days ? fmt::format("{}", *cards.median_days)
                                                  : kNoData.in(language)));
  html += criterion(kCardHours.in(language),
                    cards.median_minutes ? fmt::format("{}:{:02}", *cards.median_minutes / 60,
                                                       *cards.median_minutes % 60)
                                         : kNoData.in(language));
  return html + "</tbody></table>\n";
}

std::string record(const Sheet& sheet, Language language) {
  constexpr Words kTitle{"Атестації та навчання", "Attestations and training"};
  constexpr Words kScore{"балів", "points"};
  const auto score = [&](const std::optional<std::int64_t>& points) {
    return points ? fmt::format("{} {}", *points, kScore.in(language)) : std::string();
  };
  std::string rows;
  for (const auto& held : sheet.record.attestations) {
    constexpr Words kPassed{"атестовано", "passed"};
    constexpr Words kConditional{"атестовано з умовами", "passed on conditions"};
    constexpr Words kFailed{"не атестовано", "failed"};
    const Words result = held.result == AttestationResult::kPassed        ? kPassed
                         : held.result == AttestationResult::kConditional ? kConditional
                                                                          : kFailed;
    rows += fmt::format("<tr><td>{}</td><td>{} {}</td><td class=\"number\">{}</td></tr>\n",
                        date(held.held_on, language), result.in(language),
                        escaped(held.conditions.value_or("")), score(held.score));
  }
  for (const auto& training : sheet.record.trainings) {
    rows += fmt::format("<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td></tr>\n",
                        date(training.completed_on, language), escaped(training.topic),
                        score(training.score));
  }
  if (rows.empty()) return {};
  return fmt::format("<h2>{}</h2>\n<table><tbody>\n{}</tbody></table>\n", kTitle.in(language),
                     rows);
}

std::string_view education(Education education, Language language) {
  constexpr std::array kNames{Words{"вища освіта", "higher education"},
                              Words{"середня спеціальна освіта", "specialised secondary education"},
                              Words{"інша освіта", "other education"}};
  return kNames[static_cast<std::size_t>(education)].in(language);
}

// With what he came to the post, and whether it is what the job description asks for.
std::string came_with(const Sheet& sheet, Language language) {
  constexpr Words kTitle{"Освіта та досвід (п. 1.4)", "Education and experience (1.4)"};
  constexpr Words kMonths{"міс. у продажах", "months in sales"};
  constexpr Words kEnough{"відповідає", "as is asked for"};
  constexpr Words kEducation{"бракує освіти", "education lacks"};
  constexpr Words kExperience{"бракує досвіду (потрібен рік)",
                              "experience lacks (a year is needed)"};
  std::string rows;
  for (const auto& told : sheet.record.qualifications) {
    const auto lacks = qualification::lacks_of(told);
    std::string verdict(lacks.any() ? "" : kEnough.in(language));
    if (lacks.education) verdict = kEducation.in(language);
    if (lacks.experience) {
      verdict += (verdict.empty() ? "" : "; ") + std::string(kExperience.in(language));
    }
    rows += fmt::format("<tr><td>{}{}</td><td class=\"number\">{} {}</td><td>{}</td></tr>\n",
                        education(told.education, language),
                        told.document ? ", " + escaped(*told.document) : "", told.sales_months,
                        kMonths.in(language), verdict);
  }
  if (rows.empty()) return {};
  return fmt::format("<h2>{}</h2>\n<table><tbody>\n{}</tbody></table>\n", kTitle.in(language),
                     rows);
}

std::string heading(const Sheet& sheet, Language language) {
  constexpr Words kTotal{"Разом", "Sum"};
  std::string html = "<thead><tr><th></th>";
  for (const Date month : sheet.months) {
    html += fmt::format("<th class=\"number\">{:02}.{}</th>", unsigned(month.month()),
                        int(month.year()));
  }
  return html + fmt::format("<th class=\"number\">{}</th></tr></thead>\n", kTotal.in(language));
}

bool is_money(const std::string& unit) {
  return !unit.empty() && unit != "day" && unit != "%" && unit != "date";
}

// The currency stands once, in the title: seven sums in a row leave no place for it.
std::string cell_text(std::int64_t value, const std::string& unit, Language language) {
  return is_money(unit) ? amount(value, unit, language) : figure_text(value, unit, language);
}

std::string figure(const Row& row, Language language) {
  std::string title = escaped(full_title_of(row.id, language));
  if (is_money(row.unit)) {
    title += ", ";
    title += row.unit == "UAH" && language == Language::kUkrainian ? "грн" : row.unit;
  }
  std::string html = fmt::format("<tr><td>{}</td>", title);
  for (const auto& value : row.values) {
    html += fmt::format("<td class=\"number\">{}</td>",
                        value ? cell_text(*value, row.unit, language) : std::string("—"));
  }
  return html + fmt::format("<td class=\"number\">{}</td></tr>\n",
                            row.sum ? cell_text(*row.sum, row.unit, language) : std::string());
}

std::string figures(const Sheet& sheet, Language language) {
  std::string html = fmt::format("<table class=\"wide\">{}<tbody>\n", heading(sheet, language));
  std::optional<Section> section;
  for (const auto& row : sheet.rows) {
    if (section != row.section) {
      section = row.section;
      html += fmt::format("<tr class=\"part\"><th colspan=\"{}\">{}</th></tr>\n",
                          sheet.months.size() + 2, escaped(title_of(row.section, language)));
    }
    html += figure(row, language);
  }
  return html + "</tbody></table>\n";
}

}  // namespace

std::string attestation_page(const Sheet& sheet, Date day, const BusinessZone& zone,
                             Language language) {
  constexpr Words kTitle{"Атестаційний лист", "Attestation sheet"};
  constexpr Words kOn{"на", "as of"};
  constexpr Words kKnown{"Показники за даними журналу подій, відомими на",
                         "Figures by the log as known at"};
  constexpr Words kMonths{"Показники за місяцями", "Figures by month"};
  constexpr Words kDecision{"Рішення комісії: посада, заробітна плата, умови праці",
                            "Decision: post, pay, conditions of work"};
  constexpr Words kManager{"З листом ознайомлений(-а) (підпис, дата)", "Read by (signature, date)"};
  constexpr Words kChair{"Голова комісії (підпис, дата)", "Chair (signature, date)"};
  const std::string title(kTitle.in(language));
  std::string body = fmt::format(
      "<h1>{}</h1>\n<p class=\"centred\">{}{}, {} {}</p>\n", title, escaped(sheet.manager.name),
      sheet.manager.department ? ", " + escaped(*sheet.manager.department) : "", kOn.in(language),
      date(day, language));
  body += criteria(sheet, language);
  body += came_with(sheet, language);
  body += record(sheet, language);
  body += fmt::format("<h2>{}</h2>\n", kMonths.in(language)) + figures(sheet, language);
  body += fmt::format("<h2>{}</h2>\n<p class=\"blank\"></p>\n", kDecision.in(language));
  body += fmt::format("<p class=\"small\">{} {}</p>\n", kKnown.in(language),
                      instant(sheet.known_at, zone, language));
  body += fmt::format("<div class=\"signatures\"><div>{}</div><div>{}</div></div>\n",
                      kManager.in(language), kChair.in(language));
  return page(title, body, language, Paper::kLandscape);
}

}  // namespace ledger::print
