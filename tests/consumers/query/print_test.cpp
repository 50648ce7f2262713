// Goal: what is printed says what is recorded, and nothing in it can act. Method: values at the
// edges of each form.
#include "consumers/query/print/form.h"

#include <cstdint>
#include <limits>

#include "consumers/query/print/ageing_page.h"
#include "consumers/query/print/report_page.h"
#include "consumers/query/print/report_tables.h"
#include "consumers/query/print/report_titles.h"
#include "tests/support/catch.h"

namespace ledger::testing {

using namespace print;

TEST_CASE("print: money as it is written in each language", "[print]") {
  CHECK(money(0, "UAH", Language::kUkrainian) == "0,00\u00a0грн");
  CHECK(money(5, "UAH", Language::kUkrainian) == "0,05\u00a0грн");
  CHECK(money(-123'456'789, "UAH", Language::kEnglish) == "−1,234,567.89\u00a0UAH");
  CHECK(money(1'234, "JPY", Language::kEnglish) == "1,234\u00a0JPY");
  CHECK(money(1'234, "KWD", Language::kUkrainian) == "1,234\u00a0KWD");
  CHECK(money(std::numeric_limits<std::int64_t>::min(), "UAH", Language::kEnglish) ==
        "−92,233,720,368,547,758.08\u00a0UAH");
  CHECK(money(-123'456'789, "UAH", Language::kUkrainian) == "−1\u00a0234\u00a0567,89\u00a0грн");
  CHECK(money(1'234'567, "KWD", Language::kEnglish) == "1,234.567\u00a0KWD");
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
      "c-1,ТОВ <Ромашка>,UAH,700,600,400,0,0,0,300,0,receivables.collected,due,,,,\r\n"));
  CHECK(page.find("Відбір: усі борги. Порядок: за кодом.") != std::string::npos);
  debts.choice = {"Олена <Коваль>", "UAH", true, "overdue", true, "manager=m-1&overdue=true"};
  CHECK(
      ageing_page(debts, zone, Language::kUkrainian)
          .find("Відбір: менеджер Олена &lt;Коваль&gt;; валюта UAH; лише прострочені. Порядок: за "
                "простроченим, від найменшого.") != std::string::npos);
  CHECK(ageing_csv(debts).ends_with(",due,manager=m-1&overdue=true,,,\r\n"));
  debts.choice.overdue_only = false;
  debts.choice.due_in_week_only = true;
  CHECK(ageing_page(debts, zone, Language::kUkrainian)
            .find("валюта UAH; сплатять цього тижня. Порядок") != std::string::npos);
  CHECK(ageing_page(debts, zone, Language::kEnglish).find("currency UAH; due within 7 days.") !=
        std::string::npos);
  debts.choice.due_in_week_only = false;
  debts.choice.overdue_only = true;
  debts.lines.front().name = "=А;Б";
  debts.lines.front().manager = "Олена Коваль";
  const std::string table = ageing_for_excel(debts, zone, Language::kEnglish);
  CHECK(table.starts_with("\ufeffReceivables by age\r\nas of 25\u00a0Nov\u00a02026, "));
  CHECK(table.find("\r\n\"Chosen: manager Олена <Коваль>; currency UAH; overdue only. Order: by "
                   "what is overdue, smallest first.\"\r\n\r\nCode;Client;") != std::string::npos);
  CHECK(table.ends_with(
      "\r\nc-1;\"'=А;Б\";Олена Коваль;UAH;7,00;6,00;4,00;0,00;0,00;0,00;3,00;;;\r\n"));
  debts.as_of.known_at = parse_timestamp("2026-11-26T10:00:00Z").value();
  CHECK(ageing_page(debts, zone, Language::kEnglish)
            .find("as known at 26\u00a0Nov\u00a02026 12:00") != std::string::npos);
  CHECK(ageing_page({{day, std::nullopt}, {}, {}}, zone, Language::kUkrainian)
            .find("Ніхто нічого не винен.") != std::string::npos);
  AgeingRegister none{{day, std::nullopt}, {}, {}};
  none.choice.due_in_week_only = true;
  CHECK(ageing_page(none, zone, Language::kEnglish).find("There are no such debts.") !=
        std::string::npos);
}

TEST_CASE("print: numbers and dates", "[print]") {
  const auto uk = Language::kUkrainian;
  CHECK(grouped(0, uk) == "0");
  CHECK(grouped(999, Language::kEnglish) == "999");
  CHECK(grouped(-1'000, uk) == "−1\u00a0000");
  CHECK(grouped(-1'000, Language::kEnglish) == "−1,000");
  CHECK(date(parse_date("2026-02-03").value(), uk) == "03.02.2026");
  // Written so that nobody reads the 2nd of March.
  CHECK(date(parse_date("2026-02-03").value(), Language::kEnglish) == "3\u00a0Feb\u00a02026");
  // Either side of the hour that is struck twice.
  const auto zone = BusinessZone::named("Europe/Kyiv").value();
  CHECK(instant(parse_timestamp("2026-10-25T00:30:00Z").value(), zone, uk) == "25.10.2026 03:30");
  CHECK(instant(parse_timestamp("2026-10-25T01:30:59Z").value(), zone, uk) == "25.10.2026 03:30");
  CHECK(instant(parse_timestamp("2026-11-26T22:05:00Z").value(), zone, uk) == "27.11.2026 00:05");
  CHECK(month(parse_month("2026-11").value(), Language::kUkrainian) == "листопад 2026");
  CHECK(month(parse_month("2026-01").value(), Language::kEnglish) == "January 2026");
}

TEST_CASE("print: text cannot become markup, nor a cell a formula", "[print]") {
  CHECK(escaped("<b a='1'>\"&") == "&lt;b a=&#39;1&#39;&gt;&quot;&amp;");
  Csv csv;
  csv.cell("a,b").cell("say \"hi\"").cell("=SUM(A1)").cell("-5 %").cell(std::int64_t{-5});
  csv.end_row();
  CHECK(csv.take() == "\"a,b\",\"say \"\"hi\"\"\",\"'=SUM(A1)\",\"'-5 %\",-5\r\n");
  for (const std::string_view formula : {"=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1"}) {
    csv.cell(formula).end_row();
    CHECK(csv.take() == "\"'" + std::string(formula) + "\"\r\n");
  }
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
  request.headers = {{"accept", "text/csv;q=0.2, text/html;q=0, application/json;q=0.9"}};
  CHECK(form_of(request).value() == Form::kJson);
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
  request.headers = {{"accept", "text/csv;q=0, application/json"}};
  CHECK(json_or_csv(request).value() == Form::kJson);
  request.query = {{"format", "csv"}};
  CHECK(json_or_csv(request).value() == Form::kCsv);
  request.query = {{"format", "html"}};
  CHECK(json_or_csv(request).error().message == "is json or csv");
}

TEST_CASE("print: the report as a table says what has changed beside it, also what is new",
          "[print]") {
  using monthly_report::Section;
  ReportPaper paper;
  paper.as_handed_in = true;
  paper.report.lines = {{Section::kNorms, "calls.counted", 612, "", "calls.daily"}};
  const Position position{3, 7};
  paper.changed_since = {{{{}, "calls.counted", "", 612, 611, {position}}, {}},
                         {{{}, "turnover.invoiced", "USD", 0, 500, {}}, {}}};
  const std::string csv = report_csv(paper, Language::kEnglish);
  CHECK(csv.find("norms,calls.counted,Calls counted,612,,calls.daily,611,3:7\r\n") !=
        std::string::npos);
  CHECK(
      csv.find("changed_since,turnover.invoiced,Invoiced,,USD,reporting.completeness,5.00,\r\n") !=
      std::string::npos);
  // Of a report that is shown by what is known, nothing has changed.
  paper.as_handed_in = false;
  CHECK(report_csv(paper, Language::kEnglish).find("611") == std::string::npos);
}

TEST_CASE("print: the report as a table has its figures in units that a bookkeeper reads",
          "[print]") {
  using monthly_report::Section;
  ReportPaper paper;
  paper.report.lines = {
      {Section::kDebts, "debts.closing", -1234560, "UAH", "receivables.collected"},
      {Section::kDebts, "turnover.paid", 1500, "JPY", "turnover.growth"},
      {Section::kNorms, "calls.worst_day", 20261008, "date", "calls.daily"},
      {Section::kClients, "clients.contacted_share", 83, "%", "contacts.regular"}};
  const std::string csv = report_csv(paper, Language::kEnglish);
  CHECK(csv.find("Debt at the end,-12345.60,UAH,") != std::string::npos);
  CHECK(csv.find("Invoiced,") == std::string::npos);
  CHECK(csv.find("Paid,1500,JPY,") != std::string::npos);
  CHECK(csv.find("Calls: the worst day,2026-10-08,date,") != std::string::npos);
  CHECK(csv.find(",83,%,") != std::string::npos);
}

TEST_CASE("print: a number of a part of the report stands over one heading", "[print]") {
  using monthly_report::Section;
  ReportPaper paper;
  paper.report.month = parse_month("2026-10").value();
  paper.standing.due_on = parse_date("2026-11-03").value();
  paper.report.lines = {{Section::kTime, "days.excused", 1, "day", "absence.covered"},
                        {Section::kDebts, "debts.closing", 5, "UAH", "receivables.collected"},
                        {Section::kDebts, "debts.actions", 2, "", "receivables.collected"},
                        {Section::kBreaches, "breaches.found", 1, "", "breaches.explained"}};
  paper.report.found_breaches = {{"segments.separation",
                                  parse_date("2026-10-12").value(),
                                  "c-1",
                                  "other_client_id",
                                  "c-2",
                                  {"b-1"}}};
  const auto zone = BusinessZone::named("Europe/Kyiv").value();
  const std::string page = report_page(paper, zone, Language::kUkrainian);
  const std::size_t fifth = page.find("<h2>5. ");
  REQUIRE(fifth != std::string::npos);
  CHECK(page.find("<h2>5. ", fifth + 1) == std::string::npos);
  CHECK(page.find("звільнено від норми дзвінків 1") != std::string::npos);
  CHECK(page.find("c-1 і c-2</td><td>записано: b-1</td>") != std::string::npos);
}

TEST_CASE("print: parts of the report have titles in both languages", "[print]") {
  CHECK(title_of(monthly_report::Section::kTime, Language::kEnglish) == "Working time");
  CHECK(title_of(monthly_report::Section::kBreaches, Language::kUkrainian) ==
        "12. Порушення та пояснення");
  CHECK(title_of("calls.counted", Language::kUkrainian) == "Дзвінків зараховано");
  CHECK(title_of("not.yet.named", Language::kUkrainian) == "not.yet.named");
  CHECK(title_of("plan.turnover.product.Фарби 1.5 л.fact", Language::kUkrainian) ==
        "виставлено рахунків на суму: Фарби 1.5 л");
  CHECK(title_of("plan.turnover.product.Фарби.target", Language::kEnglish) ==
        "Turnover planned: Фарби");
  CHECK(title_of("debts.in_time_share.UAH", Language::kEnglish) == "share paid in time");
  CHECK(full_title_of("calls.days_met", Language::kUkrainian) ==
        "Дзвінки: днів, у які норму виконано");
  CHECK(full_title_of("debts.opening.days_1_30", Language::kEnglish) ==
        "Debt at the beginning: 1–30 days past due");
  CHECK(full_title_of("calls.counted", Language::kUkrainian) == "Дзвінків зараховано");
}

TEST_CASE("print: a figure in its unit", "[print]") {
  CHECK(figure_text(1'234, "", Language::kEnglish) == "1,234");
  CHECK(figure_text(22, "day", Language::kUkrainian) == "22");
  CHECK(figure_text(57, "%", Language::kUkrainian) == "57%");
  CHECK(figure_text(57, "%", Language::kEnglish) == "57%");
  CHECK(figure_text(20261017, "date", Language::kUkrainian) == "17.10.2026");
  CHECK(figure_text(0, "date", Language::kUkrainian) == "—");
  CHECK(figure_text(1'250, "USD", Language::kEnglish) == "12.50\u00a0USD");
}

TEST_CASE("print: no line of the report is lost, whichever table shows it", "[print]") {
  using monthly_report::Section;
  monthly_report::Report report;
  report.lines = {{Section::kNorms, "calls.counted", 612, "", "calls.daily"},
                  {Section::kNorms, "calls.of_a_new_kind", 613, "", "calls.daily"},
                  {Section::kDebts, "debts.closing", 61'400, "UAH", "receivables.collected"},
                  {Section::kDebts, "debts.of_a_new_kind", 615, "", "receivables.collected"}};
  ReportTables tables(report, Language::kEnglish);
  const std::string norms = tables.norms();
  CHECK(norms.find(">612<") != std::string::npos);
  CHECK(norms.find(">613<") != std::string::npos);
  CHECK(tables.debts().find(">614.00<") != std::string::npos);
  const std::string rest = tables.rest_of(Section::kDebts);
  CHECK(rest.find(">615<") != std::string::npos);
  CHECK(rest.find("614") == std::string::npos);
}

}  // namespace ledger::testing
