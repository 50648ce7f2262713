#include "projections/receivables/purpose_words.h"

#include <array>
#include <utility>

#include "platform/utf8.h"

namespace ledger::purpose {

namespace {

constexpr std::string_view kNumberSign = "№";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Marks beyond ASCII that word processors put where a dash or a space was; all else there is a
// letter.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kMarks{{
    {kNumberSign, "#"},
    {"\u2010", "-"},
    {"\u2011", "-"},
    {"\u2012", "-"},
    {"\u2013", "-"},
    {"\u2014", "-"},
    {"\u00a0", " "},
    {"\u202f", " "},
    {"\u00ab", "\""},
    {"\u00bb", "\""},
    {"\u201c", "\""},
    {"\u201d", "\""},
    {"\u20b4", " грн "},
}};

// Latin letters that look like Ukrainian ones, and are typed for them: capitals do, so small ones
// are read the same.
constexpr std::array<std::pair<char, std::string_view>, 13> kLookAlikes{{{'a', "а"},
                                                                         {'b', "в"},
                                                                         {'c', "с"},
                                                                         {'e', "е"},
                                                                         {'h', "н"},
                                                                         {'i', "і"},
                                                                         {'k', "к"},
                                                                         {'m', "м"},
                                                                         {'o', "о"},
                                                                         {'p', "р"},
                                                                         {'t', "т"},
                                                                         {'x', "х"},
                                                                         {'y', "у"}}};

// In small letters, as everything here is compared: "PФ" with a Latin P is "РФ".
std::string folded_look_alikes(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    const auto at = std::find_if(kLookAlikes.begin(), kLookAlikes.end(),
                                 [c](const auto& pair) { return pair.first == c; });
    if (at == kLookAlikes.end()) {
      folded += c;
    } else {
      folded += at->second;
    }
  }
  return folded;
}

std::string with_plain_marks(std::string text) {
  for (const auto& [mark, plain] : kMarks) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      text.replace(at, mark.size(), plain);
      at += plain.size();
    }
  }
  return text;
}

}  // namespace

std::vector<Word> words_of(std::string_view text) {
  const std::string folded = folded_look_alikes(with_plain_marks(fold_case(text)));
  std::vector<Word> words;
  std::string before;
  for (std::size_t i = 0; i < folded.size();) {
    const bool digit = is_digit(folded[i]);
    const auto is_letter = [](char c) {
      return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    };
    if (!digit && !is_letter(folded[i])) {
      before += folded[i++];
      continue;
    }
    const std::size_t start = i;
    while (i < folded.size() && (digit ? is_digit(folded[i]) : is_letter(folded[i]))) ++i;
    words.push_back({before, folded.substr(start, i - start), digit});
    before.clear();
  }
  return words;
}

WordList::WordList(std::initializer_list<std::string_view> words) {
  for (const auto word : words) words_.push_back(folded_look_alikes(word));
}

const KnownWords& known() {
  static const KnownWords words;
  return words;
}

}  // namespace ledger::purpose
