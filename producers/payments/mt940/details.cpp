#include "producers/payments/mt940/details.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace ledger::mt940 {

namespace {

constexpr std::size_t kSubfieldCharacters = 27;  // a full one was cut, a shorter one ended

bool is_digit(char c) { return '0' <= c && c <= '9'; }

std::optional<std::string> text_or_none(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

void take_iban(std::string_view text, Details& details) {
  if (details.payer_iban) return;
  if (auto iban = Iban::parse(text)) details.payer_iban = *iban;
}

// Gathers parts of one text, with a space where the last one was not cut.
class Parts {
 public:
  void add(std::string_view part) {
    if (!cut_ && !text_.empty() && !part.empty()) text_ += ' ';
    text_ += part;
    cut_ = characters(part) >= kSubfieldCharacters;
  }
  [[nodiscard]] std::optional<std::string> text() const { return text_or_none(text_); }

 private:
  std::string text_;
  bool cut_ = false;
};

// What SEPA banks put in front of the payer's own words: "EREF+7 SVWZ+Rechnung 5".
std::optional<std::string> payers_words(std::optional<std::string> purpose) {
  constexpr std::string_view kOwnWords = "SVWZ+";
  if (!purpose) return purpose;
  const std::size_t at = purpose->find(kOwnWords);
  if (at == std::string::npos) return purpose;
  auto own = text_or_none(std::string_view(*purpose).substr(at + kOwnWords.size()));
  return own ? own : purpose;
}

// "086?00…", "?20…": which character stands before each number; 0: none does.
char separator_of(std::string_view text) {
  constexpr std::string_view kSeparators = "?<~^>";
  const std::size_t code =
      text.size() > 3 && std::all_of(text.begin(), text.begin() + 3, is_digit) ? 3 : 0;
  const bool numbered = text.size() > code + 2 && is_digit(text[code + 1]) &&
                        is_digit(text[code + 2]) &&
                        kSeparators.find(text[code]) != std::string_view::npos;
  return numbered ? text[code] : '\0';
}

Details read_subfields(std::string_view text, char separator) {
  Parts purpose;
  Parts name;
  std::string booking_text;
  Details details;
  for (std::size_t at = text.find(separator); at != std::string_view::npos;) {
    std::size_t next = text.find(separator, at + 1);
    // The separator may stand in a text: then no number follows.
    while (next != std::string_view::npos &&
           !(next + 2 < text.size() && is_digit(text[next + 1]) && is_digit(text[next + 2]))) {
      next = text.find(separator, next + 1);
    }
    const std::string_view part = text.substr(at + 1, next - at - 1);
    const int code = part.size() < 2 ? -1 : (part[0] - '0') * 10 + part[1] - '0';
    const std::string_view value = part.substr(std::min<std::size_t>(2, part.size()));
    if ((20 <= code && code <= 29) || (60 <= code && code <= 65)) purpose.add(value);
    if (code == 32 || code == 33) name.add(value);
    if (code == 31 || code == 38) take_iban(value, details);
    if (code == 0) booking_text = value;
    at = next;
  }
  details.payer_name = name.text();
  details.purpose = payers_words(purpose.text());
  if (!details.purpose) details.purpose = text_or_none(booking_text);
  return details;
}

constexpr std::array<std::string_view, 22> kWords{
    "ABWA", "ACCW", "ADDR", "BENM", "BIC",  "CNTP", "CSID", "EREF", "IBAN", "ID",   "INIT",
    "ISDT", "MARF", "NAME", "NRTX", "ORDP", "PREF", "PURP", "REMI", "RTRN", "TRCD", "ULTD"};

// "/REMI/text/NAME/who": each word with what follows it, up to the next word.
std::map<std::string_view, std::string_view> read_words(std::string_view text) {
  struct Found {
    std::size_t at;
    std::string_view word;
  };
  std::vector<Found> found;
  for (std::size_t slash = text.find('/'); slash != std::string_view::npos;
       slash = text.find('/', slash + 1)) {
    const std::size_t end = text.find('/', slash + 1);
    if (end == std::string_view::npos) break;
    const std::string_view word = text.substr(slash + 1, end - slash - 1);
    if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) {
      found.push_back({slash, word});
    }
  }
  std::map<std::string_view, std::string_view> words;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::size_t from = found[i].at + found[i].word.size() + 2;
    const std::size_t to = i + 1 < found.size() ? found[i + 1].at : text.size();
    words.try_emplace(found[i].word, from < to ? text.substr(from, to - from) : "");
  }
  return words;
}

// "USTD//text" and "STRD/CUR/reference" carry the kind of remittance in front.
std::string_view without_kind(std::string_view remittance) {
  for (const std::string_view kind : {"USTD//", "STRD/CUR/"}) {
    if (remittance.starts_with(kind)) return remittance.substr(kind.size());
  }
  return remittance;
}

Details read_tags(std::string_view text) {
  const auto words = read_words(text);
  const auto at = [&](std::string_view word) {
    const auto found = words.find(word);
    return found == words.end() ? std::string_view() : found->second;
  };
  Details details;
  take_iban(at("IBAN"), details);
  details.payer_name = text_or_none(at("NAME"));
  // account / bank / name / city
  std::string_view other = at("CNTP");
  for (int part = 0; !other.empty(); ++part) {
    const std::string_view value = other.substr(0, other.find('/'));
    if (part == 0) take_iban(value, details);
    if (part == 2 && !details.payer_name) details.payer_name = text_or_none(value);
    other.remove_prefix(std::min(value.size() + 1, other.size()));
  }
  details.purpose = text_or_none(without_kind(at("REMI")));
  if (!details.purpose) details.purpose = text_or_none(at("EREF"));
  return details;
}

Details read_numbered_lines(const std::vector<std::string>& lines) {
  Parts purpose;
  Parts name;
  std::string booking_text;
  Details details;
  for (const auto& line : lines) {
    if (line.size() < 2 || !is_digit(line[0]) || !is_digit(line[1])) continue;
    const int code = (line[0] - '0') * 10 + line[1] - '0';
    const std::string_view value = std::string_view(line).substr(2);
    if (1 <= code && code <= 14) purpose.add(value);
    if (code == 15 || code == 16) name.add(value);
    if (code == 17) booking_text = value;
    if (code == 20) take_iban(value, details);
  }
  details.payer_name = name.text();
  details.purpose = purpose.text();
  if (!details.purpose) details.purpose = text_or_none(booking_text);
  return details;
}

}  // namespace

Details details_of(const Field& field) {
  if (field.tag == "NS") return read_numbered_lines(field.lines);
  const std::string whole = joined(field.lines);
  const auto text = text_or_none(whole);
  if (!text) return {};
  if (const char separator = separator_of(*text); separator != '\0') {
    return read_subfields(*text, separator);
  }
  if (text->starts_with('/') && !read_words(*text).empty()) return read_tags(*text);
  return {{}, {}, text};
}

}  // namespace ledger::mt940
