#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ledger {

// What a number stands on: behind "договору № 12" stands no invoice, behind "рахунок 12" no
// contract.
enum class Paper { kInvoice, kContract };

// Which of these numbers a payment's purpose names: indices, ascending. Numbers and purpose are
// compared word by word, a word being letters or digits, whatever spaces, №, dashes and capitals
// stand between them:
// - a number is named as a whole: "105" not by "105/2", "Б-5" not by "АБ-5", "1000" not by
//   "ВН-1000";
// - of numbers that stand in the same place the longest is named;
// - dates, years and sums name nothing ("від 20.11.2026", "1 000,00", "12 грн", "ПДВ 100") but
//   right behind "№" or the paper's name;
// - digits alone, fewer than three, are named right behind "№" or the paper's name only, and in a
//   list that begins there ("рахунки 12, 15 та 17").
[[nodiscard]] std::vector<std::size_t> named_numbers(std::string_view purpose,
                                                     const std::vector<std::string>& numbers,
                                                     Paper paper);

}  // namespace ledger
