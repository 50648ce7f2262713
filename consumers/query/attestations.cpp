#include <fmt/format.h>

#include "consumers/query/duty_links.h"
#include "consumers/query/print/attestation_page.h"
#include "consumers/query/print/form.h"
#include "consumers/query/print/report_tables.h"
#include "consumers/query/print/report_titles.h"
#include "consumers/query/routes.h"
#include "events/fields_json.h"
#include "projections/attestation/sheet.h"

namespace ledger {

namespace {

using attestation::Growth;
using attestation::Sheet;

constexpr std::string_view kAttestation = "attestation.half_yearly";

void write_optional(JsonWriter& json, std::string_view name,
                    const std::optional<std::int64_t>& value) {
  if (value) json.member(name, *value);
}

void write_growth(JsonWriter& json, const Growth& growth) {
  json.member("before", growth.before);
  json.member("now", growth.now);
  write_optional(json, "growth_percent", growth.percent());
}

void write_growths(JsonWriter& json, std::string_view name,
                   const std::map<std::string, Growth>& growths) {
  json.key(name).begin_array();
  for (const auto& [currency, growth] : growths) {
    json.begin_object();
    json.member("currency", currency);
    write_growth(json, growth);
    json.end_object();
  }
  json.end_array();
}

void write_criteria(JsonWriter& json, const Sheet& sheet) {
  json.key("criteria").begin_object();
  write_duty_ids(json, {{"plan", "plan.search"},
                        {"turnover_invoiced", "turnover.growth"},
                        {"turnover_paid", "turnover.growth"},
                        {"contracts", "turnover.growth"},
                        {"cards", "cards.timeliness"}});
  json.key("plan").begin_object();
  json.member("planned", sheet.plan.planned);
  json.member("reached", sheet.plan.reached);
  json.end_object();
  write_growths(json, "turnover_invoiced", sheet.invoiced);
  write_growths(json, "turnover_paid", sheet.paid);
  json.key("contracts").begin_object();
  write_growth(json, sheet.contracts);
  json.end_object();
  json.key("cards").begin_object();
  json.member("opened", sheet.cards.opened);
  json.member("complete", sheet.cards.complete);
  json.member("on_time", sheet.cards.on_time);
  write_optional(json, "median_days", sheet.cards.median_days);
  write_optional(json, "median_minutes", sheet.cards.median_minutes);
  json.end_object();
  json.end_object();
}

template <class E>
void write_list(JsonWriter& json, std::string_view name, const std::vector<E>& list) {
  json.key(name).begin_array();
  for (const auto& event : list) json::write(json, event);
  json.end_array();
}

// Higher or specialised secondary education and a year in sales are asked for (1.4): whether what
// is on record is enough stands beside it, for a person to heed.
void write_qualifications(JsonWriter& json, const Sheet& sheet) {
  json.key("qualifications").begin_array();
  for (const auto& told : sheet.record.qualifications) {
    const auto lacks = qualification::lacks_of(told);
    json.begin_object();
    json.member("manager_id", told.manager_id.text());
    json.member("education", name_of(told.education));
    json.member("sales_months", told.sales_months);
    if (told.document) json.member("document", *told.document);
    json.member("enough", !lacks.any());
    json.key("lacks").begin_array();
    if (lacks.education) json.value("education");
    if (lacks.experience) json.value("experience");
    json.end_array();
    json.member("duty_id", "staff.qualification");
    json.end_object();
  }
  json.end_array();
}

void write_rows(JsonWriter& json, const Sheet& sheet) {
  json.key("months").begin_array();
  for (const Date month : sheet.months) json.value(format_month(month));
  json.end_array();
  json.key("figures").begin_array();
  for (const auto& row : sheet.rows) {
    json.begin_object();
    json.member("section", name_of(row.section));
    json.member("figure", row.id);
    if (!row.unit.empty()) json.member("unit", row.unit);
    json.key("values").begin_array();
    for (const auto& value : row.values) {
      if (value) {
        json.value(*value);
      } else {
        json.null();
      }
    }
    json.end_array();
    write_optional(json, "sum", row.sum);
    json.member("duty_id", row.duty_id);
    json.end_object();
  }
  json.end_array();
}

http::Response as_json(const Query& query, const Sheet& sheet) {
  JsonWriter json = query.begin_answer();
  json.member("duty_id", kAttestation);
  json.member("manager_id", sheet.manager.manager_id.text());
  json.member("name", sheet.manager.name);
  json.member("figures_known_at", format_timestamp(sheet.known_at));
  write_criteria(json, sheet);
  write_qualifications(json, sheet);
  write_list(json, "attestations", sheet.record.attestations);
  write_list(json, "trainings", sheet.record.trainings);
  write_list(json, "secrecy_acknowledged", sheet.record.secrecy);
  write_list(json, "criteria_acknowledged", sheet.record.criteria);
  write_rows(json, sheet);
  return answer(json);
}

void add_cell(print::Csv& csv, const std::optional<std::int64_t>& value, std::string_view unit) {
  if (value) {
    print::figure_cell(csv, *value, unit);
  } else {
    csv.cell("");
  }
}

// Below the figures, each word in the column of sums: with what he came to the post.
void add_qualification(print::Csv& csv, const Sheet& sheet, print::Language language) {
  const bool uk = language == print::Language::kUkrainian;
  const auto row = [&](std::string_view figure, std::string_view title, std::string_view unit) {
    csv.cell("qualification").cell(figure).cell(title).cell(unit);
    for (std::size_t month = 0; month < sheet.months.size(); ++month) csv.cell("");
  };
  const auto end = [&] {
    csv.cell("staff.qualification");
    csv.end_row();
  };
  for (const auto& told : sheet.record.qualifications) {
    const auto lacks = qualification::lacks_of(told);
    row("education", uk ? "Освіта" : "Education", "");
    csv.cell(name_of(told.education));
    end();
    row("sales_months", uk ? "Досвід у продажах" : "Experience in sales", "month");
    csv.cell(told.sales_months);
    end();
    row("lacks", uk ? "Бракує (п. 1.4)" : "Lacks (1.4)", "");
    csv.cell(fmt::format("{}{}{}", lacks.education ? "education" : "",
                         lacks.education && lacks.experience ? "; " : "",
                         lacks.experience ? "experience" : ""));
    end();
  }
}

http::Response as_csv(const Sheet& sheet, print::Language language) {
  print::Csv csv;
  csv.cell("section").cell("figure").cell("title").cell("unit");
  for (const Date month : sheet.months) csv.cell(format_month(month));
  csv.cell("sum").cell("duty_id");
  csv.end_row();
  for (const auto& row : sheet.rows) {
    csv.cell(name_of(row.section)).cell(row.id).cell(print::full_title_of(row.id, language));
    csv.cell(row.unit);
    for (const auto& value : row.values) add_cell(csv, value, row.unit);
    add_cell(csv, row.sum, row.unit);
    csv.cell(row.duty_id);
    csv.end_row();
  }
  add_qualification(csv, sheet, language);
  return print::answer_csv(csv.take(),
                           fmt::format("attestation-{}.csv", format_month(sheet.months.back())));
}

Result<http::Response> get_sheet(const QueryContext& context, const Query& query) {
  LEDGER_TRY(const auto form, print::form_of(query.request));
  LEDGER_TRY(const auto language, print::language_of(query.request));
  const ManagerId manager(query.request.captures.front());
  LEDGER_TRY(const auto sheet,
             attestation::make(query.snapshot, manager, query.as_of,
                               query.known_at.value_or(query.settled()), context.zone));
  switch (form) {
    case print::Form::kHtml:
      return print::answer_html(
          print::attestation_page(sheet, query.as_of, context.zone, language));
    case print::Form::kCsv:
      return as_csv(sheet, language);
    case print::Form::kJson:
      break;
  }
  return as_json(query, sheet);
}

}  // namespace

void add_attestation_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/attestations/{manager}", http::RunOn::kWorker, get_sheet,
            Times::kKnownAtToo, {"format", "lang"}, Changes::kAlways);
}

}  // namespace ledger
