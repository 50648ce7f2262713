#include "consumers/query/waiting_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace ledger {

namespace {

// What sorts a fact, as text that sorts alike: a cursor holds it as it is.
std::string rank_of(const unmatched::Fact& fact, WaitingSort sort) {
  std::string rank;
  if (sort == WaitingSort::kAge) {
    rank = format_date(waits_since(fact));
  } else if (const auto& remittance = fact.wait.remittance) {
    const std::int64_t down =
        std::numeric_limits<std::int64_t>::max() - remittance->amount.amount_minor;
    rank = fmt::format("{}{:019}", remittance->amount.currency.text(), down);
  }
  return rank + '\n' + fact.source + '\n' + fact.id;
}

}  // namespace

Date waits_since(const unmatched::Fact& fact) { return unmatched::waits_since(fact.wait); }

WaitingPage page_of(std::vector<unmatched::Fact> facts, WaitingSort sort, std::string_view cursor,
                    std::size_t limit) {
  std::vector<std::pair<std::string, std::size_t>> ranked;
  ranked.reserve(facts.size());
  for (std::size_t i = 0; i < facts.size(); ++i) ranked.emplace_back(rank_of(facts[i], sort), i);
  std::sort(ranked.begin(), ranked.end());
  WaitingPage page;
  auto at =
      std::lower_bound(ranked.begin(), ranked.end(), cursor,
                       [](const auto& one, std::string_view from) { return one.first < from; });
  for (; at != ranked.end() && page.facts.size() < limit; ++at) {
    page.facts.push_back(std::move(facts[at->second]));
  }
  if (at != ranked.end()) page.next_cursor = at->first;
  return page;
}

}  // namespace ledger
