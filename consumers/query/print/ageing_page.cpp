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
  column(uk ? "Борг" : "Balance");
  auto buckets = uk ? kBucketsUk : kBucketsEn;
  if (by_issue) buckets.front() = uk ? kIssuedTodayUk : kIssuedTodayEn;
  for (const auto title : buckets) column(title);
  column(uk ? "Аванс" : "Unallocated");
  column(uk ? "У т. ч. спірна" : "of it disputed");
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
  return fmt::format(
      "<p class=\"centred\">{} {}, {}. {}</p>\n", uk ? "станом на" : "as of",
      date(debts.as_of.day, language), knowledge,
      fmt::format("{} {}.", uk ? "Дні рахуються від" : "Days are counted from the", from));
}

}  // namespace

std::string ageing_page(const AgeingRegister& debts, const BusinessZone& zone, Language language) {
  const bool uk = language == Language::kUkrainian;
  const std::string title = uk ? "Дебіторська заборгованість за строками" : "Receivables by age";
  std::string body = fmt::format("<h1>{}</h1>\n", title) + basis(debts, zone, language);
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
    body += fmt::format("<p>{}</p>\n", uk ? "Ніхто нічого не винен." : "Nobody owes anything.");
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
  csv.end_row();
  for (const auto& line : debts.lines) {
    const Ageing& ageing = line.ageing;
    csv.cell(line.client_id).cell(line.name).cell(ageing.currency.text());
    csv.cell(ageing.balance_minor);
    for (const auto bucket : ageing.buckets_minor) csv.cell(bucket);
    csv.cell(ageing.unallocated_minor).cell(ageing.disputed_minor).cell("receivables.collected");
    csv.cell(name_of(debts.basis));
    csv.end_row();
  }
  return csv.take();
}

}  // namespace ledger::print
