#include "projections/directory/sent_letter.h"

namespace ledger::directory {

SentLetter sent_letter_of(const OfferEmailed& event, const EventMeta& meta) {
  SentLetter letter;
  letter.message_id = event.message_id;
  for (const auto& recipient : event.recipients) letter.recipients.push_back(recipient.text());
  letter.facts = facts_of(event);
  letter.unverified = event.authentication_failure.has_value();
  letter.stranger = !meta.manager;
  return letter;
}

CountsAs counts_as(const SentLetter& letter, bool reached_nobody, const LetterMarks& marks) {
  if (letter.unverified) return CountsAs::kUnverified;
  if (letter.stranger) return CountsAs::kStranger;
  if (reached_nobody) return CountsAs::kBounced;
  switch (kind_of(letter.facts, marks)) {
    case LetterKind::kOffer:
      return CountsAs::kOffer;
    case LetterKind::kReply:
      return CountsAs::kReply;
    case LetterKind::kUnmarked:
      return CountsAs::kUnmarked;
    case LetterKind::kForward:
      return CountsAs::kForward;
  }
  return CountsAs::kUnmarked;
}

}  // namespace ledger::directory
