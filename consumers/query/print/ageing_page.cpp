#include "consumers/query/print/ageing_page.h"

#include <fmt/format.h>

#include <array>

namespace ledger::print {

namespace {

using receivables::Ageing;
using receivables::kBucketNames;
using receivables::kBuckets;

constexpr std::array<std::string_view, kBuckets> kBucketsUk{
    "Строк не настав", "1–30 днів", "31–60 днів", "61–90 днів", "понад 90 днів"};
constexpr std::string_view kIssuedTodayUk = "Виписано того дня";
constexpr std::string_view kIssuedTodayEn = "Issued on the day";
constexpr std::array<std::string_view, kBuckets> kBucketsEn{"Not due", "1–30 days", "31–60 days",
                                                            "61–90 days", "over 90 days"};

std::string cell(std::int64_t minor, const Ageing& ageing, Language language) {
  return fmt::format("<td class=\"number\">{}</td>",
                     minor == 0 ? "" : amount(minor, ageing.currency.text(), language));
}

std::string row(std::string_view name, const Ageing& ageing, std::string_view kind,
                Language language) {
  std::string html = fmt::format("<tr{}><td>{}</td>", kind, escaped(name));
  html += cell(ageing.balance_minor, ageing, language);
  for (const auto bucket : ageing.buckets_minor) html += cell(bucket, ageing, language);
  html += cell(ageing.unallocated_minor, ageing, language);
  html += cell(ageing.disputed_minor, ageing, language);
  return html + "</tr>\n";
}

std::string heading(bool uk, bool by_issue) {
  std::string html = fmt::format("<thead><tr><th>{}</th>", uk ? "Клієнт" : "Client");
  const auto column = [&](std::string_view title) {
    html += fmt::format("<th class=\"number\">{}</th>", title);
  };
  column(uk ? "Сальдо" : "Balance");
  auto buckets = uk ? kBucketsUk : kBucketsEn;
  if (by_issue) buckets.front() = uk ? kIssuedTodayUk : kIssuedTodayEn;
  for (const auto title : buckets) column(title);
  column(uk ? "Не рознесено" : "Unallocated");
  column(uk ? "У т. ч. спірна сума" : "of it disputed");
  return html + "</tr></thead>\n";
}

std::string basis(const AgeingRegister& debts, const BusinessZone& zone, Language language) {
  const bool uk = language == Language::kUkrainian;
  const auto& known_at = debts.as_of.known_at;
  const std::string knowledge =
      known_at ? fmt::format("{} {}", uk ? "за даними журналу подій, відомими на" : "as known at",
                             instant(*known_at, zone, language))
      : uk     ? "за всіма записаними даними"
               : "by everything that is recorded";
  const bool by_issue = debts.basis == receivables::Basis::kIssue;
  const std::string_view from =
      uk ? (by_issue ? "дати рахунку" : "строку оплати") : (by_issue ? "invoice date" : "due date");
  return fmt::format("{} {}, {}. {} {}.", uk ? "станом на" : "as of",
                     date(debts.as_of.day, language), knowledge,
                     uk ? "Дні рахуються від" : "Days are counted from the", from);
}

std::string_view order(std::string_view sort, bool backwards, bool uk) {
  if (sort == "name" && backwards) return uk ? "за назвою, від Я до А" : "by name, backwards";
  if (sort == "name") return uk ? "за назвою" : "by name";
  if (sort == "oldest" && backwards) {
    return uk ? "за найдавнішим простроченням, найновіші спершу"
              : "by the oldest debt, newest first";
  }
  if (sort == "oldest") {
    return uk ? "за найдавнішим простроченням" : "by the oldest debt, oldest first";
  }
  if (sort == "balance" && backwards) {
    return uk ? "за сальдо, від найменшого" : "by balance, smallest first";
  }
  if (sort == "balance") return uk ? "за сальдо, від найбільшого" : "by balance, largest first";
  if (sort == "overdue" && backwards) {
    return uk ? "за простроченим, від найменшого" : "by what is overdue, smallest first";
  }
  if (sort == "overdue") {
    return uk ? "за простроченим, від найбільшого" : "by what is overdue, largest first";
  }
  if (backwards) return uk ? "за кодом, навпаки" : "by code, backwards";
  return uk ? "за кодом" : "by code";
}

// "Відбір: менеджер Олена Коваль; лише прострочені. Порядок: за назвою."
std::string choice(const AgeingChoice& chosen, bool uk) {
  std::string text = uk ? "Відбір: " : "Chosen: ";
  std::string_view between;
  const auto add = [&](std::string_view what, std::string_view value) {
    text += fmt::format("{}{}{}", between, what, value);
    between = "; ";
  };
  if (!chosen.manager.empty()) add(uk ? "менеджер " : "manager ", chosen.manager);
  if (!chosen.currency.empty()) add(uk ? "валюта " : "currency ", chosen.currency);
  if (chosen.overdue_only) add(uk ? "лише прострочені" : "overdue only", "");
  if (chosen.due_in_week_only) add(uk ? "сплатять цього тижня" : "due within 7 days", "");
  if (chosen.is_all()) add(uk ? "усі борги" : "all debts", "");
  return text + fmt::format(". {}: {}.", uk ? "Порядок" : "Order",
                            order(chosen.sort, chosen.backwards, uk));
}

std::string title_of(bool uk) {
  return uk ? "Дебіторська заборгованість за строками" : "Receivables by age";
}

std::string nobody(const AgeingChoice& chosen, bool uk) {
  if (!chosen.is_all()) return uk ? "Таких боргів немає." : "There are no such debts.";
  return uk ? "Ніхто нічого не винен." : "Nobody owes anything.";
}

}  // namespace

std::string ageing_page(const AgeingRegister& debts, const BusinessZone& zone, Language language) {
  const bool uk = language == Language::kUkrainian;
  const std::string title = title_of(uk);
  std::string body = fmt::format("<h1>{}</h1>\n<p class=\"centred\">{}</p>\n", title,
                                 basis(debts, zone, language));
  body += fmt::format("<p class=\"centred\">{}</p>\n", escaped(choice(debts.choice, uk)));
  for (const auto& [currency, total] : debts.totals) {
    const std::string unit = uk && currency == "UAH" ? "грн" : currency;
    body += fmt::format("<h2>{}</h2>\n<table class=\"wide\">{}<tbody>\n", unit,
                        heading(uk, debts.basis == receivables::Basis::kIssue));
    for (const auto& line : debts.lines) {
      if (line.ageing.currency.text() == currency)
        body += row(line.name, line.ageing, "", language);
    }
    body += row(uk ? "Разом" : "Total", total, " class=\"sum\"", language) + "</tbody></table>\n";
  }
  if (debts.totals.empty()) {
    body += fmt::format("<p>{}</p>\n", nobody(debts.choice, uk));
  }
  body +=
      fmt::format("<div class=\"signatures\"><div>{}</div><div>{}</div></div>\n",
                  uk ? "Склав (підпис, дата)" : "Prepared by (signature, date)",
                  uk ? "Головний бухгалтер (підпис, дата)" : "Chief accountant (signature, date)");
  return page(title, body, language, Paper::kLandscape);
}

std::string ageing_csv(const AgeingRegister& debts) {
  Csv csv;
  csv.cell("client_id").cell("name").cell("currency").cell("balance_minor");
  for (const auto name : kBucketNames) csv.cell(std::string(name) + "_minor");
  csv.cell("unallocated_minor").cell("disputed_minor").cell("duty_id").cell("basis");
  csv.cell("choice");
  csv.end_row();
  for (const auto& line : debts.lines) {
    const Ageing& ageing = line.ageing;
    csv.cell(line.client_id).cell(line.name).cell(ageing.currency.text());
    csv.cell(ageing.balance_minor);
    for (const auto bucket : ageing.buckets_minor) csv.cell(bucket);
    csv.cell(ageing.unallocated_minor).cell(ageing.disputed_minor).cell("receivables.collected");
    csv.cell(name_of(debts.basis)).cell(debts.choice.question);
    csv.end_row();
  }
  return csv.take();
}

std::string ageing_for_excel(const AgeingRegister& debts, const BusinessZone& zone,
                             Language language) {
  const bool uk = language == Language::kUkrainian;
  Csv csv(TableKind::kExcel);
  const auto line_of = [&](std::string_view text) {
    csv.cell(text);
    csv.end_row();
  };
  line_of(title_of(uk));
  line_of(basis(debts, zone, language));
  line_of(choice(debts.choice, uk));
  csv.end_row();
  csv.cell(uk ? "Код" : "Code").cell(uk ? "Клієнт" : "Client").cell(uk ? "Менеджер" : "Manager");
  csv.cell(uk ? "Валюта" : "Currency").cell(uk ? "Сальдо" : "Balance");
  auto buckets = uk ? kBucketsUk : kBucketsEn;
  if (debts.basis == receivables::Basis::kIssue) {
    buckets.front() = uk ? kIssuedTodayUk : kIssuedTodayEn;
  }
  for (const auto bucket : buckets) csv.cell(bucket);
  csv.cell(uk ? "Не рознесено" : "Unallocated").end_row();
  for (const auto& line : debts.lines) {
    const std::string& currency = line.ageing.currency.text();
    csv.cell(line.client_id).cell(line.name).cell(line.manager).cell(currency);
    csv.money(line.ageing.balance_minor, currency);
    for (const auto bucket : line.ageing.buckets_minor) csv.money(bucket, currency);
    csv.money(line.ageing.unallocated_minor, currency).end_row();
  }
  return csv.take();
}

}  // namespace ledger::print
