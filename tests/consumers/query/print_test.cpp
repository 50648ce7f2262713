// Goal: what is printed says what is recorded, and nothing in it can act. Method: values at the
// edges of each form.
#include "consumers/query/print/form.h"

#include <cstdint>
#include <limits>

#include "consumers/query/print/ageing_page.h"
#include "consumers/query/print/report_titles.h"
#include "tests/support/catch.h"

namespace ledger::testing {

using namespace print;

TEST_CASE("print: money as it is written in each language", "[print]") {
  CHECK(money(0, "UAH", Language::kUkrainian) == "0,00\u00a0грн");
  CHECK(money(5, "UAH", Language::kUkrainian) == "0,05\u00a0грн");
  CHECK(money(-123'456'789, "UAH", Language::kEnglish) == "−1\u00a0234\u00a0567,89\u00a0UAH");
  CHECK(money(1'234, "JPY", Language::kEnglish) == "1\u00a0234\u00a0JPY");
  CHECK(money(1'234, "KWD", Language::kUkrainian) == "1,234\u00a0KWD");
  CHECK(money(std::numeric_limits<std::int64_t>::min(), "UAH", Language::kEnglish) ==
        "−92\u00a0233\u00a0720\u00a0368\u00a0547\u00a0758,08\u00a0UAH");
}

TEST_CASE("print: the register of debts says by what it stands, and adds up", "[print]") {
  receivables::Ageing ageing;
  ageing.currency = Currency::parse("UAH").value();
  ageing.balance_minor = 700;
  ageing.unallocated_minor = 300;
  ageing.buckets_minor = {600, 400, 0, 0, 0};
  const Date day = parse_date("2026-11-25").value();
  const auto zone = BusinessZone::named("Europe/Kyiv").value();
  AgeingRegister debts{{day, std::nullopt}, {{"c-1", "ТОВ <Ромашка>", ageing}}, {{"UAH", ageing}}};
  const std::string page = ageing_page(debts, zone, Language::kUkrainian);
  CHECK(page.find("станом на 25.11.2026, за всіма записаними даними") != std::string::npos);
  CHECK(page.find("Дні рахуються від строку оплати.") != std::string::npos);
  CHECK(page.find("ТОВ &lt;Ромашка&gt;</td><td class=\"number\">7,00</td>") != std::string::npos);
  CHECK(page.find("<h2>грн</h2>") != std::string::npos);
  CHECK(page.find("A4 landscape") != std::string::npos);
  CHECK(ageing_csv(debts).ends_with(
      "c-1,ТОВ <Ромашка>,UAH,700,600,400,0,0,0,300,0,receivables.collected\r\n"));
  debts.as_of.known_at = parse_timestamp("2026-11-26T10:00:00Z").value();
  CHECK(ageing_page(debts, zone, Language::kEnglish).find("as known at 26.11.2026 12:00") !=
        std::string::npos);
  CHECK(ageing_page({{day, std::nullopt}, {}, {}}, zone, Language::kUkrainian)
            .find("Ніхто нічого не винен.") != std::string::npos);
}

TEST_CASE("print: numbers and dates", "[print]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(-1'000) == "−1\u00a0000");
  CHECK(date(parse_date("2026-02-03").value()) == "03.02.2026");
  // Either side of the hour that is struck twice.
  const auto zone = BusinessZone::named("Europe/Kyiv").value();
  CHECK(instant(parse_timestamp("2026-10-25T00:30:00Z").value(), zone) == "25.10.2026 03:30");
  CHECK(instant(parse_timestamp("2026-10-25T01:30:59Z").value(), zone) == "25.10.2026 03:30");
  CHECK(instant(parse_timestamp("2026-11-26T22:05:00Z").value(), zone) == "27.11.2026 00:05");
  CHECK(month(parse_month("2026-11").value(), Language::kUkrainian) == "листопад 2026");
  CHECK(month(parse_month("2026-01").value(), Language::kEnglish) == "January 2026");
}

TEST_CASE("print: text cannot become markup, nor a cell a formula", "[print]") {
  CHECK(escaped("<b a='1'>\"&") == "&lt;b a=&#39;1&#39;&gt;&quot;&amp;");
  Csv csv;
  csv.cell("a,b").cell("say \"hi\"").cell("=SUM(A1)").cell("-5 %").cell(std::int64_t{-5});
  csv.end_row();
  CHECK(csv.take() == "\"a,b\",\"say \"\"hi\"\"\",\"'=SUM(A1)\",\"'-5 %\",-5\r\n");
}

TEST_CASE("print: the form by its parameter, then by Accept", "[print]") {
  http::Request request;
  CHECK(form_of(request).value() == Form::kJson);
  request.headers = {{"accept", "text/html,application/xhtml+xml,*/*;q=0.8"}};
  CHECK(form_of(request).value() == Form::kHtml);
  request.headers = {{"accept", "*/*"}};
  CHECK(form_of(request).value() == Form::kJson);
  request.headers = {{"accept", "text/csv"}};
  CHECK(form_of(request).value() == Form::kCsv);
  request.query = {{"format", "html"}};
  CHECK(form_of(request).value() == Form::kHtml);
  request.query = {{"format", "pdf"}};
  CHECK(form_of(request).error().field == "format");
}

TEST_CASE("print: JSON or a table where there is no page for people", "[print]") {
  http::Request request;
  CHECK(json_or_csv(request).value() == Form::kJson);
  request.headers = {{"accept", "text/html,application/xhtml+xml,*/*;q=0.8"}};
  CHECK(json_or_csv(request).value() == Form::kJson);
  request.headers = {{"accept", "text/csv"}};
  CHECK(json_or_csv(request).value() == Form::kCsv);
  request.headers = {{"accept", "text/html"}};
  CHECK(json_or_csv(request).error().field == "format");
  request.query = {{"format", "csv"}};
  CHECK(json_or_csv(request).value() == Form::kCsv);
  request.query = {{"format", "html"}};
  CHECK(json_or_csv(request).error().message == "is json or csv");
}

TEST_CASE("print: parts of the report have titles in both languages", "[print]") {
  CHECK(title_of(monthly_report::Section::kTime, Language::kEnglish) == "Working time");
  CHECK(title_of(monthly_report::Section::kBreaches, Language::kUkrainian) ==
        "12. Порушення та пояснення");
  CHECK(title_of("calls.counted", Language::kUkrainian) == "Дзвінків зараховано");
  CHECK(title_of("not.yet.named", Language::kUkrainian) == "not.yet.named");
}

}  // namespace ledger::testing
