#include "projections/directory/letter_kind.h"

#include <algorithm>
#include <array>

#include "platform/words.h"

namespace ledger::directory {

namespace {

bool begins_a_word(const std::string& text, const std::string& mark) {
  return (' ' + fold_words(text)).find(' ' + fold_words(mark)) != std::string::npos;
}

template <class Test>
bool any(const std::vector<std::string>& list, Test&& test) {
  return std::any_of(list.begin(), list.end(), test);
}

bool is_marked_by_address(const LetterFacts& letter, const LetterMarks& marks) {
  return any(letter.house_recipients, [&](const std::string& address) {
    return any(marks.addresses, [&](const std::string& mark) { return address == mark; });
  });
}

bool is_marked(const LetterFacts& letter, const LetterMarks& marks) {
  const auto of_file = [&](const std::string& mark) {
    const std::string end = fold_words(mark);
    return any(letter.documents,
               [&](const std::string& name) { return fold_words(name).ends_with(end); });
  };
  return any(marks.subject,
             [&](const auto& mark) { return begins_a_word(letter.subject, mark); }) ||
         any(marks.attachments, of_file) || is_marked_by_address(letter, marks);
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
  return facts;
}

LetterKind kind_of(const LetterFacts& letter, const LetterMarks& marks) {
  if (is_marked_by_address(letter, marks)) return LetterKind::kOffer;
  if (is_forwarded(letter.subject)) return LetterKind::kForward;
  const bool bare_reply = letter.reply && letter.documents.empty();
  if (bare_reply && !marks.count_replies) return LetterKind::kReply;
  return !marks.any() || is_marked(letter, marks) ? LetterKind::kOffer : LetterKind::kUnmarked;
}

}  // namespace ledger::directory
