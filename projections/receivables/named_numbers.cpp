#include "projections/receivables/named_numbers.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "projections/receivables/purpose_words.h"

namespace ledger {

using purpose::known;
using purpose::Word;
using purpose::words_of;

namespace {

constexpr std::size_t kNumberWordsMax = 12;  // a longer one is in no index
constexpr std::size_t kShortDigits = 3;      // fewer digits would be found in any text

// A number without letters as it stands in a purpose: digits with marks between them and no space.
struct Figure {
  std::size_t begin = 0;  // words
  std::size_t end = 0;
  bool introduced = false;  // right behind "№" or the paper's name, or in a list from there
  bool others = false;      // of another paper
  bool cut = false;         // a date, a year, a sum
};

bool joins(std::string_view mark) {
  return mark.empty() || mark == "-" || mark == "/" || mark == "_" || mark == "\\";
}
bool joins_digits(std::string_view mark) { return joins(mark) || mark == "."; }

class Purpose {
 public:
  Purpose(std::string_view text, Paper paper) : words_(words_of(text)), paper_(paper) {
    const Figure* previous = nullptr;
    figures_.reserve(words_.size());  // `previous` stays where it is
    for (std::size_t i = 0; i < words_.size();) {
      if (!words_[i].digits) {
        ++i;
        continue;
      }
      Figure figure;
      figure.begin = i;
      for (++i; i < words_.size() && continues(figure.begin, i);) ++i;
      figure.end = i;
      introduce(figure, previous);
      figures_.push_back(figure);
      previous = &figures_.back();
    }
    for (auto figure = figures_.rbegin(); figure != figures_.rend(); ++figure) {
      const Figure* next = figure == figures_.rbegin() ? nullptr : &*std::prev(figure);
      figure->cut = is_cut(*figure, next);
    }
  }

  [[nodiscard]] const std::vector<Word>& words() const { return words_; }

  // Whether a number stands in it as the words [at, at + number.size()).
  [[nodiscard]] bool names_at(const std::vector<Word>& number, std::size_t at) const {
    const bool letters =
        std::any_of(number.begin(), number.end(), [](const Word& word) { return !word.digits; });
    return at + number.size() <= words_.size() && stands_at(number, at, letters) &&
           is_whole(at, at + number.size()) && is_meant(number, at, letters);
  }

 private:
  // "100,50" is one figure, "105,106" two.
  [[nodiscard]] bool continues(std::size_t begin, std::size_t i) const {
    const Word& word = words_[i];
    if (!word.digits) return false;
    if (word.before == ",") return i == begin + 1 && word.text.size() == 2;
    return joins_digits(word.before) && !word.before.empty();
  }

  [[nodiscard]] bool is_paper(std::string_view word) const {
    return paper_ == Paper::kInvoice ? known().invoice_stems.has_stem_of(word)
                                     : known().contract_stems.has_stem_of(word);
  }
  [[nodiscard]] bool is_other_paper(std::string_view word) const {
    return known().other_stems.has_stem_of(word) ||
           (paper_ == Paper::kInvoice ? known().contract_stems.has_stem_of(word)
                                      : known().invoice_stems.has_stem_of(word));
  }

  void introduce(Figure& figure, const Figure* previous) const {
    const Word& first = words_[figure.begin];
    std::size_t at = figure.begin;
    // Letters that are part of the number: "договору Д-12".
    while (at > 0 && joins(words_[at].before) && !is_known_word(words_[at - 1].text)) --at;
    bool sign = words_[at].before.find('#') != std::string::npos;
    if (at > 0 && known().number_words.has(words_[at - 1].text)) {
      sign = true;
      --at;
    }
    const std::string_view name = at == 0 ? std::string_view() : words_[at - 1].text;
    figure.others = is_other_paper(name);
    figure.introduced = !figure.others && (sign || is_paper(name));
    if (previous == nullptr || figure.introduced || figure.others) return;
    const bool listed = first.before == "," || first.before == ", " || first.before == "; ";
    const bool next_word = previous->end == figure.begin && listed;
    const bool and_between =
        previous->end + 1 == figure.begin && known().both.has(words_[previous->end].text);
    if (next_word || and_between) {
      figure.introduced = previous->introduced && !previous->cut;
      figure.others = previous->others;
    }
  }
  [[nodiscard]] bool is_known_word(std::string_view word) const {
    return is_paper(word) || is_other_paper(word) || known().number_words.has(word);
  }

