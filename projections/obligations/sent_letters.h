#pragma once

#include <optional>

#include "projections/client_card/letters.h"
#include "projections/client_card/timeline.h"
#include "projections/quota_compliance/letters.h"

namespace ledger::obligations {

// What the letters on one client's timeline count as, and what was answered, as of a date. Reads
// what it needs when it is first asked: most pages have no letter.
class SentLetters {
 public:
  // Both must outlive it.
  SentLetters(const ViewSnapshot& snapshot, const directory::OneClient& client, const AsOf& as_of)
      : snapshot_(&snapshot), client_(&client), as_of_(as_of) {}

  struct Read {
    directory::CountsAs counts_as = directory::CountsAs::kOffer;
    std::optional<client_card::LetterRow::Answer> answer;  // the first
  };
  // Of an entry of offer.emailed.
  [[nodiscard]] Result<Read> read(const client_card::TimelineEntry& entry);
  // Whether the side in whose name an entry of any kind stands did say it: false of what a mail
  // gateway does not believe, of a stranger's letter, and of ours that reached nobody.
  [[nodiscard]] Result<bool> was_said(const client_card::TimelineEntry& entry);

 private:
  const ViewSnapshot* snapshot_;
  const directory::OneClient* client_;
  AsOf as_of_;
  std::optional<quota_compliance::Letters> letters_;
};

}  // namespace ledger::obligations
