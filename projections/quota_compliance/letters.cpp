#include "projections/quota_compliance/letters.h"

#include <algorithm>
#include <chrono>

#include "projections/directory/queries.h"
#include "projections/directory/rules.h"
#include "projections/quota_compliance/rows.h"
#include "projections/store/view_batch.h"

namespace ledger::quota_compliance {

namespace {

constexpr auto kBounceWindow = std::chrono::hours(72);

}  // namespace

Result<bool> reached_nobody(const ViewSnapshot& snapshot, const directory::SentLetter& letter,
                            Timestamp sent, const std::optional<Timestamp>& known_at) {
  static const std::string family = family_of(kName, kVersion);
  for (const auto& recipient : letter.recipients) {
    LEDGER_TRY(const auto row,
               read_row<DeliveryRow>(snapshot, family, delivery_key(letter.message_id, recipient)));
    const bool lost =
        row && std::any_of(row->changes.begin(), row->changes.end(), [&](const auto& change) {
          return change.known.at(known_at) && change.status == DeliveryStatus::kBouncedHard &&
                 change.time - sent <= kBounceWindow;
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
  LEDGER_TRY(const bool lost, reached_nobody(*snapshot_, letter, sent, known_at_));
  return directory::counts_as(letter, lost,
                              directory::rules_of(policies_, day, known_at_).mailed.marks);
}

}  // namespace ledger::quota_compliance
