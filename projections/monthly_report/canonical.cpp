// The bytes that a digest of a report is of. Names of people and clients stand beside their ids on
// paper, and not here: a card that is renamed changes no figure.
#include "platform/json_writer.h"
#include "platform/sha256.h"
#include "projections/monthly_report/report.h"

namespace ledger::monthly_report {

namespace {

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

void write_stand_ins(JsonWriter& json, const Report& report) {
  json.key("stand_ins").begin_array();
  for (const auto& one : report.stand_ins) {
    json.begin_object();
    json.member(one.given ? "for" : "by", one.other.text());
    json.member("from", format_date(one.from));
    json.member("to", format_date(one.to));
    json.end_object();
  }
  json.end_array();
}

void write_contracts(JsonWriter& json, const Report& report) {
  json.key("contracts").begin_array();
  for (const auto& one : report.contracts) {
    json.begin_object();
    json.member("client_id", one.client_id);
    json.member("number", one.number);
    json.member("signed_on", format_date(one.signed_on));
    json.member("kind", name_of(one.kind));
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
    json.member("client_id", one.client_id);
    json.member(one.beside, one.other);
    json.end_object();
  }
  json.end_array();
}

void write_corrections(JsonWriter& json, const Report& report) {
  json.key("corrections").begin_array();
  for (const auto& one : report.corrections) {
    json.begin_object();
    json.member("month", format_month(one.month));
    json.member("figure", one.figure);
    if (!one.unit.empty()) json.member("unit", one.unit);
    json.member("then", one.then);
    json.member("now", one.now);
    json.key("events").begin_array();
    for (const auto& position : one.events) json.value(to_string(position));
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

// Money of several currencies stands under one id.
std::string key_of(const Line& line) {
  const bool is_money =
      !line.unit.empty() && line.unit != "day" && line.unit != "%" && line.unit != "date";
  return is_money ? line.id + '.' + line.unit : line.id;
}

}  // namespace

std::string canonical_json(const Report& report) {
  JsonWriter json;
  json.begin_object();
  json.member("form", kForm);
  json.member("manager_id", report.manager.manager_id.text());
  json.member("month", format_month(report.month));
  json.member("known_at", format_timestamp(report.known_at));
  json.key("figures").begin_object();
  for (const auto& line : report.lines) json.member(key_of(line), line.value);
  json.end_object();
  write_rules(json, report);
  write_stand_ins(json, report);
  write_contracts(json, report);
  write_breaches(json, report);
  write_found_breaches(json, report);
  write_corrections(json, report);
  json.end_object();
  return json.take();
}

std::string digest(const Report& report) { return to_hex(sha256(canonical_json(report))); }

}  // namespace ledger::monthly_report
