#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
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
  std::vector<std::string> headers;           // "X-Offer: 17", of those that are kept

  static void fields(auto&& field) {
    field("reply", &LetterFacts::reply);
    field("subject", &LetterFacts::subject);
    field("documents", &LetterFacts::documents);
    field("house_recipients", &LetterFacts::house_recipients);
    field("headers", &LetterFacts::headers);
  }
};
[[nodiscard]] LetterFacts facts_of(const OfferEmailed& event);

// By what a letter is known for an offer: by one of these. The subject of a reply that brings no
// document, and of a forwarded letter, is that of the letter before, and so are the latter's files:
// they are no marks there. An address of the house, and a header, is one in every letter. All but
// the addresses as fold_words gives them.
struct LetterMarks {
  std::vector<std::string> subject;        // beginnings of words
  std::vector<std::string> subject_words;  // whole words
  std::vector<std::string> attachments;    // ends of file names, or of media types
  std::vector<std::string> addresses;
  std::vector<std::string> headers;  // "x-offer", or all that it says: "x-template: spring"
  bool count_replies = false;  // whether a reply without a document is judged like other letters

  // If none: the default ones below.
  [[nodiscard]] bool any() const {
    return !subject.empty() || !subject_words.empty() || !attachments.empty() ||
           !addresses.empty() || !headers.empty();
  }
};

// Of a house that has published none (schemas/decisions/0037): the words by which offers are called
// here, the kinds of files in which they are written, the header that says so. Folded, like those
// of a rule.
namespace default_marks {
inline constexpr std::array<std::string_view, 9> kSubject{
    "пропозиц",  "спецпропозиц", "прайс",      "комерційн", "offer",
    "quotation", "price list",   "price-list", "pricelist"};
inline constexpr std::array<std::string_view, 1> kSubjectWords{"кп"};
inline constexpr std::array<std::string_view, 25> kAttachments{
    ".pdf", ".doc", ".docx", ".rtf", ".odt", ".xls", ".xlsx", ".xlsm", ".ods", ".csv", ".ppt",
    ".pptx", ".odp", ".zip", ".rar", ".7z",
    // Media types, where a file has a name without an end.
    "application/pdf", "application/msword", "application/rtf", "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint", "officedocument.wordprocessingml.document",
    "officedocument.spreadsheetml.sheet", "officedocument.presentationml.presentation",
    "application/zip"};
inline constexpr std::array<std::string_view, 1> kHeaders{"x-offer"};
}  // namespace default_marks

enum class LetterKind {
  kOffer,
  kReply,     // without a document
  kUnmarked,  // carries no mark
  kForward,   // by its subject: "FW: …"
};
constexpr auto names(LetterKind) { return words("offer", "reply", "unmarked", "forward"); }

[[nodiscard]] LetterKind kind_of(const LetterFacts& letter, const LetterMarks& marks);

}  // namespace ledger::directory
