#pragma once

#include <cstdint>
#include <string>

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

}  // namespace ledger::cli
