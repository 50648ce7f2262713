#include "consumers/query/act_json.h"

#include <algorithm>
#include <tuple>

#include "events/fields_json.h"

namespace ledger::act_json {

namespace {

using namespace acts;

void write_line(JsonWriter& json, const Line& line) {
  json.member("on", format_date(line.on));
  json.member("kind", name_of(line.kind));
  json.member("document", line.document);
  json.member("debit_minor", line.debit_minor);
  json.member("credit_minor", line.credit_minor);
  json.member("position", to_string(line.position));
}

std::string_view owed_to(const Act& act) {
  if (act.closing_minor == 0) return "nobody";
  return act.closing_minor > 0 ? "us" : "client";
}

// A step of any kind as the history shows it.
struct Written {
  Timestamp time;
  Position position;
  std::string text;
};

template <class E>
void collect(std::vector<Written>& all, std::string_view word, const std::vector<Told<E>>& steps) {
  for (const auto& step : steps) {
    JsonWriter json;
    json.begin_object();
    json.member("step", word);
    json.member("time", format_timestamp(step.time));
    json.member("day", format_date(step.day));
    json.member("position", to_string(step.position));
    json::write(json.key("data"), step.data);
    json.end_object();
    all.push_back({step.time, step.position, json.take()});
  }
}

}  // namespace

void write_sums(JsonWriter& json, const Act& act) {
  json.member("opening_minor", act.opening_minor);
  json.member("debit_minor", act.debit_minor);
  json.member("credit_minor", act.credit_minor);
  json.member("closing_minor", act.closing_minor);
}

void write_act(JsonWriter& json, const Act& act) {
  json.key("act").begin_object();
  json.member("from", format_date(act.subject.from));
  json.member("to", format_date(act.subject.to));
  if (act.subject.contract_id) json.member("contract_id", act.subject.contract_id->text());
  if (act.contract_title) json.member("contract_title", *act.contract_title);
  json.member("currency", act.subject.currency.text());
  if (act.ours) json::write(json.key("ours"), *act.ours);
  if (act.theirs) json::write(json.key("theirs"), *act.theirs);
  write_sums(json, act);
  json.member("owed_to", owed_to(act));
  json.key("lines").begin_array();
  for (const auto& line : act.lines) {
    json.begin_object();
    write_line(json, line);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_changes(JsonWriter& json, std::string_view name, const std::vector<Change>& changes) {
  json.key(name).begin_array();
  for (const auto& change : changes) {
    json.begin_object();
    json.member("change", change.added ? "recorded" : "taken_back");
    write_line(json, change.line);
    json.end_object();
  }
  json.end_array();
}

void write_listed(JsonWriter& json, const Standing& standing) {
  const ReconciliationDrafted& draft = standing.issue().data;
  json.member("act_id", draft.act_id.text());
  json.member("client_id", draft.client_id.text());
  json.member("manager_id", draft.manager_id.text());
  if (draft.number) json.member("number", *draft.number);
  json.member("from", format_date(draft.from));
  json.member("to", format_date(draft.to));
  if (draft.contract_id) json.member("contract_id", draft.contract_id->text());
  json::write(json.key("closing"), draft.closing);
  json.member("state", name_of(standing.state()));
  json.member("drafted_at", to_string(standing.issue().position));
}

void write_history(JsonWriter& json, const Standing& standing) {
  std::vector<Written> all;
  collect(all, "drafted", standing.drafted);
  collect(all, "sent", standing.sent);
  collect(all, "confirmed", standing.confirmed);
  collect(all, "disagreed", standing.disagreed);
  collect(all, "signed", standing.signed_by_both);
  std::sort(all.begin(), all.end(), [](const Written& left, const Written& right) {
    return std::tie(left.time, left.position) < std::tie(right.time, right.position);
  });
  json.key("history").begin_array();
  for (const auto& step : all) json.raw(step.text);
  json.end_array();
}

void write_limitations(JsonWriter& json, const std::vector<Limitation>& all) {
  json.key("limitation").begin_object();
  json.member("note", "позовна давність (орієнтовно)");
  json.member("term_years", kLimitationYears);
  json.key("stops").begin_array();
  for (const auto& stop : limitation_stops()) {
    json.begin_object();
    json.member("from", format_date(stop.from));
    json.member("goes_on", format_date(stop.goes_on));
    json.member("in_force", format_date(stop.in_force));
    json.member("law", stop.law);
    json.member("source", stop.source);
    json.end_object();
  }
  json.end_array();
  json.key("items").begin_array();
  for (const auto& item : all) {
    json.begin_object();
    json.member("invoice_id", item.invoice_id.text());
    json.member("number", item.number);
    json.member("open_minor", item.open_minor);
    json.member("due_on", format_date(item.due_on));
    json.member("term_years", item.term_years);
    if (item.renewed_by) json.member("renewed_by", item.renewed_by->text());
    json.member("until", format_date(item.until));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_draft(JsonWriter& json, const ReconciliationDrafted& draft) {
  json.key("draft").begin_object();
  ReconciliationDrafted::fields([&](std::string_view name, auto member, Trait = Trait::kPlain) {
    const auto& value = draft.*member;
    using Member = std::decay_t<decltype(value)>;
    if constexpr (is_optional<Member>) {
      if (value) json::write(json.key(name), *value);
    } else {
      if (name == "manager_id" && draft.manager_id.empty()) return;
      json::write(json.key(name), value);
    }
  });
  json.end_object();
}

}  // namespace ledger::act_json
