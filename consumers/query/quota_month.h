#pragma once

#include "consumers/query/context.h"

namespace ledger {

// GET /v1/quotas/month: the norms of a month day by day, why a day was none or a part of one, and
// where the report that was handed in says otherwise.
[[nodiscard]] Result<http::Response> get_quota_month(const QueryContext& context,
                                                     const Query& query);

}  // namespace ledger
