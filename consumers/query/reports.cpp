#include <fmt/format.h>

#include "consumers/query/answering.h"
#include "consumers/query/print/form.h"
#include "consumers/query/print/report_titles.h"
#include "consumers/query/routes.h"
#include "projections/directory/queries.h"
#include "projections/directory/working_time.h"
#include "projections/monthly_report/report.h"
#include "projections/reports/queries.h"

namespace ledger {

namespace {

using monthly_report::Line;
using monthly_report::Report;
using print::Language;
using reports::Standing;

// A report as asked for, and what became of it.
struct Asked {
  Report report;
  Standing standing;
  std::optional<Report> handed_in;  // by the knowledge of the last hand-in
};

Result<Date> month_of(const Query& query) {
  const auto text = query.request.parameter("month");
  if (!text) return fail(ErrorCode::kMissingField, "say which month, 2026-11", "month");
  const auto month = parse_month(*text);
  if (!month) return fail(month.error().code, month.error().message, "month");
  if (*month > query.today) return fail(ErrorCode::kOutOfRange, "has not come yet", "month");
  return *month;
}

Result<Asked> ask(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const Date month, month_of(query));
  const ManagerId manager(query.request.captures.front());
  const Timestamp known_at = query.known_at.value_or(query.settled());
  Asked asked;
  LEDGER_TRY(asked.report,
             monthly_report::make(query.snapshot, manager, month, known_at, context.zone));
  LEDGER_TRY(asked.standing,
             reports::standing(query.snapshot, manager.text(), month, query.known_at));
  const auto& submitted = asked.standing.submitted;
  if (!submitted.empty() && submitted.back().data.known_at) {
    LEDGER_TRY(asked.handed_in,
               monthly_report::make(query.snapshot, manager, month, *submitted.back().data.known_at,
                                    context.zone));
  }
  return asked;
}

void write_standing(JsonWriter& json, const Query& query, const Asked& asked) {
  const Standing& standing = asked.standing;
  json.member("progress", name_of(standing.progress()));
  json.member("due_on", format_date(standing.due_on));
  json.member("days_late", standing.days_late(query.today));
  if (standing.submitted.empty()) return;
  const auto& last = standing.submitted.back();
  json.key("handed_in").begin_object();
  json.member("position", to_string(last.position));
  json.member("digest", last.data.digest);
  if (last.data.conclusions) json.member("conclusions", *last.data.conclusions);
  const auto form = last.data.form.value_or(std::string(monthly_report::kFirstForm));
  const bool same_form = form == monthly_report::kForm;
  json.member("form", form);
  if (!same_form) json.member("another_form", true);
  if (asked.handed_in) {
    json.member("known_at", format_timestamp(asked.handed_in->known_at));
    if (same_form) {
      json.member("digest_holds", monthly_report::digest(*asked.handed_in) == last.data.digest);
    }
  }
  json.end_object();
  if (!asked.handed_in) return;
  json.key("changed_since").begin_array();
  for (const auto& difference : monthly_report::differences(*asked.handed_in, asked.report)) {
    json.begin_object();
    json.member("figure", difference.id);
    if (!difference.unit.empty()) json.member("unit", difference.unit);
    json.member("then", difference.then);
    json.member("now", difference.now);
    json.end_object();
  }
  json.end_array();
}

// By which rule the figures of a section are the manager's, where he need not have done it himself:
// clients and acts are those for which he answers, debts those that he invoiced.
void write_rules(JsonWriter& json) {
  using monthly_report::Section;
  json.key("rules").begin_object();
  json.member(name_of(Section::kClients), kResponsibleRule);
  json.member(name_of(Section::kActs), kResponsibleRule);
  json.member(name_of(Section::kDebts), "invoice_manager.v1");
  json.end_object();
}

http::Response as_json(const Query& query, const Asked& asked) {
  JsonWriter json = query.begin_answer();
  json.member("duty_id", "report.monthly");
  json.member("manager_id", asked.report.manager.manager_id.text());
  json.member("name", asked.report.manager.name);
  json.member("month", format_month(asked.report.month));
  json.member("form", monthly_report::kForm);
  json.member("figures_known_at", format_timestamp(asked.report.known_at));
  json.member("digest", monthly_report::digest(asked.report));
  write_standing(json, query, asked);
  write_rules(json);
  json.key("figures").begin_array();
  for (const auto& line : asked.report.lines) {
    json.begin_object();
    json.member("section", name_of(line.section));
    json.member("figure", line.id);
    json.member("value", line.value);
    if (!line.unit.empty()) json.member("unit", line.unit);
    json.member("duty_id", line.duty_id);
    json.end_object();
  }
  json.end_array();
  return answer(json);
}

std::string value_of(const Line& line, Language language) {
  if (line.unit.empty() || line.unit == "day") return print::grouped(line.value);
  return print::money(line.value, line.unit, language);
}

http::Response as_csv(const Asked& asked, Language language) {
  print::Csv csv;
  csv.cell("section").cell("figure").cell("title").cell("value").cell("unit").cell("duty_id");
  csv.end_row();
  for (const auto& line : asked.report.lines) {
    csv.cell(name_of(line.section)).cell(line.id).cell(print::title_of(line.id, language));
    csv.cell(line.value).cell(line.unit).cell(line.duty_id);
    csv.end_row();
  }
  return print::answer_csv(csv.take(),
                           fmt::format("report-{}.csv", format_month(asked.report.month)));
}

std::string figures_table(const Report& report, Language language) {
  std::string html;
  std::optional<monthly_report::Section> section;
  for (const auto& line : report.lines) {
    if (section != line.section) {
      if (section) html += "</tbody></table>\n";
      section = line.section;
      html += fmt::format("<h2>{}</h2>\n<table><tbody>\n",
                          print::escaped(print::title_of(line.section, language)));
    }
    html +=
        fmt::format("<tr><td>{}</td><td class=\"number\">{}</td></tr>\n",
                    print::escaped(print::title_of(line.id, language)), value_of(line, language));
  }
  return section ? html + "</tbody></table>\n" : html;
}

http::Response as_html(const Asked& asked, const BusinessZone& zone, Language language) {
  const bool uk = language == Language::kUkrainian;
  const Report& report = asked.report;
  const std::string title = fmt::format("{} {}", uk ? "Звіт менеджера за" : "Manager's report for",
                                        print::month(report.month, language));
  std::string body = fmt::format(
      "<h1>{}</h1>\n<p class=\"centred\">{}{}</p>\n", print::escaped(title),
      print::escaped(report.manager.name),
      report.manager.department ? ", " + print::escaped(*report.manager.department) : "");
  body += figures_table(report, language);
  const auto& submitted = asked.standing.submitted;
  if (!submitted.empty() && submitted.back().data.conclusions) {
    body += fmt::format("<h2>{}</h2>\n<p>{}</p>\n", uk ? "Висновки" : "Conclusions",
                        print::escaped(*submitted.back().data.conclusions));
  }
  body += fmt::format(
      "<p class=\"small\">{} {}. {} {}. {} {}, SHA-256 {}</p>\n", uk ? "Подати до" : "Due by",
      print::date(asked.standing.due_on), uk ? "Форма" : "Form", monthly_report::kForm,
      uk ? "Показники за даними журналу подій, відомими на" : "Figures by the log as known at",
      print::instant(report.known_at, zone), monthly_report::digest(report));
  body +=
      fmt::format("<div class=\"signatures\"><div>{}</div><div>{}</div></div>\n",
                  uk ? "Менеджер (підпис, дата)" : "Manager (signature, date)",
                  uk ? "Керівник відділу (підпис, дата)" : "Head of department (signature, date)");
  return print::answer_html(print::page(title, body, language));
}

Result<http::Response> get_report(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const auto form, print::form_of(query.request));
  LEDGER_TRY(const auto language, print::language_of(query.request));
  LEDGER_TRY(const auto asked, ask(context, query));
  switch (form) {
    case print::Form::kHtml:
      return as_html(asked, context.zone, language);
    case print::Form::kCsv:
      return as_csv(asked, language);
    case print::Form::kJson:
      break;
  }
  return as_json(query, asked);
}

