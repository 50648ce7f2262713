#include "consumers/query/record_verdicts.h"

#include "consumers/query/letter_words.h"
#include "consumers/query/quota_json.h"
#include "events/types/offer.h"
#include "projections/duties/duties.h"

namespace ledger {

namespace {

// Of a duty that has a norm by the day.
std::optional<QuotaMetric> metric_of(std::string_view duty_id) {
  for (const auto metric : {QuotaMetric::kCalls, QuotaMetric::kEmailOffers,
                            QuotaMetric::kPhoneOffers, QuotaMetric::kDatabase}) {
    if (duties::duty_of(metric) == duty_id) return metric;
  }
  return std::nullopt;
}

}  // namespace

RecordVerdicts::RecordVerdicts(const QueryContext& context, const Query& query,
                               std::string_view duty_id)
    : context_(&context), query_(&query), metric_(metric_of(duty_id)) {}

Status RecordVerdicts::write(JsonWriter& json, const duty_records::Entry& entry) {
  if (!metric_) return {};
  if (entry.manager_id.empty()) {
    if (entry.type != OfferEmailed::kName) return {};
    const auto words = words_of(directory::CountsAs::kStranger);
    json.member("counted", false);
    json.member("why", name_of(directory::CountsAs::kStranger));
    json.member("why_uk", words.uk);
    json.member("why_en", words.en);
    return {};
  }
  const Day day{entry.manager_id, entry.day};
  auto known = days_.find(day);
  if (known == days_.end()) {
    LEDGER_TRY(auto verdicts, read(day));
    known = days_.emplace(day, std::move(verdicts)).first;
  }
  const auto verdict = known->second.find(entry.position);
  if (verdict != known->second.end()) write_verdict(json, verdict->second);
  return {};
}

Result<RecordVerdicts::Verdicts> RecordVerdicts::read(const Day& day) const {
  LEDGER_TRY(const auto found,
             quota_compliance::day_of(query_->snapshot, ManagerId(day.first), day.second,
                                      {query_->now, query_->known_at, context_->zone}));
  Verdicts verdicts;
  if (!found) return verdicts;
  for (const auto& figure : found->figures) {
    if (figure.metric != *metric_) continue;
    for (const auto& item : figure.items) verdicts.emplace(item.position, item.verdict);
  }
  return verdicts;
}

}  // namespace ledger
