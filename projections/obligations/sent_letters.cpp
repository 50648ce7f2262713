#include "projections/obligations/sent_letters.h"

namespace ledger::obligations {

Result<SentLetters::Read> SentLetters::read(const client_card::TimelineEntry& entry) {
  if (!letters_) {
    LEDGER_TRY(letters_, quota_compliance::Letters::read(*snapshot_, as_of_.known_at));
  }
  LEDGER_TRY(auto letter, client_card::letter_of(*snapshot_, *client_, entry.message_id,
                                                 entry.position, as_of_));
  Read read;
  read.answer = letter.answer;
  if (!letter.sent) return read;
  LEDGER_TRY(read.counts_as,
             letters_->counts_as(letter.sent->letter, letter.sent->time, entry.day));
  return read;
}

Result<bool> SentLetters::was_said(const client_card::TimelineEntry& entry) {
  if (entry.kind != client_card::kKind<OfferEmailed>) return !entry.unverified;
  LEDGER_TRY(const auto letter, read(entry));
  return directory::is_said(letter.counts_as);
}

}  // namespace ledger::obligations
