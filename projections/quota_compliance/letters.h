#pragma once

#include <optional>

#include "projections/directory/rows.h"
#include "projections/directory/sent_letter.h"
#include "projections/store/view_store.h"

// What a letter counts as (sent_letter.h), with what became of it at its recipients'.
namespace ledger::quota_compliance {

// Whether it bounced for good at all of its recipients' within the hours of the rule (72) by what
// was known: such an offer is taken back on its own day, whenever that is told (domain-semantics.md
// 4a).
[[nodiscard]] Result<bool> reached_nobody(const ViewSnapshot& snapshot,
                                          const directory::SentLetter& letter, Timestamp sent,
                                          std::int64_t bounce_hours,
                                          const std::optional<Timestamp>& known_at);

// By one knowledge, for who asks of many letters. The snapshot must outlive it.
class Letters {
 public:
  [[nodiscard]] static Result<Letters> read(const ViewSnapshot& snapshot,
                                            const std::optional<Timestamp>& known_at);

  // By the rule of the business day on which it was sent.
  [[nodiscard]] Result<directory::CountsAs> counts_as(const directory::SentLetter& letter,
                                                      Timestamp sent, Date day) const;

 private:
  Letters(const ViewSnapshot& snapshot, directory::PoliciesRow policies,
          const std::optional<Timestamp>& known_at)
      : snapshot_(&snapshot), policies_(std::move(policies)), known_at_(known_at) {}

  const ViewSnapshot* snapshot_;
  directory::PoliciesRow policies_;
  std::optional<Timestamp> known_at_;
};

}  // namespace ledger::quota_compliance
