#pragma once

#include <map>
#include <optional>
#include <utility>

#include "consumers/query/context.h"
#include "projections/duty_records/queries.h"
#include "projections/quota_compliance/queries.h"

namespace ledger {

// What the quota says of single records of a duty that has a norm: records are everything that was
// told, and fewer count. Reads a manager's day when a record of it is first asked for.
class RecordVerdicts {
 public:
  // All must outlive it.
  RecordVerdicts(const QueryContext& context, const Query& query, std::string_view duty_id);

  // Whether the duty has a norm by the day.
  [[nodiscard]] bool any() const { return metric_.has_value(); }
  // Writes whether the record counts, and why; nothing of one that the norm does not look at.
  [[nodiscard]] Status write(JsonWriter& json, const duty_records::Entry& entry);

 private:
  using Day = std::pair<std::string, Date>;  // manager and day
  using Verdicts = std::map<Position, quota_compliance::Verdict>;
  [[nodiscard]] Result<Verdicts> read(const Day& day) const;

  const QueryContext* context_;
  const Query* query_;
  std::optional<QuotaMetric> metric_;
  std::map<Day, Verdicts> days_;
};

}  // namespace ledger
