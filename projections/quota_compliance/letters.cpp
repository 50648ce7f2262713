#include "projections/quota_compliance/letters.h"

#include <algorithm>
#include <chrono>

#include "projections/directory/queries.h"
#include "projections/directory/rules.h"
#include "projections/quota_compliance/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::quota_compliance {

Result<bool> reached_nobody(const ViewSnapshot& snapshot, const directory::SentLetter& letter,
                            Timestamp sent, std::int64_t bounce_hours,
                            const std::optional<Timestamp>& known_at) {
  static const std::string family = family_of(kName, kVersion);
  for (const auto& recipient : letter.recipients) {
    LEDGER_TRY(const auto row,
               read_row<DeliveryRow>(snapshot, family, delivery_key(letter.message_id, recipient)));
    const bool lost =
        row && std::any_of(row->changes.begin(), row->changes.end(), [&](const auto& change) {
          return change.known.at(known_at) && change.status == DeliveryStatus::kBouncedHard &&
                 change.time - sent <= std::chrono::hours(bounce_hours);
        });
    if (!lost) return false;  // one good recipient keeps the offer
  }
  return true;
}

Result<Letters> Letters::read(const ViewSnapshot& snapshot,
                              const std::optional<Timestamp>& known_at) {
  LEDGER_TRY(auto policies, directory::policies(snapshot));
  return Letters(snapshot, std::move(policies), known_at);
}

Result<directory::CountsAs> Letters::counts_as(const directory::SentLetter& letter, Timestamp sent,
                                               Date day) const {
  const auto rule = directory::rules_of(policies_, day, known_at_).mailed;
  LEDGER_TRY(const bool lost,
             reached_nobody(*snapshot_, letter, sent, rule.bounce_hours, known_at_));
  return directory::counts_as(letter, lost, rule.marks);
}

}  // namespace ledger::quota_compliance
