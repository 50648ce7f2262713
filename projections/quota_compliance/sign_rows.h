#pragma once

#include <string>
#include <vector>

#include "events/position.h"
#include "events/types/quota_policy.h"
#include "platform/clock.h"
#include "projections/known.h"

// Whether senders were alive on a day.
namespace ledger::quota_compliance {

// Key: kind of sender, business day and hour ("calls|2026-11-25|09"). What reached the house from
// it, whoever did it: nothing at all looks like laziness and is a dead hook. What a person entered
// by hand is no sign of it. By hours, so that a row stays small and the first sign of a day is soon
// read.
struct SignsRow {
  static constexpr char kTable = 'h';
  struct Sign {
    Position position;
    Known known;
    static void fields(auto&& field) {
      field("position", &Sign::position);
      field("known", &Sign::known);
    }
  };
  std::vector<Sign> signs;
  static void fields(auto&& field) { field("signs", &SignsRow::signs); }
  [[nodiscard]] bool empty() const { return signs.empty(); }
};
// `metric`: calls or email_offers.
[[nodiscard]] std::string signs_prefix(QuotaMetric metric);
[[nodiscard]] std::string signs_key(QuotaMetric metric, Date day, Timestamp time);

}  // namespace ledger::quota_compliance
