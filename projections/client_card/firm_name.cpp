#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "platform/utf8.h"
#include "projections/client_card/search.h"

namespace ledger::client_card {

namespace {

// Punctuation that people put around and between words, and leave out; and all sorts of space.
constexpr std::array<std::string_view, 19> kMarks{"\"", "'", "`",  "«",  "»",     "“", "”",
                                                  "„",  "’", "ʼ",  ".",  ",",     "-", "–",
                                                  "(",  ")", "\t", "\n", "\u00a0"};

// Legal forms, in full and short, as they are left by folding case and marks. Longer ones first: a
// private joint-stock company is no joint-stock company with "private" in its name.
constexpr std::array<std::string_view, 48> kLegalForms{
    "об єднання співвласників багатоквартирного будинку",
    "товариство з обмеженою відповідальністю",
    "товариство з додатковою відповідальністю",
    "суб єкт підприємницької діяльності",
    "комунальне некомерційне підприємство",
    "приватне акціонерне товариство",
    "публічне акціонерне товариство",
    "відкрите акціонерне товариство",
    "закрите акціонерне товариство",
    "фізична особа підприємець",
    "limited liability company",
    "акціонерне товариство",
    "командитне товариство",
    "фермерське господарство",
    "приватне підприємство",
    "державне підприємство",
    "комунальне підприємство",
    "казенне підприємство",
    "дочірнє підприємство",
    "спільне підприємство",
    "мале підприємство",
    "повне товариство",
    "joint stock company",
    "private enterprise",
    "т о в",
    "ф о п",
    "осбб",
    "прат",
    "тзов",
    "тов",
    "тдв",
    "фоп",
    "спд",
    "пат",
    "ват",
    "зат",
    "кнп",
    "пп",
    "ат",
    "кп",
    "дп",
    "сп",
    "мп",
    "фг",
    "llc",
    "ltd",
    "jsc",
    "pe"};

// The words of a text with a space before, between and behind them.
std::string spaced(std::string_view text) {
  std::string result(1, ' ');
  while (!text.empty()) {
    const auto* const mark = std::find_if(
        kMarks.begin(), kMarks.end(), [&](std::string_view one) { return text.starts_with(one); });
    const bool is_mark = mark != kMarks.end();
    const char next = is_mark ? ' ' : text.front();
    if (next != ' ' || result.back() != ' ') result += next;
    text.remove_prefix(is_mark ? mark->size() : 1);
  }
  if (result.back() != ' ') result += ' ';
  return result;
}

}  // namespace

std::string normalised_name(std::string_view name) {
  std::string text = spaced(fold_case(name));
  for (const auto form : kLegalForms) {
    const std::string word = ' ' + std::string(form) + ' ';
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
      text.erase(at, word.size() - 1);
    }
  }
  if (text.size() < 2) return {};
  return text.substr(1, text.size() - 2);
}

}  // namespace ledger::client_card
