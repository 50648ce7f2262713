#pragma once

#include <string>
#include <vector>

#include "events/types/offer.h"
#include "projections/directory/letter_kind.h"
#include "projections/event_meta.h"

// What a letter in the name of the house counts as: said here once, so that quota, report, card,
// timeline, contact plan and offers' checks cannot say different things.
namespace ledger::directory {

// What is looked at, kept in the rows of every view that has letters.
struct SentLetter {
  std::string message_id;
  std::vector<std::string> recipients;
  LetterFacts facts;
  bool unverified = false;  // our gateway does not believe who sent it
  bool stranger = false;    // its sender is no manager of ours

  static void fields(auto&& field) {
    field("message_id", &SentLetter::message_id);
    field("recipients", &SentLetter::recipients);
    field("facts", &SentLetter::facts);
    field("unverified", &SentLetter::unverified);
    field("stranger", &SentLetter::stranger);
  }
};
[[nodiscard]] SentLetter sent_letter_of(const OfferEmailed& event, const EventMeta& meta);

enum class CountsAs {
  kOffer,
  kReply,       // without a document
  kUnmarked,    // carries no mark of an offer
  kForward,     // passed on, whatever it brings
  kUnverified,  // perhaps of somebody else
  kStranger,    // of nobody who is known as ours
  kBounced,     // reached nobody, within the time in which that is told
};
constexpr auto names(CountsAs) {
  return words("offer", "reply", "unmarked", "forward", "unverified", "stranger", "bounced");
}

// By the rule of its day. Who is not ours said nothing for us, and what reached nobody was not
// said, whatever stands in it.
[[nodiscard]] CountsAs counts_as(const SentLetter& letter, bool reached_nobody,
                                 const LetterMarks& marks);
// Whether we said something to the client by it, be it an offer or not.
[[nodiscard]] constexpr bool is_said(CountsAs letter) {
  return letter == CountsAs::kOffer || letter == CountsAs::kReply ||
         letter == CountsAs::kUnmarked || letter == CountsAs::kForward;
}

}  // namespace ledger::directory
