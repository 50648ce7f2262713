#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ledger::cli {

// A line on standard error that fills up, with the rate and the time left: "import  62 %  [#### ]".
// Draws at most ten times a second, and nothing where standard error is not a terminal but the last
// state. One thread.
class ProgressBar {
 public:
  // `total` 0: unknown, only the count is shown.
  ProgressBar(std::string label, std::int64_t total);
  ~ProgressBar();
  void advance(std::int64_t by);
  void finish();

 private:
  void draw(bool last);
  std::string label_;
  std::int64_t total_;
  std::int64_t done_ = 0;
  std::int64_t started_us_;
  std::int64_t drawn_us_ = 0;
  bool terminal_;
  bool finished_ = false;
};

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

// 123450 -> "1 234.50"; for people.
[[nodiscard]] std::string money_text(std::int64_t minor, std::string_view currency);

}  // namespace ledger::cli
