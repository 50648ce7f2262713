#include "projections/duties/duties.h"

#include <fmt/format.h>

#include "consumers/query/routes.h"

namespace ledger {

namespace {

using duties::Duty;
using duties::Names;
using duties::Quote;

void write_quote(JsonWriter& json, const Quote& quote) {
  json.member("quote", quote.text);
  json.member("place", quote.place);
}

void write_names(JsonWriter& json, std::string_view key, const Names& names) {
  json.key(key).begin_array();
  for (const auto name : names) json.value(name);
  json.end_array();
}

void write_members(JsonWriter& json, const Duty& duty) {
  json.member("duty_id", duty.id);
  json.member("number", static_cast<std::int64_t>(duty.number));
  write_quote(json, duty.quote);
  if (!duty.also.text.empty()) {
    json.key("also").begin_object();
    write_quote(json, duty.also);
    json.end_object();
  }
  json.member("title_uk", duty.title_uk);
  json.member("title_en", duty.title_en);
  json.member("period", name_of(duty.period));
  if (!duty.norm.text.empty()) {
    json.key("norm").begin_object();
    json.member("text", duty.norm.text);
    if (duty.norm.number > 0) json.member("number", duty.norm.number);
    json.end_object();
  }
  json.member("rule", duty.rule);
  write_names(json, "events", duty.events);
  write_names(json, "seen_in", duty.seen_in);
  json.member("records", fmt::format("/v1/duties/{}/records", duty.id));
}

Result<http::Response> get_duties(const QueryContext&, const Query& query) {
  std::optional<duties::Period> period;
  if (const auto word = query.request.parameter("period")) {
    period = from_name<duties::Period>(*word);
    if (!period) {
      return fail(ErrorCode::kInvalidField, "is day, month, half_year, due_date or always",
                  "period");
    }
  }
  JsonWriter json = query.begin_answer();
  json.key("duties").begin_array();
  for (const auto& duty : duties::all()) {
    if (period && duty.period != *period) continue;
    json.begin_object();
    write_members(json, duty);
    json.end_object();
  }
  json.end_array();
  return answer(json);
}

Result<http::Response> get_duty(const QueryContext&, const Query& query) {
  const std::string& id = query.request.captures.front();
  const Duty* duty = duties::find(id);
  if (duty == nullptr) {
    return fail(ErrorCode::kNotFound, fmt::format("no duty is called '{}'", id));
  }
  JsonWriter json = query.begin_answer();
  json.key("duty").begin_object();
  write_members(json, *duty);
  json.end_object();
  return answer(json);
}

}  // namespace

void add_duty_routes(http::Router& router, const QueryContext& context) {
  add_query(router, context, "/v1/duties", http::RunOn::kInline, get_duties, Times::kAsOf,
            {"period"});
  add_query(router, context, "/v1/duties/{id}", http::RunOn::kInline, get_duty);
}

}  // namespace ledger
