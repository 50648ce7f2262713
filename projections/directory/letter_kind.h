#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/fields.h"
#include "events/types/offer.h"

// What a sent letter is by the rule email_offer of its day (domain-semantics.md 4a). The mail
// system's word is offer.emailed for every letter; whoever counts offers asks here, at query time,
// so that a rule that is published later, or known earlier, judges the same events.
namespace ledger::directory {

// What the rule looks at; kept in rows beside the letter.
struct LetterFacts {
  bool reply = false;
  std::string subject;
  std::vector<std::string> documents;         // names of the attached files, and their media types
  std::vector<std::string> house_recipients;  // addresses of the house in To and Cc

  static void fields(auto&& field) {
    field("reply", &LetterFacts::reply);
    field("subject", &LetterFacts::subject);
    field("documents", &LetterFacts::documents);
    field("house_recipients", &LetterFacts::house_recipients);
  }
};
[[nodiscard]] LetterFacts facts_of(const OfferEmailed& event);

// By what a letter is known for an offer. Without any mark every letter is one but the reply that
// brings no document, and the forwarded letter. Of these the subject is that of the letter before,
// and so are a forwarded letter's files: they are no marks there. An address of the house is one in
// every letter.
struct LetterMarks {
  std::vector<std::string> subject;      // beginnings of words; letters' case is no matter
  std::vector<std::string> attachments;  // ends of file names, or media types; likewise
  std::vector<std::string> addresses;
  bool count_replies = false;  // whether a reply without a document is judged like other letters

  [[nodiscard]] bool any() const {
    return !subject.empty() || !attachments.empty() || !addresses.empty();
  }
};

enum class LetterKind {
  kOffer,
  kReply,     // without a document
  kUnmarked,  // carries no mark although the rule names some
  kForward,   // by its subject: "FW: …"
};
constexpr auto names(LetterKind) { return words("offer", "reply", "unmarked", "forward"); }

[[nodiscard]] LetterKind kind_of(const LetterFacts& letter, const LetterMarks& marks);

}  // namespace ledger::directory
