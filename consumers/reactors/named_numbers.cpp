#include "consumers/reactors/named_numbers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "platform/utf8.h"

namespace ledger {

namespace {

constexpr std::string_view kNumberSign = "№";
constexpr std::size_t kShortDigits = 3;  // fewer digits would be found in any text

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A run of letters in lower case or of digits, with what stands before it.
struct Word {
  std::string before;
  std::string text;
  bool digits = false;
};

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

std::string with_plain_marks(std::string text) {
  for (const auto& [mark, plain] : kMarks) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      text.replace(at, mark.size(), plain);
      at += plain.size();
    }
  }
  return text;
}

std::vector<Word> words_of(std::string_view text) {
  const std::string folded = with_plain_marks(fold_case(text));
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

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}
template <std::size_t N>
bool begins_with_one_of(std::string_view word, const std::array<std::string_view, N>& stems) {
  return std::any_of(stems.begin(), stems.end(),
                     [&](std::string_view stem) { return word.starts_with(stem); });
}

constexpr std::array<std::string_view, 10> kInvoiceStems{
    "рахун", "рах", "фактур", "счет", "счёт", "сч", "invoice", "inv", "сф", "bill"};
constexpr std::array<std::string_view, 6> kContractStems{"договор",  "договір",  "дог",
                                                         "контракт", "contract", "угод"};
// Other papers have numbers too.
constexpr std::array<std::string_view, 10> kOtherStems{
    "накладн", "акт", "замовлен", "додат", "специфік", "ттн", "довірен", "order", "квитанц", "чек"};
constexpr std::array<std::string_view, 5> kNumberWords{"n", "no", "nr", "номер", "ном"};
constexpr std::array<std::string_view, 5> kAnd{"та", "і", "й", "и", "and"};
constexpr std::array<std::string_view, 17> kUnits{
    "грн", "гривень", "гривні", "гривня", "uah",  "usd", "eur",  "коп", "тис",
    "шт",  "кг",      "дн",     "днів",   "року", "рік", "році", "р"};
constexpr std::array<std::string_view, 7> kSumWords{"пдв",  "ндс",  "vat",  "сума",
                                                    "сумі", "суму", "сумою"};

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

  // Where a number stands in it; empty: nowhere. The number is the words [at, at + number.size()).
  [[nodiscard]] std::vector<std::size_t> places_of(const std::vector<Word>& number) const {
    std::vector<std::size_t> places;
    if (number.empty()) return places;
    const bool letters =
        std::any_of(number.begin(), number.end(), [](const Word& word) { return !word.digits; });
    for (std::size_t at = 0; at + number.size() <= words_.size(); ++at) {
      if (stands_at(number, at, letters) && is_whole(at, at + number.size()) &&
          is_meant(number, at, letters)) {
        places.push_back(at);
      }
    }
    return places;
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
    return paper_ == Paper::kInvoice ? begins_with_one_of(word, kInvoiceStems)
                                     : begins_with_one_of(word, kContractStems);
  }
  [[nodiscard]] bool is_other_paper(std::string_view word) const {
    return begins_with_one_of(word, kOtherStems) ||
           (paper_ == Paper::kInvoice ? begins_with_one_of(word, kContractStems)
                                      : begins_with_one_of(word, kInvoiceStems));
  }

  void introduce(Figure& figure, const Figure* previous) const {
    const Word& first = words_[figure.begin];
    std::size_t at = figure.begin;
    // Letters that are part of the number: "договору Д-12".
    while (at > 0 && joins(words_[at].before) && !is_known_word(words_[at - 1].text)) --at;
    bool sign = words_[at].before.find('#') != std::string::npos;
    if (at > 0 && is_one_of(words_[at - 1].text, kNumberWords)) {
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
        previous->end + 1 == figure.begin && is_one_of(words_[previous->end].text, kAnd);
    if (next_word || and_between) {
      figure.introduced = previous->introduced && !previous->cut;
      figure.others = previous->others;
    }
  }
  [[nodiscard]] bool is_known_word(std::string_view word) const {
    return is_paper(word) || is_other_paper(word) || is_one_of(word, kNumberWords);
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
    return !joined || behind.text == "від" || behind.text == "от" || is_one_of(behind.text, kUnits);
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
      if (near && is_one_of(behind.text, kUnits)) return true;
      if (behind.before.starts_with('%') || behind.before.starts_with(" %")) return true;
    }
    if (figure.introduced) return false;
    if (figure.begin > 0 && is_one_of(words_[figure.begin - 1].text, kSumWords)) return true;
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

std::vector<std::size_t> named_numbers(std::string_view purpose,
                                       const std::vector<std::string>& numbers, Paper paper) {
  const Purpose said(purpose, paper);
  std::vector<Found> found;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto number = words_of(numbers[i]);
    for (const std::size_t at : said.places_of(number)) {
      found.push_back({at, at + number.size(), i});
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

}  // namespace ledger
