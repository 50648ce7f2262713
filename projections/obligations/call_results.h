#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "events/business_zone.h"
#include "events/types/talk.h"
#include "projections/directory/one_client.h"
#include "projections/said.h"
#include "projections/store/view_store.h"

// What calls came to (job description 3.1: analyse the results of calls).
namespace ledger::obligations {

// Key: as of the client's timeline (client_card::page_key). Results are as many as calls: a month
// is a page, so that a new one rewrites no old ones.
struct CallResultsRow {
  static constexpr char kTable = 'r';
  std::vector<Told<CallResultRecorded>> results;
  static constexpr void fields(auto&& field) { field("results", &CallResultsRow::results); }
  [[nodiscard]] bool empty() const { return results.empty(); }
};

// The last one that was told by the day.
[[nodiscard]] Result<std::optional<Told<CallResultRecorded>>> last_call_result(
    const ViewSnapshot& snapshot, const directory::OneClient& client, const AsOf& as_of);

// Counted calls of a day whose result nobody recorded; days without such are left out.
struct UntoldCalls {
  Date day;
  std::int64_t calls = 0;
};
// A counted call is owed a result by the end of its day (domain-semantics.md 1.3, row 33); which
// count, quota_compliance decides. From a day to that of `as_of`, by day.
[[nodiscard]] Result<std::vector<UntoldCalls>> untold_calls(const ViewSnapshot& snapshot,
                                                            const ManagerId& manager, Date from,
                                                            const AsOf& as_of,
                                                            const BusinessZone& zone);

}  // namespace ledger::obligations
