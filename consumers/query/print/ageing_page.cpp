#include "consumers/query/print/ageing_page.h"

#include <fmt/format.h>

#include <array>

#include "projections/exchange_rates/queries.h"

namespace ledger::print {

namespace {

using receivables::Ageing;
using receivables::kBucketNames;
using receivables::kBuckets;

constexpr std::string_view kHryvnia = "UAH";
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

const FxRatePublished* rate_of(const AgeingRegister& debts, const std::string& currency) {
  const auto rate = debts.rates.find(currency);
  return rate == debts.rates.end() ? nullptr : &rate->second;
}

// What the balance is in hryvnias; nullopt: it is in hryvnias, or no rate is known.
std::optional<std::int64_t> hryvnias(const AgeingRegister& debts, const Ageing& ageing) {
  const auto* rate = rate_of(debts, ageing.currency.text());
  if (rate == nullptr) return std::nullopt;
  const auto minor = exchange_rates::in_hryvnias(ageing.balance_minor, *rate);
  return minor ? std::optional(*minor) : std::nullopt;
}

// "41,60505": hryvnias for one of the currency, with four digits at least.
std::string rate_text(std::int64_t rate_e6, char point) {
  std::string digits = fmt::format("{:06}", rate_e6 % 1'000'000);
  while (digits.size() > 4 && digits.back() == '0') digits.pop_back();
  return fmt::format("{}{}{}", rate_e6 / 1'000'000, point, digits);
}

// By which rate hryvnias are told, or that none is known.
std::string rate_sentence(const AgeingRegister& debts, const std::string& currency,
                          Language language) {
  const bool uk = language == Language::kUkrainian;
  const auto* rate = rate_of(debts, currency);
  if (rate == nullptr) {
    return fmt::format(fmt::runtime(uk ? "Курс НБУ для {} на цю дату невідомий: у гривнях не "
                                         "показано."
                                       : "No NBU rate of {} is known for the date: hryvnias are "
                                         "not shown."),
                       currency);
  }
  return fmt::format(
      fmt::runtime(uk ? "Курс НБУ {} грн за 1 {} на {}." : "NBU rate {} UAH for 1 {} as of {}."),
      rate_text(rate->rate_e6, uk ? ',' : '.'), currency, date(rate->date, language));
}

void write_optional(Csv& csv, const std::optional<std::int64_t>& number) {
  if (number) {
    csv.cell(*number);
  } else {
    csv.cell("");
  }
}

std::string_view hryvnia_title(bool uk) {
  return uk ? "Сальдо, грн за курсом НБУ" : "Balance, UAH at the NBU rate";
}

std::string row(std::string_view name, const Ageing& ageing, std::string_view kind,
                const AgeingRegister& debts, Language language) {
  std::string html = fmt::format("<tr{}><td>{}</td>", kind, escaped(name));
  html += cell(ageing.balance_minor, ageing, language);
  if (ageing.currency.text() != kHryvnia) {
    const auto minor = hryvnias(debts, ageing);
    html += fmt::format("<td class=\"number\">{}</td>",
                        minor ? amount(*minor, kHryvnia, language) : "");
  }
  for (const auto bucket : ageing.buckets_minor) html += cell(bucket, ageing, language);
  html += cell(ageing.unallocated_minor, ageing, language);
  html += cell(ageing.disputed_minor, ageing, language);
  return html + "</tr>\n";
}

std::string heading(bool uk, bool by_issue, bool foreign) {
  std::string html = fmt::format("<thead><tr><th>{}</th>", uk ? "Клієнт" : "Client");
  const auto column = [&](std::string_view title) {
    html += fmt::format("<th class=\"number\">{}</th>", title);
  };
  column(uk ? "Сальдо" : "Balance");
  if (foreign) column(hryvnia_title(uk));
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
    const bool foreign = currency != kHryvnia;
    body += fmt::format("<h2>{}</h2>\n", uk && !foreign ? "грн" : currency);
    if (foreign) body += fmt::format("<p>{}</p>\n", rate_sentence(debts, currency, language));
    body += fmt::format("<table class=\"wide\">{}<tbody>\n",
                        heading(uk, debts.basis == receivables::Basis::kIssue, foreign));
    for (const auto& line : debts.lines) {
      if (line.ageing.currency.text() == currency)
        body += row(line.name, line.ageing, "", debts, language);
    }
    body += row(uk ? "Разом" : "Total", total, " class=\"sum\"", debts, language) +
            "</tbody></table>\n";
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
  csv.cell("choice").cell("balance_uah_minor").cell("rate_e6").cell("rate_date");
  csv.end_row();
  for (const auto& line : debts.lines) {
    const Ageing& ageing = line.ageing;
    csv.cell(line.client_id).cell(line.name).cell(ageing.currency.text());
    csv.cell(ageing.balance_minor);
    for (const auto bucket : ageing.buckets_minor) csv.cell(bucket);
    csv.cell(ageing.unallocated_minor).cell(ageing.disputed_minor).cell("receivables.collected");
    csv.cell(name_of(debts.basis)).cell(debts.choice.question);
    const auto minor = hryvnias(debts, ageing);
    const auto* rate = rate_of(debts, ageing.currency.text());
    write_optional(csv, minor);
    write_optional(csv, rate != nullptr ? std::optional(rate->rate_e6) : std::nullopt);
    csv.cell(rate != nullptr ? format_date(rate->date) : "");
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
  for (const auto& [currency, total] : debts.totals) {
    if (currency != kHryvnia) line_of(rate_sentence(debts, currency, language));
  }
  csv.end_row();
  csv.cell(uk ? "Код" : "Code").cell(uk ? "Клієнт" : "Client").cell(uk ? "Менеджер" : "Manager");
  csv.cell(uk ? "Валюта" : "Currency").cell(uk ? "Сальдо" : "Balance");
  auto buckets = uk ? kBucketsUk : kBucketsEn;
  if (debts.basis == receivables::Basis::kIssue) {
    buckets.front() = uk ? kIssuedTodayUk : kIssuedTodayEn;
  }
  for (const auto bucket : buckets) csv.cell(bucket);
  csv.cell(uk ? "Не рознесено" : "Unallocated").cell(hryvnia_title(uk));
  csv.cell(uk ? "Курс НБУ" : "NBU rate").cell(uk ? "Дата курсу" : "Date of the rate").end_row();
  for (const auto& line : debts.lines) {
    const std::string& currency = line.ageing.currency.text();
    csv.cell(line.client_id).cell(line.name).cell(line.manager).cell(currency);
    csv.money(line.ageing.balance_minor, currency);
    for (const auto bucket : line.ageing.buckets_minor) csv.money(bucket, currency);
    csv.money(line.ageing.unallocated_minor, currency);
    if (const auto minor = hryvnias(debts, line.ageing)) {
      csv.money(*minor, kHryvnia);
    } else {
      csv.cell("");
    }
    const auto* rate = rate_of(debts, currency);
    csv.cell(rate != nullptr ? rate_text(rate->rate_e6, ',') : "");
    csv.cell(rate != nullptr ? format_date(rate->date) : "").end_row();
  }
  return csv.take();
}

}  // namespace ledger::print