  // Whether nothing is joined to the words [begin, end) that would make another number of them.
  [[nodiscard]] bool is_whole(std::size_t begin, std::size_t end) const {
    if (begin > 0) {
      const Word& before = words_[begin - 1];
      const std::string& mark = words_[begin].before;
      const bool both_digits = before.digits && words_[begin].digits;
      const bool joined = both_digits ? joins_digits(mark) : joins(mark);
      if (joined && (before.digits || !is_known_word(before.text))) return false;
    }
    if (end == words_.size()) return true;
    const Word& behind = words_[end];
    const bool both_digits = behind.digits && words_[end - 1].digits;
    const bool joined = both_digits ? joins_digits(behind.before) : joins(behind.before);
    return !joined || known().since.has(behind.text) || known().units.has(behind.text);
  }

  [[nodiscard]] bool stands_at(const std::vector<Word>& number, std::size_t at,
                               bool letters) const {
    for (std::size_t i = 0; i < number.size(); ++i) {
      const Word& word = words_[at + i];
      if (word.text != number[i].text) return false;
      if (i == 0) continue;
      // With letters in it a number is known however it is spaced.
      const bool near = letters ? word.before.find_first_not_of(" -/._\\#") == std::string::npos
                                : joins_digits(word.before);
      if (!near) return false;
    }
    return true;
  }

  [[nodiscard]] bool is_meant(const std::vector<Word>& number, std::size_t at, bool letters) const {
    std::size_t digits = 0;
    for (const auto& word : number) digits += word.digits ? word.text.size() : 0;
    for (const auto& figure : figures_) {
      if (figure.end <= at || figure.begin >= at + number.size()) continue;
      if (figure.cut || figure.others) return false;
      if (!letters && digits < kShortDigits && !figure.introduced) return false;
    }
    return true;
  }

  [[nodiscard]] bool is_cut(const Figure& figure, const Figure* next) const {
    const bool joined_before = figure.begin > 0 && joins(words_[figure.begin].before) &&
                               !is_known_word(words_[figure.begin - 1].text);
    if (joined_before) return false;  // "РФ-105" is not a sum
    if (figure.end < words_.size()) {
      const Word& behind = words_[figure.end];
      const bool near = behind.before.find_first_not_of(" .") == std::string::npos;
      if (near && known().units.has(behind.text)) return true;
      if (behind.before.starts_with('%') || behind.before.starts_with(" %")) return true;
    }
    if (figure.introduced) return false;
    if (figure.begin > 0 && known().sum_words.has(words_[figure.begin - 1].text)) return true;
    return is_date(figure) || is_sum(figure) || is_thousands(figure, next);
  }

  // "20.11.2026", "20/11/26", "2026-11-20", "20.11", "2026".
  [[nodiscard]] bool is_date(const Figure& figure) const {
    const auto number = [&](std::size_t i) { return std::stoul(words_[figure.begin + i].text); };
    const auto size = [&](std::size_t i) { return words_[figure.begin + i].text.size(); };
    const auto is_year = [&](std::size_t i) {
      return size(i) == 4 && number(i) >= 1990 && number(i) <= 2100;
    };
    const auto is_day = [&](std::size_t i) {
      return size(i) <= 2 && number(i) >= 1 && number(i) <= 31;
    };
    const auto is_month = [&](std::size_t i) {
      return size(i) <= 2 && number(i) >= 1 && number(i) <= 12;
    };
    switch (figure.end - figure.begin) {
      case 1:
        return is_year(0);
      case 2: {
        const bool dot = words_[figure.begin + 1].before == ".";
        return dot && ((is_day(0) && is_month(1)) || (is_month(0) && is_year(1)));
      }
      case 3:
        return (is_day(0) && is_month(1) && (is_year(2) || size(2) == 2)) ||
               (is_year(0) && is_month(1) && is_day(2));
      default:
        return false;
    }
  }
  // "100,50", "100.00".
  [[nodiscard]] bool is_sum(const Figure& figure) const {
    if (figure.end - figure.begin != 2) return false;
    const Word& cents = words_[figure.begin + 1];
    return (cents.before == "," || cents.before == ".") && cents.text.size() == 2;
  }
  // The first figure of "1 000,00".
  [[nodiscard]] bool is_thousands(const Figure& figure, const Figure* next) const {
    return next != nullptr && next->cut && figure.end == figure.begin + 1 &&
           next->begin == figure.end && words_[next->begin].before == " " &&
           words_[next->begin].text.size() == 3 && words_[figure.begin].text.size() <= 3 &&
           !is_date(*next);
  }

