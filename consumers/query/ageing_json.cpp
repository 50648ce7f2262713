#include "consumers/query/ageing_json.h"

#include "events/fields_json.h"

namespace ledger {

using receivables::Ageing;

namespace {

constexpr std::string_view kHryvnia = "UAH";

void write_hryvnias(JsonWriter& json, const Ageing& ageing, const Rates& rates) {
  const FxRatePublished* rate = rates.of(ageing.currency);
  if (rate == nullptr) return;
  const auto minor = exchange_rates::in_hryvnias(ageing.balance_minor, *rate);
  json.key("in_hryvnias").begin_object();
  if (minor) json.member("balance_minor", *minor);
  json.member("rate_e6", rate->rate_e6);
  json.member("rate_date", format_date(rate->date));
  json.end_object();
}

}  // namespace

Result<receivables::Basis> basis_of(const Query& query) {
  const auto word = query.request.parameter("basis");
  const auto basis = word ? from_name<receivables::Basis>(*word) : receivables::Basis::kDue;
  if (!basis) return fail(ErrorCode::kInvalidField, "is due or issue", "basis");
  return *basis;
}

Status Rates::read(const std::map<std::string, Ageing>& by_currency) {
  for (const auto& [code, ageing] : by_currency) {
    if (code == kHryvnia || rates_.count(code) > 0) continue;
    LEDGER_TRY(rates_[code],
               exchange_rates::rate_on(snapshot_, ageing.currency, as_of_.day, as_of_.known_at));
  }
  return {};
}

Status Rates::read_late_tables() {
  LEDGER_TRY(late_tables_.price_indices_e4, exchange_rates::price_indices_e4(snapshot_, as_of_));
  LEDGER_TRY(late_tables_.key_rates_bp, exchange_rates::key_rates_bp(snapshot_, as_of_));
  return {};
}

const FxRatePublished* Rates::of(const Currency& currency) const {
  const auto found = rates_.find(currency.text());
  return found == rates_.end() || !found->second ? nullptr : &*found->second;
}

void write_amounts(JsonWriter& json, const Ageing& ageing, const Rates& rates) {
  json.member("currency", ageing.currency.text());
  json.member("balance_minor", ageing.balance_minor);
  json.member("unallocated_minor", ageing.unallocated_minor);
  json.member("disputed_minor", ageing.disputed_minor);
  json.member("due_7_days_minor", ageing.due_7_days_minor);
  if (ageing.conflict_minor > 0) json.member("conflict_minor", ageing.conflict_minor);
  const auto optional = [&](std::string_view name, const std::optional<std::int64_t>& value) {
    if (value) json.member(name, *value);
  };
  optional("dso_days", ageing.dso_days());
  optional("best_possible_dso_days", ageing.best_possible_dso_days());
  optional("average_days_delinquent", ageing.average_days_delinquent());
  optional("collection_effectiveness_percent", ageing.collection_effectiveness_percent());
  optional("on_time_percent", ageing.on_time_percent());
  json.key("buckets_minor").begin_object();
  for (std::size_t i = 0; i < receivables::kBuckets; ++i)
    json.member(receivables::kBucketNames[i], ageing.buckets_minor[i]);
  json.end_object();
  write_hryvnias(json, ageing, rates);
}

void write_promise(JsonWriter& json, const receivables::PromiseStanding& standing) {
  json.key("promise").begin_object();
  json.member("promise_id", standing.promise.promise_id.text());
  json.member("state", name_of(standing.state));
  json.member("due_on", format_date(standing.promise.due_on));
  json.member("grace_until", format_date(standing.grace_until));
  json::write(json.key("amount"), standing.promise.amount);
  json.member("paid_minor", standing.paid_minor);
  json.member("rule_version", standing.rule_version);
  json.end_object();
}

}  // namespace ledger
