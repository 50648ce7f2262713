#include "producers/append/amount_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace ledger {

namespace {

// The member names that lead to a place of a JSON text, read from left to right.
class Path {
 public:
  // A string begins at `at`; returns the place behind it.
  std::size_t take_string(std::string_view line, std::size_t at) {
    std::size_t end = at + 1;
    while (end < line.size() && line[end] != '"') end += line[end] == '\\' ? 2 : 1;
    if (end + 1 < line.size() && line[end + 1] == ':') name_ = line.substr(at + 1, end - at - 1);
    return end + 1;
  }
  void open() { names_.push_back(name_), name_ = {}; }
  void close() {
    name_ = {};
    if (!names_.empty()) names_.pop_back();
  }
  [[nodiscard]] bool is_amount() const { return name_.ends_with("_minor"); }
  [[nodiscard]] std::string text() const {
    std::string path;
    for (const auto name : names_) {
      if (!name.empty()) path += fmt::format("{}.", name);
    }
    return path + std::string(name_);
  }

 private:
  std::vector<std::string_view> names_;
  std::string_view name_;
};

// What an amendment takes back was told before there was a limit, or it would not be there.
constexpr std::string_view kWasRead = "data.was.";

bool is_too_much(std::string_view number) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  return error != std::errc() || value > kAmountMinorMax || value < -kAmountMinorMax;
}

}  // namespace

Status check_amounts(std::string_view line) {
  Path path;
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at];
    if (c == '"') {
      at = path.take_string(line, at);
      continue;
    }
    if (c == '{' || c == '[') path.open();
    if (c == '}' || c == ']') path.close();
    const bool begins_number = c == '-' || (c >= '0' && c <= '9');
    if (!begins_number) {
      ++at;
      continue;
    }
    const std::size_t end = std::min(line.find_first_not_of("-+.eE0123456789", at), line.size());
    const bool too_much = path.is_amount() && is_too_much(line.substr(at, end - at));
    if (too_much && !path.text().starts_with(kWasRead)) {
      return fail(
          ErrorCode::kOutOfRange,
          fmt::format("is more than any amount that is taken ({} minor units)", kAmountMinorMax),
          path.text());
    }
    at = end;
  }
  return {};
}

}  // namespace ledger
