#include "producers/payments/mt940/fields.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ledger::mt940 {

namespace {

constexpr std::size_t kLineCharacters =
    65;  // of field 86; a full line was cut, a shorter one ended

constexpr std::array<std::string_view, 18> kTags{"20",  "21",  "25",  "25P", "28",  "28C",
                                                 "13D", "34F", "60F", "60M", "61",  "86",
                                                 "62F", "62M", "64",  "65",  "90C", "90D"};
constexpr std::string_view kStructure = "NS";  // some banks' name for what others put into 86

// No control characters: a tab or a stray byte of a terminal is a space.
std::string clean(std::string_view line) {
  std::string text(line);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

struct Tagged {
  std::string_view tag;
  std::string_view value;
};
// ":61:value"; an empty tag: a line that goes on.
Tagged tagged(std::string_view line) {
  if (!line.starts_with(':')) return {};
  const std::size_t end = line.find(':', 1);
  if (end == std::string_view::npos) return {};
  const std::string_view tag = line.substr(1, end - 1);
  const bool known = tag == kStructure || std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
  return known ? Tagged{tag, line.substr(end + 1)} : Tagged{};
}

bool is_balance_or_later(std::string_view tag) {
  return tag == "62F" || tag == "62M" || tag == "64" || tag == "65";
}

class Splitter {
 public:
  void take(std::string_view raw, std::size_t number) {
    std::string line = clean(raw);
    if (line.starts_with('{')) line = behind_envelope(line);
    const auto [tag, value] = tagged(line);
    if (tag.empty() ? ends_statement(line) : tag == "20") inside_ = closed_ = false;
    if (tag.empty()) {
      if (current_ != nullptr && inside_) current_->lines.emplace_back(line);
      return;
    }
    if (tag == "20") {
      blocks_.statements.emplace_back();
      inside_ = true;
    }
    auto& fields = inside_ ? blocks_.statements.back().fields : blocks_.stray;
    current_ = &fields.emplace_back(Field{std::string(tag), {std::string(value)}, number});
    closed_ = closed_ || is_balance_or_later(tag);
  }
  [[nodiscard]] Blocks result() { return std::move(blocks_); }

 private:
  // What follows "{4:", the block of the text, on the same line.
  static std::string behind_envelope(const std::string& line) {
    const std::size_t text = line.find("{4:");
    return text == std::string::npos ? std::string() : line.substr(text + 3);
  }

  // "-", "-}" and what follows; after the closing balance also a dash with a bank's own word.
  [[nodiscard]] bool ends_statement(std::string_view line) const {
    return line == "-" || line.starts_with("-}") || (closed_ && line.starts_with('-'));
  }

  Blocks blocks_;
  Field* current_ = nullptr;
  bool inside_ = false;
  bool closed_ = false;  // its closing balance was seen
};

}  // namespace

Blocks split(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Splitter splitter;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    splitter.take(text.substr(0, end), ++number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return splitter.result();
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  bool cut = true;
  for (const auto& line : lines) {
    if (!cut && !text.empty() && !line.empty()) text += ' ';
    text += line;
    cut = characters(line) >= kLineCharacters;
  }
  return text;
}

}  // namespace ledger::mt940
