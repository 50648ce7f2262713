#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ledger {

// What a number stands on: behind "договору № 12" stands no invoice, behind "рахунок 12" no
// contract.
enum class Paper { kInvoice, kContract };

// Which of these numbers a payment's purpose names: indices, ascending. Numbers and purpose are
// compared word by word, a word being letters or digits, whatever spaces, №, dashes and capitals
// stand between them, and whether a letter is Ukrainian or a Latin one that looks like it:
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

// The same, of many numbers that many purposes are searched for: the cost of a search follows the
// purpose and not how many numbers there are. One thread, or several once it is made.
class NumberSearch {
 public:
  NumberSearch(const std::vector<std::string>& numbers, Paper paper);
  ~NumberSearch();
  NumberSearch(NumberSearch&&) noexcept;
  NumberSearch& operator=(NumberSearch&&) noexcept;

  [[nodiscard]] std::vector<std::size_t> named_in(std::string_view purpose) const;

 private:
  struct Numbers;
  std::unique_ptr<Numbers> numbers_;
};

// A number as it is compared: numbers with one key are one. Empty where it has no word, or so many
// that no purpose is searched for it.
[[nodiscard]] std::string number_key(std::string_view number);
// The keys of all numbers with a digit that a purpose would name if they stood on such papers.
// Sorted, each once; which of them are the longest at their place only named_numbers() tells.
[[nodiscard]] std::vector<std::string> nameable_keys(std::string_view purpose, Paper paper);

}  // namespace ledger
