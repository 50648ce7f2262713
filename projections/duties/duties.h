#pragma once

#include <span>
#include <string_view>

#include "events/types/quota_policy.h"
#include "projections/duties/duty.h"

namespace ledger::duties {

// THE list: all 93 duties of the job description, by number. It changes only with the program, so
// it is no view and has no position of its own.
[[nodiscard]] std::span<const Duty> all();

// Null where no duty is called so.
[[nodiscard]] const Duty* find(std::string_view id);

// The duty whose norm a metric is.
[[nodiscard]] std::string_view duty_of(QuotaMetric metric);

// The duties that an event of this type ("lead.found") shows done or not done, by number; none for
// a type that no duty names.
[[nodiscard]] std::span<const std::string_view> duties_of(std::string_view event_type);

}  // namespace ledger::duties
