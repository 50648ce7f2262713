#include "consumers/query/report_json.h"

#include <fmt/format.h>

#include "consumers/query/answering.h"

namespace ledger {

namespace {

using monthly_report::Report;

std::string_view post_of(const ManagerHired& hired) {
  return hired.post == StaffPost::kSupervisor ? "supervisor" : "client_manager";
}

void write_handed_in(JsonWriter& json, const ReportPaper& paper) {
  const auto& last = *paper.handed_in();
  json.key("handed_in").begin_object();
  json.member("position", to_string(last.position));
  json.member("at", format_timestamp(last.time));
  json.member("made_at", last.data.position);
  json.member("digest", last.data.digest);
  if (last.data.conclusions) json.member("conclusions", *last.data.conclusions);
  json.member("form", paper.handed_in_form);
  if (paper.is_of_another_form()) json.member("another_form", true);
  if (last.data.known_at) json.member("known_at", format_timestamp(*last.data.known_at));
  if (paper.digest_holds) json.member("digest_holds", *paper.digest_holds);
  json.end_object();
}

void write_change(JsonWriter& json, const ReportChange& change, bool with_month) {
  json.begin_object();
  if (with_month) json.member("month", format_month(change.what.month));
  json.member("figure", change.what.figure);
  if (!change.what.unit.empty()) json.member("unit", change.what.unit);
  json.member("then", change.what.then);
  json.member("now", change.what.now);
  write_named_events(json, change.events, change.what.events.size());
  json.end_object();
}

void write_standing(JsonWriter& json, const Query& query, const ReportPaper& paper) {
  json.member("progress", name_of(paper.standing.progress()));
  json.member("due_on", format_date(paper.standing.due_on));
  json.member("rule_version", paper.standing.rule_version);
  json.member("days_late", paper.standing.days_late(query.today));
  if (!paper.handed_in()) return;
  write_handed_in(json, paper);
  if (!paper.handed_in()->data.known_at) return;
  json.key("changed_since").begin_array();
  for (const auto& change : paper.changed_since) write_change(json, change, false);
  json.end_array();
}

void write_rules(JsonWriter& json, const Report& report) {
  json.key("rules").begin_array();
  for (const auto& rule : report.rules) {
    json.begin_object();
    json.member("metric", name_of(rule.metric));
    json.member("rule", rule.rule);
    json.key("policies").begin_array();
    for (const auto& id : rule.policies) json.value(id);
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

// By which rule the figures of a section are the manager's, where he need not have done it himself:
// clients are those that he owns, also while another stands in; acts and debts are those for which
// he answers; turnover (also among the debts) is what he invoiced.
void write_section_rules(JsonWriter& json) {
  using monthly_report::Section;
  json.key("section_rules").begin_object();
  json.member(name_of(Section::kClients), "owner.v1");
  json.member(name_of(Section::kActs), kResponsibleRule);
  json.member(name_of(Section::kDebts), kResponsibleRule);
  json.member("turnover", "invoice_manager.v1");
  json.end_object();
}

void write_stand_ins(JsonWriter& json, const Report& report) {
  json.key("stand_ins").begin_array();
  for (const auto& one : report.stand_ins) {
    json.begin_object();
    json.member("duty_id", "absence.covered");
    json.member(one.given ? "for" : "by", one.other.text());
    if (!one.other_name.empty()) json.member("name", one.other_name);
    json.member("from", format_date(one.from));
    json.member("to", format_date(one.to));
    if (one.order_no) json.member("order_no", *one.order_no);
    json.end_object();
  }
  json.end_array();
}

void write_contracts(JsonWriter& json, const Report& report) {
  json.key("contracts").begin_array();
  for (const auto& one : report.contracts) {
    json.begin_object();
    json.member("duty_id", "contracts.new.monthly");
    if (one.client_id.empty()) {
      json.member("restricted", true);
    } else {
      json.member("client_id", one.client_id);
      if (!one.client_name.empty()) json.member("client_name", one.client_name);
      json.member("number", one.number);
    }
    json.member("signed_on", format_date(one.signed_on));
    json.member("kind", name_of(one.kind));
    json.member("position", to_string(one.position));
    json.end_object();
  }
  json.end_array();
}

void write_breaches(JsonWriter& json, const Report& report) {
  json.key("breaches").begin_array();
  for (const auto& one : report.breaches) {
    json.begin_object();
    json.member("breach_id", one.breach_id);
    json.member("duty_id", one.duty_id);
    json.member("happened_on", format_date(one.happened_on));
    json.member("text", one.text);
    json.key("explanations").begin_array();
    for (const auto& text : one.explanations) json.value(text);
    json.end_array();
    if (one.decision) json.member("decision", *one.decision);
    json.end_object();
  }
  json.end_array();
}

void write_found_breaches(JsonWriter& json, const Report& report) {
  json.key("found_breaches").begin_array();
  for (const auto& one : report.found_breaches) {
    json.begin_object();
    json.member("duty_id", one.duty_id);
    json.member("happened_on", format_date(one.happened_on));
    if (one.client_id.empty()) {
      json.member("restricted", true);
    } else {
      json.member("client_id", one.client_id);
      json.member(one.beside, one.other);
    }
    if (!one.breach_ids.empty()) {
      json.key("breach_ids").begin_array();
      for (const auto& id : one.breach_ids) json.value(id);
      json.end_array();
    }
    json.end_object();
  }
  json.end_array();
}

// The position of the answer is that of the views, which is past the figures'.
void write_settled_note(JsonWriter& json, const Report& report) {
  const auto at = format_timestamp(report.known_at);
  json.member("figures_note_uk",
              fmt::format("показники — за тим, що було записано до {}: пізніший запис, навіть якщо "
                          "position його вже охоплює, у них ще не входить",
                          at));
  json.member("figures_note_en",
              fmt::format("the figures are made of what was recorded up to {}: what came later is "
                          "not in them yet, even where position covers it",
                          at));
}

void write_figures(JsonWriter& json, const Report& report) {
  json.key("figures").begin_array();
  for (const auto& line : report.lines) {
    json.begin_object();
    json.member("section", name_of(line.section));
    json.member("figure", line.id);
    json.member("value", line.value);
    if (!line.unit.empty()) json.member("unit", line.unit);
    json.member("duty_id", line.duty_id);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

http::Response report_json(const Query& query, const ReportPaper& paper) {
  const Report& report = paper.report;
  JsonWriter json = query.begin_answer();
  json.member("duty_id", "report.monthly");
  json.member("manager_id", report.manager.manager_id.text());
  json.member("name", report.manager.name);
  json.member("post", post_of(report.manager));
  if (report.manager.department) json.member("department", *report.manager.department);
  json.member("month", format_month(report.month));
  json.member("form", monthly_report::kForm);
  json.member("shown", paper.as_handed_in ? "handed_in" : "now");
  json.member("figures_known_at", format_timestamp(report.known_at));
  if (paper.settled_only) write_settled_note(json, report);
  json.member("digest", paper.digest);
  write_standing(json, query, paper);
  write_rules(json, report);
  write_section_rules(json);
  write_stand_ins(json, report);
  write_figures(json, report);
  write_contracts(json, report);
  write_breaches(json, report);
  write_found_breaches(json, report);
  json.key("corrections").begin_array();
  for (const auto& change : paper.corrections) write_change(json, change, true);
  json.end_array();
  return answer(json);
}

}  // namespace ledger
