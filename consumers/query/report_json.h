#pragma once

#include "consumers/query/context.h"
#include "consumers/query/report_paper.h"

namespace ledger {

[[nodiscard]] http::Response report_json(const Query& query, const ReportPaper& paper);

}  // namespace ledger
