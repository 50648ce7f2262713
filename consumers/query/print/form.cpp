#include "consumers/query/print/form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "events/fields.h"
#include "events/money.h"
#include "platform/http/accept.h"

namespace ledger::print {

namespace {

constexpr std::string_view kNoBreakSpace = "\u00a0";

constexpr std::array<std::string_view, 12> kMonthsUk{"січень",   "лютий",   "березень", "квітень",
                                                     "травень",  "червень", "липень",   "серпень",
                                                     "вересень", "жовтень", "листопад", "грудень"};
constexpr std::array<std::string_view, 12> kMonthsEn{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

constexpr std::string_view kStyle = R"(
@page { size: A4; margin: 12mm 12mm 12mm 20mm }
body { font: 10.5pt/1.3 "Liberation Serif", "Times New Roman", serif; color: #000; margin: 0 }
h1 { font-size: 14pt; text-align: center; margin: 0 0 2mm }
h2 { font-size: 11.5pt; margin: 5mm 0 1.5mm; break-after: avoid }
p { margin: 0 0 1.5mm } p.centred { text-align: center }
/* half a border stands outside of a table */
table { border-collapse: collapse; width: calc(100% - 0.3mm); break-inside: auto }
thead { display: table-header-group } tr { break-inside: avoid }
th, td { border: 0.3mm solid #000; padding: 0.8mm 1.5mm; text-align: left; vertical-align: top }
th { font-weight: bold; background: #f0f0f0; print-color-adjust: exact }
td.number, th.number { width: 38mm; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
table.wide { font-size: 7.5pt; table-layout: fixed; line-height: 1.2 }
table.wide th:first-child { width: 26% } table.wide td, table.wide th { padding: 0.4mm 0.8mm }
table.wide td.number, table.wide th.number { width: auto; white-space: normal }
table.wide tr.part th { font-size: 8.5pt; padding-top: 1.2mm }
table.wide + table { margin-top: 2mm } table.wide + p { margin-top: 1mm }
table.head { font-size: 9pt } table.head td:first-child { width: 26mm; font-weight: bold }
table.list { font-size: 8.5pt; line-height: 1.2 } table.list td, table.list th { padding: 0.4mm 1.2mm }
table.changes td.number, table.changes th.number { width: 30mm }
table.changes td:last-child { font-size: 7.5pt; overflow-wrap: anywhere; width: 32% }
.columns { columns: 2; column-gap: 5mm; margin-top: 2.5mm }
.columns section { break-inside: avoid; padding-bottom: 2.5mm } .columns h2 { margin-top: 0 }
.columns td.number { width: 27mm }
.blank { border: 0.3mm solid #000; height: 25mm }
.halves { font-size: 7.5pt; margin-bottom: 2mm } .halves th, .halves td { padding: 0.6mm 0.8mm }
.halves td.number, .halves th.number { width: 20mm } tr.sum { font-weight: bold }
.signatures { margin-top: 12mm; display: grid; grid-template-columns: 1fr 1fr; gap: 12mm;
  break-inside: avoid }
.signatures div { border-top: 0.3mm solid #000; padding-top: 1mm; font-size: 9pt }
.signatures + p { margin-top: 4mm } .small { font-size: 8.5pt; overflow-wrap: anywhere }
@media screen { body { max-width: 178mm; margin: 8mm auto; padding: 0 6mm } }
)";

constexpr std::string_view kLandscapeStyle = R"(@page { size: A4 landscape; margin: 15mm 12mm }
@media screen { body { max-width: 270mm } }
)";

template <class Word>
Result<Word> word_of(std::string_view text, std::string_view parameter) {
  constexpr auto kWords = names(Word{});
  const auto found = std::find(kWords.begin(), kWords.end(), text);
  if (found != kWords.end()) return static_cast<Word>(found - kWords.begin());
  return fail(ErrorCode::kInvalidField,
              fmt::format("'{}' is none of {}", text, fmt::join(kWords, ", ")),
              std::string(parameter));
}

}  // namespace

Result<Form> form_of(const http::Request& request) {
  if (const auto asked = request.parameter("format")) return word_of<Form>(*asked, "format");
  const auto best =
      http::preferred(request.header("accept"), {"application/json", "text/html", "text/csv"});
  return static_cast<Form>(best.value_or(0));
}

Result<Form> json_or_csv(const http::Request& request) {
  const std::string_view accept = request.header("accept");
  if (request.parameter("format")) {
    const auto form = form_of(request);
    if (form && *form != Form::kHtml) return *form;
  } else if (const auto best = http::preferred(accept, {"application/json", "text/csv"})) {
    return *best == 0 ? Form::kJson : Form::kCsv;
  } else if (!http::takes(accept, "text/html")) {
    return Form::kJson;  // whoever takes nothing that is here
  }
  return fail(ErrorCode::kInvalidField, "is json or csv", "format");
}

Result<Language> language_of(const http::Request& request) {
  const auto asked = request.parameter("lang");
  return asked ? word_of<Language>(*asked, "lang") : Language::kUkrainian;
}

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string grouped(std::int64_t number, Language language) {
  const std::string digits = fmt::format("{}", number);
  const std::size_t sign = number < 0 ? 1 : 0;
  std::string text = sign == 1 ? "−" : "";
  for (std::size_t i = sign; i < digits.size(); ++i) {
    if (i > sign && (digits.size() - i) % 3 == 0) {
      text += language == Language::kEnglish ? "," : kNoBreakSpace;
    }
    text += digits[i];
  }
  return text;
}

namespace {

// A sum as whole units and what is left of one.
struct Parts {
  std::uint64_t whole;
  std::uint64_t fraction;
  int digits;  // of the fraction
};

Parts parts_of(std::int64_t minor, std::string_view currency) {
  const auto known = Currency::parse(currency);
  std::uint64_t unit = 1;
  const int digits = known ? known->exponent() : 2;
  for (int i = 0; i < digits; ++i) unit *= 10;
  // Without overflow at the least value, which has no positive.
  const std::uint64_t absolute = minor < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(minor)
                                           : static_cast<std::uint64_t>(minor);
  return {absolute / unit, absolute % unit, digits};
}

}  // namespace

std::string amount(std::int64_t minor, std::string_view currency, Language language) {
  const Parts parts = parts_of(minor, currency);
  std::string text = minor < 0 ? "−" : "";
  text += grouped(static_cast<std::int64_t>(parts.whole), language);
  if (parts.digits == 0) return text;
  return text + fmt::format("{}{:0{}}", language == Language::kEnglish ? '.' : ',', parts.fraction,
                            parts.digits);
}

std::string money(std::int64_t minor, std::string_view currency, Language language) {
  std::string text = amount(minor, currency, language);
  text += kNoBreakSpace;
  text += language == Language::kUkrainian && currency == "UAH" ? "грн" : currency;
  return text;
}

// In English the month in letters: 03.11 is another day there than here.
std::string date(Date date, Language language) {
  const unsigned month = unsigned(date.month());
  if (language == Language::kEnglish) {
    return fmt::format("{}{}{}{}{}", unsigned(date.day()), kNoBreakSpace,
                       kMonthsEn[month - 1].substr(0, 3), kNoBreakSpace, int(date.year()));
  }
  return fmt::format("{:02}.{:02}.{:04}", unsigned(date.day()), month, int(date.year()));
}

std::string instant(Timestamp instant, const BusinessZone& zone, Language language) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(zone.time_of_day(instant)).count();
  return fmt::format("{} {:02}:{:02}", date(zone.local_day(instant), language), minutes / 60,
                     minutes % 60);
}

std::string month(Date month, Language language) {
  const auto& months = language == Language::kUkrainian ? kMonthsUk : kMonthsEn;
  return fmt::format("{} {}", months[unsigned(month.month()) - 1], int(month.year()));
}

std::string page(std::string_view title, std::string_view body, Language language, Paper paper,
                 std::string_view style) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n"
      "<style>{}{}{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      name_of(language), escaped(title), kStyle, paper == Paper::kLandscape ? kLandscapeStyle : "",
      style, body);
}

Csv::Csv(TableKind kind) : kind_(kind), text_(kind == TableKind::kExcel ? "\ufeff" : "") {}

void Csv::begin_cell() {
  if (row_begun_) text_ += kind_ == TableKind::kExcel ? ';' : ',';
  row_begun_ = true;
}

Csv& Csv::cell(std::string_view text) {
  begin_cell();
  const bool is_formula =
      !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
  const std::string_view special = kind_ == TableKind::kExcel ? ";\"\r\n" : ",\"\r\n";
  if (!is_formula && text.find_first_of(special) == std::string_view::npos) {
    text_ += text;
    return *this;
  }
  text_ += '"';
  if (is_formula) text_ += '\'';
  for (const char c : text) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
  text_ += '"';
  return *this;
}

Csv& Csv::cell(std::int64_t number) {
  begin_cell();
  text_ += fmt::format("{}", number);
  return *this;
}

Csv& Csv::money(std::int64_t minor, std::string_view currency) {
  const Parts parts = parts_of(minor, currency);
  begin_cell();
  text_ += fmt::format("{}{}", minor < 0 ? "-" : "", parts.whole);
  if (parts.digits > 0) {
    text_ += kind_ == TableKind::kExcel ? ',' : '.';
    text_ += fmt::format("{:0{}}", parts.fraction, parts.digits);
  }
  return *this;
}

void Csv::end_row() {
  text_ += "\r\n";
  row_begun_ = false;
}

http::Response answer_html(std::string html) {
  http::Response response{200, "text/html; charset=utf-8", std::move(html)};
  // The page holds no script and loads nothing.
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'");
  return response;
}

http::Response answer_csv(std::string csv, std::string_view file_name) {
  http::Response response{200, "text/csv; charset=utf-8; header=present", std::move(csv)};
  response.headers.emplace_back("Content-Disposition",
                                fmt::format("attachment; filename=\"{}\"", file_name));
  return response;
}

}  // namespace ledger::print
