#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/types/order.h"
#include "projections/client_card/dealings.h"
#include "projections/directory/rows.h"

// Which papers a deal still lacks (job description, duties and rights, 4: «оформлення переліку
// супровідної документації»; domain-semantics.md 1.4, row 64).
namespace ledger::client_card {

// Rule `deal_papers`: what goes with every delivery, by the day of the delivery. The default is the
// paper that goes with any, whether or not the house pays VAT.
struct DealPapersRule {
  std::string version = "deal_papers.v1";
  std::optional<Date> valid_from = {};
  std::vector<DocumentKind> required_papers = {DocumentKind::kDeliveryNote};
  std::int64_t papers_days = 3;  // after the delivery, the last one included
};
[[nodiscard]] DealPapersRule deal_papers_rule(const directory::PoliciesRow& policies, Date day,
                                              const std::optional<Timestamp>& known_at);

// A delivery without all of its papers. A paper goes with the delivery that it names, else with
// every one of the order that it names; one that names neither goes with no deal that we know.
struct MissingPapers {
  Told<DeliveryMade> delivery;
  std::vector<DocumentKind> kinds;  // in the order of the rule
  Date due_on;                      // included
  std::string rule_version;
};
// In the order of the deliveries; of one that was told again, what was said last holds.
[[nodiscard]] std::vector<MissingPapers> missing_papers(const DealingsRow& all,
                                                        const directory::PoliciesRow& policies,
                                                        const std::optional<Timestamp>& known_at);

}  // namespace ledger::client_card
