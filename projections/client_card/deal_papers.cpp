#include "projections/client_card/deal_papers.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "projections/directory/rule_versions.h"

namespace ledger::client_card {

namespace {

bool goes_with(const DocumentIssued& paper, const DeliveryMade& delivery) {
  if (paper.delivery_id) return *paper.delivery_id == delivery.delivery_id;
  return paper.order_id && delivery.order_id && *paper.order_id == *delivery.order_id;
}

bool was_issued(const DealingsRow& all, DocumentKind kind, const DeliveryMade& delivery) {
  return std::any_of(all.documents.begin(), all.documents.end(), [&](const auto& told) {
    return told.data.kind == kind && goes_with(told.data, delivery);
  });
}

}  // namespace

DealPapersRule deal_papers_rule(const directory::PoliciesRow& policies, Date day,
                                const std::optional<Timestamp>& known_at) {
  DealPapersRule rule;
  const directory::Reading papers(
      rule, directory::version_of(policies.rules, "deal_papers", day, known_at));
  papers.take(rule.required_papers, &RuleParameters::required_papers);
  papers.take(rule.papers_days, &RuleParameters::papers_days);
  return rule;
}

std::vector<MissingPapers> missing_papers(const DealingsRow& all,
                                          const directory::PoliciesRow& policies,
                                          const std::optional<Timestamp>& known_at) {
  std::vector<MissingPapers> found;
  for (auto told = all.deliveries.begin(); told != all.deliveries.end(); ++told) {
    const DeliveryMade& delivery = told->data;
    const bool told_again = std::any_of(
        std::next(told), all.deliveries.end(),
        [&](const auto& later) { return later.data.delivery_id == delivery.delivery_id; });
    if (told_again) continue;
    const auto rule = deal_papers_rule(policies, delivery.delivered_on, known_at);
    std::vector<DocumentKind> kinds;
    for (const auto kind : rule.required_papers) {
      const bool named = std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
      if (!named && !was_issued(all, kind, delivery)) kinds.push_back(kind);
    }
    if (kinds.empty()) continue;
    found.push_back({*told, std::move(kinds),
                     add_days(delivery.delivered_on, static_cast<int>(rule.papers_days)),
                     rule.version});
  }
  return found;
}

}  // namespace ledger::client_card
