#include "consumers/watch/statement_metrics.h"

#include <map>
#include <string>

#include "platform/limits.h"
#include "projections/bank_statements/queries.h"

namespace ledger {

namespace {

using bank_statements::Finding;

std::vector<std::pair<Metrics::Labels, double>> count_found(const ViewStore& views) {
  using namespace std::chrono;
  const AsOf everything{Date{year(limits::kLatestYear), December, day(31)}, std::nullopt};
  const auto accounts = bank_statements::accounts(*views.current(), everything);
  std::map<std::string, double> counts;
  for (const auto word : names(Finding{})) counts[std::string(word)] = accounts ? 0 : -1;
  if (accounts) {
    for (const auto& account : *accounts) {
      for (const auto& found : account.found) ++counts[std::string(name_of(found.what))];
    }
  }
  std::vector<std::pair<Metrics::Labels, double>> series;
  series.reserve(counts.size());
  for (auto& [what, count] : counts) series.push_back({{{"what", what}}, count});
  return series;
}

}  // namespace

void add_statement_metrics(Metrics& metrics, const ViewStore& views) {
  metrics.gauges("ledger_statement_findings",
                 "What is wrong with the banks' statements, by what it is: /v1/statements.",
                 [&views] { return count_found(views); });
}

}  // namespace ledger
