#include "projections/directory/letter_kind.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "platform/words.h"

namespace ledger::directory {

namespace {

// Whether the letter or sign that a text begins with is of a word: "кп-15" and "«кп»" hold the word
// "кп", "кпі" does not. The text is folded.
bool goes_on(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kSigns{"«", "»", "„", "“", "”",
                                                           "–", "—", "…", "№", "•"};
  if (text.empty()) return false;
  const char first = text.front();
  if (static_cast<unsigned char>(first) < 0x80) {
    return (first >= 'a' && first <= 'z') || (first >= '0' && first <= '9') || first == '\'';
  }
  return std::none_of(kSigns.begin(), kSigns.end(),
                      [&](std::string_view sign) { return text.starts_with(sign); });
}

// The last character of a text, which is valid UTF-8.
std::string_view last_of(std::string_view text) {
  const auto begins = std::find_if(text.rbegin(), text.rend(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  });
  const auto length = static_cast<std::size_t>(begins - text.rbegin()) + 1;
  return text.substr(text.size() - std::min(length, text.size()));
}

enum class Word { kBeginning, kWhole };

bool holds_word(std::string_view text, std::string_view mark, Word word) {
  for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
    const bool begins = !goes_on(last_of(text.substr(0, at)));
    if (begins && (word == Word::kBeginning || !goes_on(text.substr(at + mark.size()))))
      return true;
  }
  return false;
}

template <class List, class Test>
bool any(const List& list, Test&& test) {
  return std::any_of(list.begin(), list.end(), test);
}

// "X-Template: spring" is marked by "x-template", and by "x-template: spring".
bool is_marked_by_header(const LetterFacts& letter, const auto& marks) {
  return any(letter.headers, [&](const std::string& header) {
    const std::string said = fold_words(header);
    const std::string_view name = std::string_view(said).substr(0, said.find(':'));
    return any(marks, [&](std::string_view mark) { return mark == name || mark == said; });
  });
}

bool is_marked_by_content(const LetterFacts& letter, const auto& subject, const auto& words,
                          const auto& attachments) {
  const std::string text = fold_words(letter.subject);
  return any(subject,
             [&](std::string_view mark) { return holds_word(text, mark, Word::kBeginning); }) ||
         any(words, [&](std::string_view mark) { return holds_word(text, mark, Word::kWhole); }) ||
         any(letter.documents, [&](const std::string& document) {
           const std::string name = fold_words(document);
           return any(attachments, [&](std::string_view mark) { return name.ends_with(mark); });
         });
}

// By what was put there by whoever wrote this letter, be it an answer or passed on.
bool is_marked_by_writer(const LetterFacts& letter, const LetterMarks& marks) {
  if (!marks.any()) return is_marked_by_header(letter, default_marks::kHeaders);
  return is_marked_by_header(letter, marks.headers) ||
         any(letter.house_recipients, [&](const std::string& address) {
           return any(marks.addresses, [&](const std::string& mark) { return address == mark; });
         });
}

bool is_marked(const LetterFacts& letter, const LetterMarks& marks) {
  if (marks.any()) {
    return is_marked_by_content(letter, marks.subject, marks.subject_words, marks.attachments);
  }
  return is_marked_by_content(letter, default_marks::kSubject, default_marks::kSubjectWords,
                              default_marks::kAttachments);
}

// As mail programs begin the subject of what they pass on, in the languages met here.
bool is_forwarded(const std::string& subject) {
  static constexpr std::array<std::string_view, 9> kBeginnings{
      "fw", "fwd", "wg", "пд", "пересл", "переслано", "переслати", "пересилання", "переадресація"};
  const std::string text = fold_words(subject);
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return false;
  std::string_view word = std::string_view(text).substr(0, colon);
  while (word.ends_with(' ') || word.ends_with('.')) word.remove_suffix(1);
  return std::find(kBeginnings.begin(), kBeginnings.end(), word) != kBeginnings.end();
}

}  // namespace

LetterFacts facts_of(const OfferEmailed& event) {
  LetterFacts facts;
  facts.reply = event.in_reply_to.has_value();
  facts.subject = event.subject.value_or("");
  for (const auto& attachment : event.attachments) {
    facts.documents.push_back(attachment.name);
    facts.documents.push_back(attachment.media_type);
  }
  for (const auto& address : event.house_recipients) {
    facts.house_recipients.push_back(address.text());
  }
  facts.headers = event.offer_headers;
  return facts;
}

LetterKind kind_of(const LetterFacts& letter, const LetterMarks& marks) {
  if (is_marked_by_writer(letter, marks)) return LetterKind::kOffer;
  if (is_forwarded(letter.subject)) return LetterKind::kForward;
  const bool bare_reply = letter.reply && letter.documents.empty();
  if (bare_reply && !marks.count_replies) return LetterKind::kReply;
  return is_marked(letter, marks) ? LetterKind::kOffer : LetterKind::kUnmarked;
}

}  // namespace ledger::directory
