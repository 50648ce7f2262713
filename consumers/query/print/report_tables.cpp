#include "consumers/query/print/report_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "consumers/query/print/report_titles.h"
#include "projections/receivables/queries.h"

namespace ledger::print {

namespace {

using monthly_report::Line;
using monthly_report::Section;

std::string number_cell(std::string_view text) {
  return fmt::format("<td class=\"number\">{}</td>", text);
}

std::string number_heading(std::string_view text) {
  return fmt::format("<th class=\"number\">{}</th>", text);
}

// 20261017 as the date that it is.
std::string iso_date(std::int64_t number) {
  return fmt::format("{:04}-{:02}-{:02}", number / 10'000, number / 100 % 100, number % 100);
}

std::string date_of(std::int64_t number, Language language) {
  const auto parsed = parse_date(iso_date(number));
  return parsed ? date(*parsed, language) : fmt::format("{}", number);
}

bool is_money(std::string_view unit) {
  return !unit.empty() && unit != "day" && unit != "%" && unit != "date";
}

bool is_money(const Line& line) { return is_money(line.unit); }

}  // namespace

std::string figure_text(std::int64_t value, std::string_view unit, Language language) {
  if (unit.empty() || unit == "day") return grouped(value, language);
  if (unit == "date") return value == 0 ? "—" : date_of(value, language);
  if (unit == "%") return grouped(value, language) + "%";
  return money(value, unit, language);
}

void figure_cell(Csv& csv, std::int64_t value, std::string_view unit) {
  if (is_money(unit)) {
    csv.money(value, unit);
  } else if (unit == "date") {
    csv.cell(value == 0 ? "" : iso_date(value));
  } else {
    csv.cell(value);
  }
}

std::string ReportTables::take(std::string_view id, std::string_view unit) {
  for (const auto& line : report_.lines) {
    if (line.id != id || (!unit.empty() && line.unit != unit)) continue;
    shown_.emplace(line.id, line.unit);
    if (is_money(line)) return amount(line.value, line.unit, language_);
    return figure_text(line.value, line.unit, language_);
  }
  return {};
}

bool ReportTables::has(std::string_view id, std::string_view unit) const {
  return std::any_of(report_.lines.begin(), report_.lines.end(),
                     [&](const Line& line) { return line.id == id && line.unit == unit; });
}

std::string ReportTables::heading(Section section) const {
  return fmt::format("<h2>{}</h2>\n", escaped(title_of(section, language_)));
}

std::string ReportTables::norms() {
  struct Norm {
    std::string_view id;
    std::string_view uk;
    std::string_view en;
  };
  constexpr std::array kNorms{
      Norm{"calls", "Дзвінки", "Calls"},
      Norm{"email_offers", "Пропозиції електронною поштою", "Offers by e-mail"},
      Norm{"phone_offers", "Пропозиції телефоном (компаній)", "Offers by telephone (companies)"},
      Norm{"database", "Зміни в базі клієнтів", "Changes to the client base"}};
  std::string html = heading(Section::kNorms);
  html += fmt::format("<table class=\"wide\"><thead><tr><th>{}</th>", say("Норма", "Norm"));
  for (const auto title :
       {say("Зараховано", "Counted"), say("Належало", "Due"),
        say("Днів, коли діяла норма", "Days due"), say("З них виконано", "Days met"),
        say("Найгірший день", "Worst day"), say("Самозвіт", "Self-reported")}) {
    html += number_heading(title);
  }
  html += "</tr></thead><tbody>\n";
  for (const auto& norm : kNorms) {
    const std::string id(norm.id);
    html += fmt::format("<tr><td>{}</td>", say(norm.uk, norm.en));
    for (const auto* what : {".counted", ".target", ".days_due", ".days_met"}) {
      html += number_cell(take(id + what));
    }
    const std::string worst = take(id + ".worst_day");
    const std::string done = take(id + ".worst_day_counted");
    html += number_cell(worst.empty() ? "—" : fmt::format("{}: {}", worst, done));
    const std::string self = take(id + ".self_reported");
    const std::string share = take(id + ".self_reported_share");
    html += number_cell(share.empty() ? (self.empty() ? "—" : self)
                                      : fmt::format("{} ({})", self, share)) +
            "</tr>\n";
  }
  return html + "</tbody></table>\n" + rest_of(Section::kNorms);
}

std::set<std::string> ReportTables::currencies() const {
  std::set<std::string> found;
  for (const auto& line : report_.lines) {
    if (line.section == Section::kDebts && is_money(line)) found.insert(line.unit);
  }
  return found;
}

std::string ReportTables::turnover(const std::string& currency) {
  std::string html = "<table class=\"wide\"><thead><tr>";
  html += fmt::format("<th>{}, {}</th>", say("Оборот", "Turnover"),
                      currency == "UAH" ? say("грн", "UAH") : currency);
  for (const auto title : {say("За місяць", "In the month"), say("За попередній", "Month before"),
                           say("За той самий торік", "A year before")}) {
    html += number_heading(title);
  }
  html += "</tr></thead><tbody>\n";
  for (const std::string id : {"turnover.invoiced", "turnover.paid"}) {
    html += fmt::format("<tr><td>{}</td>", escaped(title_of(id, language_)));
    for (const auto* when : {"", "_last_month", "_last_year"}) {
      html += number_cell(take(id + when, currency));
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table>\n";
}

std::string ReportTables::ageing(const std::string& currency) {
  std::string html = "<table class=\"wide\"><thead><tr>";
  html += fmt::format("<th>{}, {}</th>", say("Борг за строками", "Debt by age"),
                      currency == "UAH" ? say("грн", "UAH") : currency);
  html += number_heading(say("Усього", "Total"));
  for (const auto bucket : receivables::kBucketNames) {
    html += number_heading(escaped(title_of("debts.opening." + std::string(bucket), language_)));
  }
  html += "</tr></thead><tbody>\n";
  for (const std::string id : {"debts.opening", "debts.closing"}) {
    html += fmt::format("<tr><td>{}</td>{}", escaped(title_of(id, language_)),
                        number_cell(take(id, currency)));
    for (const auto bucket : receivables::kBucketNames) {
      html += number_cell(take(id + '.' + std::string(bucket), currency));
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table>\n";
}

std::string ReportTables::collected(const std::string& currency) {
  const std::string invoiced = take("debts.invoiced", currency);
  const std::string paid = take("debts.paid", currency);
  const std::string other = take("debts.other", currency);
  const std::string due = take("debts.fell_due", currency);
  const std::string in_time = take("debts.paid_in_time", currency);
  const std::string share = take("debts.in_time_share." + currency);
  return fmt::format("<p class=\"small\">{}: {}; {}: {}; {}: {}; {}: {}; {}: {}{}.</p>\n",
                     say("Виставлено цим клієнтам", "Invoiced to these clients"), invoiced,
                     say("оплачено ними", "paid by them"), paid,
                     say("інші зміни (коригування, списання, скасування)",
                         "other changes (credit notes, write-offs, cancellations)"),
                     other, say("строк оплати настав", "fell due in the month"), due,
                     say("з цього оплачено вчасно", "of it paid in time"), in_time,
                     share.empty() ? share : fmt::format(" ({})", share));
}

std::string ReportTables::debts() {
  std::string html = heading(Section::kDebts);
  for (const auto& currency : currencies()) {
    if (has("turnover.invoiced", currency)) html += turnover(currency);
    if (has("debts.closing", currency)) html += ageing(currency) + collected(currency);
  }
  return html;
}

std::string ReportTables::rest_of(Section section) {
  std::string rows;
  for (const auto& line : report_.lines) {
    if (line.section != section || !shown_.emplace(line.id, line.unit).second) continue;
    rows += fmt::format("<tr><td>{}</td><td class=\"number\">{}</td></tr>\n",
                        escaped(title_of(line.id, language_)),
                        figure_text(line.value, line.unit, language_));
  }
  return rows.empty() ? rows
                      : fmt::format("<table class=\"list\"><tbody>\n{}</tbody></table>\n", rows);
}

}  // namespace ledger::print
