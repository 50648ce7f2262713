#pragma once

#include <string>
#include <string_view>

#include "consumers/query/context.h"
#include "projections/directory/queries.h"

namespace ledger {

// What a question about some days is asked with: `from=` and `to=`, both included; without them the
// month of `as_of` up to it.
struct DayRange {
  Date from;
  Date to;
};

[[nodiscard]] inline Result<Date> day_parameter(const Query& query, std::string_view name,
                                                Date fallback) {
  const auto text = query.request.parameter(name);
  if (!text) return fallback;
  auto day = parse_date(*text);
  if (!day) return fail(day.error().code, day.error().message, std::string(name));
  return *day;
}

[[nodiscard]] inline Result<DayRange> day_range(const Query& query) {
  DayRange range;
  LEDGER_TRY(range.to, day_parameter(query, "to", query.as_of));
  LEDGER_TRY(range.from, day_parameter(query, "from", first_of_month(range.to)));
  if (range.to < range.from) {
    return fail(ErrorCode::kInvalidField, "lies before from", "to");
  }
  return range;
}

// `manager=`: kNotFound for who was never hired, since nothing found of him would be taken for
// good.
[[nodiscard]] inline Result<std::optional<ManagerId>> manager_parameter(const Query& query) {
  const auto id = query.request.parameter("manager");
  if (!id) return std::nullopt;
  const ManagerId manager{std::string(*id)};
  LEDGER_TRY(const auto hired, directory::manager(query.snapshot, manager));
  if (!hired) return fail(ErrorCode::kNotFound, "nobody of that id was ever hired", "manager");
  return std::optional(manager);
}

}  // namespace ledger
