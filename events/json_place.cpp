#include "events/json_place.h"

#include <simdjson.h>

#include <algorithm>
#include <vector>

namespace ledger::json {

namespace {

// Walks over JSON and remembers where it is; values are looked at only where they are numbers.
class NumberSearch {
 public:
  explicit NumberSearch(std::string_view text) : text_(text) {}

  std::string run() {
    for (at_ = 0; at_ < text_.size();) {
      const char c = text_[at_];
      if (c == '"') {
        take_string();
      } else if (c == '-' || (c >= '0' && c <= '9')) {
        if (is_bad(take_number())) return path();
      } else {
        note_structure(c);
        ++at_;
      }
    }
    return {};
  }

 private:
  struct Level {
    bool object = false;
    std::string_view member = {};  // as it is spelled
    std::size_t index = 0;
  };

  void note_structure(char c) {
    if (c == '{' || c == '[') {
      levels_.push_back({c == '{'});
    } else if (levels_.empty()) {
      return;
    } else if (c == '}' || c == ']') {
      levels_.pop_back();
    } else if (c == ',') {
      ++levels_.back().index;
    } else if (c == ':') {
      levels_.back().member = last_string_;
    }
  }

  void take_string() {
    const std::size_t start = ++at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_, text_.size());
    last_string_ = text_.substr(start, at_ - start);
    ++at_;
  }

  std::string_view take_number() {
    const std::size_t start = at_;
    at_ = std::min(text_.find_first_of(",]}: \t\r\n", start), text_.size());
    return text_.substr(start, at_ - start);
  }

  bool is_bad(std::string_view number) {
    // Most numbers are short and whole; only the others are worth a parser's time.
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool plain = number.size() < 19 && std::all_of(number.begin(), number.end(), digit);
    if (plain && (number.size() == 1 || number[0] != '0')) return false;
    return parser_.parse(number.data(), number.size()).error() != simdjson::SUCCESS;
  }

  std::string path() const {
    std::string path;
    for (const auto& level : levels_) {
      if (!path.empty()) path += '.';
      path += level.object ? std::string(level.member) : std::to_string(level.index);
    }
    return path;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string_view last_string_;
  std::vector<Level> levels_;
  simdjson::dom::parser parser_;
};

}  // namespace

std::string place_of_bad_number(std::string_view text) { return NumberSearch(text).run(); }

}  // namespace ledger::json
