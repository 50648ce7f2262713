#include "projections/duties/duties.h"

#include <algorithm>
#include <map>
#include <vector>

#include "projections/duties/tables.h"

namespace ledger::duties {

std::span<const Duty> all() {
  static const std::vector<Duty> joined = [] {
    std::vector<Duty> list;
    for (const auto part :
         {norms(), client_base(), search(), relations(), debt_and_delivery(), staff()}) {
      list.insert(list.end(), part.begin(), part.end());
    }
    return list;
  }();
  return joined;
}

const Duty* find(std::string_view id) {
  const auto list = all();
  const auto found = std::ranges::find(list, id, &Duty::id);
  return found == list.end() ? nullptr : &*found;
}

std::string_view duty_of(QuotaMetric metric) {
  switch (metric) {
    case QuotaMetric::kCalls:
      return "calls.daily";
    case QuotaMetric::kEmailOffers:
      return "offers.email.daily";
    case QuotaMetric::kPhoneOffers:
      return "offers.phone.daily";
    case QuotaMetric::kNewClientContracts:
      return "contracts.new.monthly";
    case QuotaMetric::kDatabase:
      return "database.daily";
    case QuotaMetric::kReconciliations:
      return "reconciliation.monthly";
    case QuotaMetric::kReport:
      return "report.monthly";
  }
  return {};
}

std::span<const std::string_view> duties_of(std::string_view event_type) {
  static const auto by_type = [] {
    std::map<std::string_view, std::vector<std::string_view>> map;
    for (const auto& duty : all()) {
      for (const auto type : duty.events) map[type].push_back(duty.id);
    }
    return map;
  }();
  const auto found = by_type.find(event_type);
  if (found == by_type.end()) return {};
  return found->second;
}

}  // namespace ledger::duties
