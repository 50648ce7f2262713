#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ledger::cli {

// Columns as wide as their content (by code points, so Ukrainian lines up); numbers to the right.
class Table {
 public:
  explicit Table(std::vector<std::string> header);
  void add(std::vector<std::string> row);
  [[nodiscard]] bool empty() const { return rows_.size() == 1; }  // the header alone
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

// What came from outside, for a terminal: control characters, which could move its cursor or change
// its title, as a dot. Lines stay.
[[nodiscard]] std::string printable(std::string_view text);

// 123450 -> "1 234.50"; for people.
[[nodiscard]] std::string money_text(std::int64_t minor, std::string_view currency);

}  // namespace ledger::cli
