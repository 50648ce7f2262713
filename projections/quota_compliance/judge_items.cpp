#include "projections/directory/hires.h"
#include "projections/quota_compliance/judge.h"

// What stands behind single figures of a day, for who asks of nothing else of it.
namespace ledger::quota_compliance {

Result<std::vector<Item>> Judge::calls(const ManagerId& manager, Date day) {
  LEDGER_TRY(const ManagerHired* hired, time_.employed(manager, day));
  if (hired == nullptr || directory::is_head(*hired)) return std::vector<Item>();
  LEDGER_TRY(const auto known, call_facts(manager, day));
  if (known.row.calls.empty()) return std::vector<Item>();
  LEDGER_CHECK(stage(*hired, day).map([](Stage) {}));
  return judge_calls(known, norm(QuotaMetric::kCalls, *hired, day));
}

Result<JudgedOffers> Judge::offers(const ManagerId& manager, Date day) {
  JudgedOffers offers{day, {}, {}};
  LEDGER_TRY(const ManagerHired* hired, time_.employed(manager, day));
  if (hired == nullptr || directory::is_head(*hired)) return offers;
  LEDGER_TRY(const auto known, facts(manager, day));
  if (known.row.mailed.empty() && known.row.phoned.empty()) return offers;
  LEDGER_CHECK(stage(*hired, day).map([](Stage) {}));
  offers.mailed = judge_mailed(known, norm(QuotaMetric::kEmailOffers, *hired, day));
  offers.phoned = judge_phoned(known, norm(QuotaMetric::kPhoneOffers, *hired, day),
                               judge_calls(known, norm(QuotaMetric::kCalls, *hired, day)));
  return offers;
}

}  // namespace ledger::quota_compliance
