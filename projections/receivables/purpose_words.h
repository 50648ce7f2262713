#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

// Purposes of payments as words, and the words that tell what a number in one is. Private to
// named_numbers.cpp.
namespace ledger::purpose {

// A run of letters in lower case or of digits, with what stands before it.
struct Word {
  std::string before;
  std::string text;
  bool digits = false;
};

// In the order of the text, folded: letters in lower case, and Latin ones that look like Ukrainian
// ones as those.
[[nodiscard]] std::vector<Word> words_of(std::string_view text);

// Words to compare with, folded as texts are.
class WordList {
 public:
  WordList(std::initializer_list<std::string_view> words);
  [[nodiscard]] bool has(std::string_view word) const {
    return std::find(words_.begin(), words_.end(), word) != words_.end();
  }
  [[nodiscard]] bool has_stem_of(std::string_view word) const {
    return std::any_of(words_.begin(), words_.end(),
                       [&](std::string_view stem) { return word.starts_with(stem); });
  }

 private:
  std::vector<std::string> words_;
};

struct KnownWords {
  WordList invoice_stems{"рахун", "рах",     "фактур", "счет", "счёт",
                         "сч",    "invoice", "inv",    "сф",   "bill"};
  WordList contract_stems{"договор", "договір", "дог", "контракт", "contract", "угод"};
  // Other papers have numbers too.
  WordList other_stems{"накладн", "акт",     "замовлен", "додат",   "специфік",
                       "ттн",     "довірен", "order",    "квитанц", "чек"};
  WordList number_words{"n", "no", "nr", "номер", "ном"};
  WordList both{"та", "і", "й", "и", "and"};
  WordList since{"від", "от"};
  WordList units{"грн", "гривень", "гривні", "гривня", "uah",  "usd", "eur",  "коп", "тис",
                 "шт",  "кг",      "дн",     "днів",   "року", "рік", "році", "р"};
  WordList sum_words{"пдв", "ндс", "vat", "сума", "сумі", "суму", "сумою"};
};

[[nodiscard]] const KnownWords& known();

}  // namespace ledger::purpose