Result<bool> is_employed(directory::WorkingTime& time, const ManagerHired& manager, Date month,
                         const BusinessZone& zone) {
  for (Date day = month; day <= last_of_month(month); day = add_days(day, 1)) {
    LEDGER_TRY(const auto there,
               time.day(manager.manager_id, manager.hired_on, day, std::nullopt, zone));
    if (there) return true;
  }
  return false;
}

void write_standing_of(JsonWriter& json, const ManagerHired& manager, const Standing& standing,
                       Date today) {
  json.begin_object();
  json.member("manager_id", manager.manager_id.text());
  json.member("name", manager.name);
  if (manager.department) json.member("department", *manager.department);
  json.member("progress", name_of(standing.progress()));
  json.member("days_late", standing.days_late(today));
  if (!standing.submitted.empty()) {
    json.member("handed_in_on", format_date(standing.submitted.front().day));
    json.member("position", to_string(standing.submitted.back().position));
    json.member("digest", standing.submitted.back().data.digest);
  }
  if (standing.progress() == reports::Progress::kReturned) {
    json.member("returned_because", standing.returned.back().data.reason);
  }
  json.end_object();
}

// Whose report of a month is in, late, sent back or accepted.
Result<http::Response> list_reports(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const Date month, month_of(query));
  LEDGER_TRY(auto time, directory::WorkingTime::read(query.snapshot, month, last_of_month(month),
                                                     query.known_at));
  LEDGER_TRY(const auto managers, directory::managers(query.snapshot));
  JsonWriter json = query.begin_answer();
  json.member("duty_id", "report.monthly");
  json.member("month", format_month(month));
  json.member("due_on", format_date(reports::due_on(month)));
  json.key("reports").begin_array();
  for (const auto& manager : managers) {
    LEDGER_TRY(const bool employed, is_employed(time, manager, month, context.zone));
    if (!employed) continue;
    LEDGER_TRY(const auto standing,
               reports::standing(query.snapshot, manager.manager_id.text(), month, query.known_at));
    write_standing_of(json, manager, standing, query.today);
  }
  json.end_array();
  return answer(json);
}

}  // namespace

void add_report_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/reports", http::RunOn::kWorker, list_reports, Times::kKnownAtToo,
            {"month"});
  add_query(router, context, "/v1/reports/{manager}", http::RunOn::kWorker, get_report,
            Times::kKnownAtToo, {"month", "format", "lang"});
}

}  // namespace ledger