  std::vector<Word> words_;
  Paper paper_;
  std::vector<Figure> figures_;
};

struct Found {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t number = 0;
};

}  // namespace

// By their first word: where it does not stand, the number does not.
struct NumberSearch::Numbers {
  Paper paper{};
  std::vector<std::vector<Word>> words;
  std::unordered_multimap<std::string, std::size_t> by_first_word;
};

NumberSearch::NumberSearch(const std::vector<std::string>& numbers, Paper paper)
    : numbers_(std::make_unique<Numbers>()) {
  numbers_->paper = paper;
  numbers_->words.reserve(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers_->words.push_back(words_of(numbers[i]));
    const auto& words = numbers_->words.back();
    if (!words.empty()) numbers_->by_first_word.emplace(words.front().text, i);
  }
}

NumberSearch::~NumberSearch() = default;
NumberSearch::NumberSearch(NumberSearch&&) noexcept = default;
NumberSearch& NumberSearch::operator=(NumberSearch&&) noexcept = default;

std::vector<std::size_t> NumberSearch::named_in(std::string_view purpose) const {
  const Purpose said(purpose, numbers_->paper);
  std::vector<Found> found;
  for (std::size_t at = 0; at < said.words().size(); ++at) {
    const auto [first, last] = numbers_->by_first_word.equal_range(said.words()[at].text);
    for (auto number = first; number != last; ++number) {
      const auto& words = numbers_->words[number->second];
      if (said.names_at(words, at)) found.push_back({at, at + words.size(), number->second});
    }
  }
  std::vector<std::size_t> named;
  for (const auto& one : found) {
    const bool within_longer = std::any_of(found.begin(), found.end(), [&](const Found& other) {
      return other.end - other.begin > one.end - one.begin && other.begin < one.end &&
             one.begin < other.end;
    });
    if (!within_longer) named.push_back(one.number);
  }
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  return named;
}

namespace {

std::string key_of(const Word* begin, const Word* end) {
  std::string key;
  for (const Word* word = begin; word != end; ++word) {
    if (!key.empty()) key += ' ';
    key += word->text;
  }
  return key;
}

}  // namespace

std::string number_key(std::string_view number) {
  const auto words = words_of(number);
  return words.size() > kNumberWordsMax ? std::string()
                                        : key_of(words.data(), words.data() + words.size());
}

std::vector<std::string> nameable_keys(std::string_view purpose, Paper paper) {
  const Purpose said(purpose, paper);
  const auto& words = said.words();
  std::vector<std::string> keys;
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::vector<Word> number;
    bool digits = false;
    while (number.size() < kNumberWordsMax && at + number.size() < words.size()) {
      number.push_back(words[at + number.size()]);
      digits = digits || number.back().digits;
      if (digits && said.names_at(number, at)) {
        keys.push_back(key_of(number.data(), number.data() + number.size()));
      }
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::vector<std::size_t> named_numbers(std::string_view purpose,
                                       const std::vector<std::string>& numbers, Paper paper) {
  return NumberSearch(numbers, paper).named_in(purpose);
}

}  // namespace ledger
