#include "consumers/query/print/amount_in_words.h"

#include <fmt/format.h>

#include <array>
#include <optional>

namespace ledger::print {

namespace {

using Words = std::string_view;

// A noun as it stands after one, after two to four, and after any other number. English knows the
// first and the last only.
struct Noun {
  Words one;
  Words few;
  Words many;
  bool feminine = false;
};

constexpr std::array<Noun, 6> kThousandsUk{{
    {"тисяча", "тисячі", "тисяч", true},
    {"мільйон", "мільйони", "мільйонів"},
    {"мільярд", "мільярди", "мільярдів"},
    {"трильйон", "трильйони", "трильйонів"},
    {"квадрильйон", "квадрильйони", "квадрильйонів"},
    {"квінтильйон", "квінтильйони", "квінтильйонів"},
}};
constexpr std::array<Words, 6> kThousandsEn{"thousand", "million",     "billion",
                                            "trillion", "quadrillion", "quintillion"};

constexpr std::array<Words, 10> kHundredsUk{"",          "сто",      "двісті",  "триста",
                                            "чотириста", "п’ятсот",  "шістсот", "сімсот",
                                            "вісімсот",  "дев’ятсот"};
constexpr std::array<Words, 10> kTensUk{"",           "",          "двадцять",  "тридцять",
                                        "сорок",      "п’ятдесят", "шістдесят", "сімдесят",
                                        "вісімдесят", "дев’яносто"};
constexpr std::array<Words, 20> kOnesUk{"",
                                        "один",
                                        "два",
                                        "три",
                                        "чотири",
                                        "п’ять",
                                        "шість",
                                        "сім",
                                        "вісім",
                                        "дев’ять",
                                        "десять",
                                        "одинадцять",
                                        "дванадцять",
                                        "тринадцять",
                                        "чотирнадцять",
                                        "п’ятнадцять",
                                        "шістнадцять",
                                        "сімнадцять",
                                        "вісімнадцять",
                                        "дев’ятнадцять"};
constexpr std::array<Words, 10> kTensEn{"",      "",      "twenty",  "thirty", "forty",
                                        "fifty", "sixty", "seventy", "eighty", "ninety"};
constexpr std::array<Words, 20> kOnesEn{"",        "one",     "two",       "three",    "four",
                                        "five",    "six",     "seven",     "eight",    "nine",
                                        "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};

Words form_uk(const Noun& noun, std::uint64_t number) {
  const std::uint64_t tens = number % 100;
  if (tens >= 11 && tens <= 14) return noun.many;
  const std::uint64_t ones = number % 10;
  if (ones == 1) return noun.one;
  return ones >= 2 && ones <= 4 ? noun.few : noun.many;
}

Words form_of(const Noun& noun, std::uint64_t number, Language language) {
  if (language == Language::kUkrainian) return form_uk(noun, number);
  return number == 1 ? noun.one : noun.many;
}

void add(std::string& text, Words word) {
  if (word.empty()) return;
  if (!text.empty()) text += ' ';
  text += word;
}

// One to 999.
void add_group_uk(std::string& text, std::uint64_t group, bool feminine) {
  add(text, kHundredsUk[group / 100]);
  std::uint64_t rest = group % 100;
  if (rest >= 20) {
    add(text, kTensUk[rest / 10]);
    rest %= 10;
  }
  if (feminine && rest == 1) return add(text, "одна");
  if (feminine && rest == 2) return add(text, "дві");
  add(text, kOnesUk[rest]);
}

void add_group_en(std::string& text, std::uint64_t group) {
  if (group >= 100) {
    add(text, kOnesEn[group / 100]);
    add(text, "hundred");
  }
  const std::uint64_t rest = group % 100;
  if (rest < 20) return add(text, kOnesEn[rest]);
  add(text, kTensEn[rest / 10]);
  if (rest % 10 > 0) text += fmt::format("-{}", kOnesEn[rest % 10]);
}

std::string number_in_words(std::uint64_t number, bool feminine, Language language) {
  const bool uk = language == Language::kUkrainian;
  if (number == 0) return uk ? "нуль" : "zero";
  std::array<std::uint64_t, 7> groups{};
  for (auto& group : groups) {
    group = number % 1000;
    number /= 1000;
  }
  std::string text;
  for (std::size_t i = groups.size(); i-- > 0;) {
    if (groups[i] == 0) continue;
    if (uk) {
      add_group_uk(text, groups[i], i == 0 ? feminine : kThousandsUk[i - 1].feminine);
      if (i > 0) add(text, form_uk(kThousandsUk[i - 1], groups[i]));
    } else {
      add_group_en(text, groups[i]);
      if (i > 0) add(text, kThousandsEn[i - 1]);
    }
  }
  return text;
}

struct Names {
  Noun unit;
  Noun part;
};

std::optional<Names> names_of(Words currency, Language language) {
  const bool uk = language == Language::kUkrainian;
  if (currency == "UAH") {
    return uk ? Names{{"гривня", "гривні", "гривень", true},
                      {"копійка", "копійки", "копійок", true}}
              : Names{{"hryvnia", "", "hryvnias"}, {"kopiyka", "", "kopiykas"}};
  }
  if (currency == "USD") {
    return uk ? Names{{"долар США", "долари США", "доларів США"}, {"цент", "центи", "центів"}}
              : Names{{"US dollar", "", "US dollars"}, {"cent", "", "cents"}};
  }
  if (currency == "EUR") {
    return uk ? Names{{"євро", "євро", "євро"}, {"цент", "центи", "центів"}}
              : Names{{"euro", "", "euros"}, {"cent", "", "cents"}};
  }
  return std::nullopt;
}

}  // namespace

std::string amount_in_words(const Money& amount, Language language) {
  const std::int64_t minor = amount.amount_minor;
  // Without overflow at the least value, which has no positive.
  const std::uint64_t absolute = minor < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(minor)
                                           : static_cast<std::uint64_t>(minor);
  const int digits = amount.currency.exponent();
  std::uint64_t unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  const auto names = names_of(amount.currency.text(), language);
  const std::uint64_t whole = absolute / unit;
  const std::uint64_t part = absolute % unit;
  std::string text;
  if (minor < 0) add(text, language == Language::kUkrainian ? "мінус" : "minus");
  add(text, number_in_words(whole, names && names->unit.feminine, language));
  add(text, names ? form_of(names->unit, whole, language) : Words(amount.currency.text()));
  if (digits > 0) add(text, fmt::format("{:0{}}", part, digits));
  if (names) add(text, form_of(names->part, part, language));
  return text;
}

}  // namespace ledger::print
