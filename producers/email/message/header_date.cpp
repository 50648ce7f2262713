#include "producers/email/message/header_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "platform/limits.h"
#include "platform/utf8.h"

namespace ledger::mail {

namespace {

using namespace std::chrono;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

// Words between spaces and comments, in lower case; a comma ends a word and goes with it.
std::vector<std::string> words_of(std::string_view header) {
  std::vector<std::string> words(1);
  int comments = 0;
  for (const char c : header) {
    if (c == '(') ++comments;
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',';
    if (comments > 0 || space) {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c;
    }
    if (c == ')' && comments > 0) --comments;
  }
  if (words.back().empty()) words.pop_back();
  for (std::string& word : words) word = lower(word);
  return words;
}

std::optional<int> number(std::string_view text, std::size_t width_min, std::size_t width_max) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool digits = error == std::errc() && end == text.data() + text.size() && text[0] != '-';
  if (!digits || text.size() < width_min || text.size() > width_max) return std::nullopt;
  return value;
}

template <std::size_t N>
std::optional<int> index_in(const std::array<std::string_view, N>& names, std::string_view word) {
  const auto found = std::find(names.begin(), names.end(), word);
  if (found == names.end()) return std::nullopt;
  return static_cast<int>(found - names.begin());
}

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};

std::optional<int> year_of(std::string_view word) {
  auto value = number(word, 2, 4);
  if (value && word.size() == 2) *value += *value < 50 ? 2000 : 1900;
  if (value && word.size() == 3) *value += 1900;
  return value;
}

std::optional<seconds> time_of_day(std::string_view word) {
  if (word.size() != 5 && word.size() != 8) return std::nullopt;
  const auto hour = number(word.substr(0, 2), 2, 2);
  const auto minute = number(word.substr(3, 2), 2, 2);
  const auto second =
      word.size() == 8 && word[5] == ':' ? number(word.substr(6), 2, 2) : std::optional<int>(0);
  if (word[2] != ':' || (word.size() == 8 && word[5] != ':')) return std::nullopt;
  // A leap second, :60, is the next minute's first.
  if (!hour || *hour > 23 || !minute || *minute > 59 || !second || *second > 60) {
    return std::nullopt;
  }
  return hours{*hour} + minutes{*minute} + seconds{*second};
}

std::optional<minutes> zone_of(std::string_view word) {
  if (word.size() == 5 && (word[0] == '+' || word[0] == '-')) {
    const auto hour = number(word.substr(1, 2), 2, 2);
    const auto minute = number(word.substr(3, 2), 2, 2);
    if (!hour || *hour > 15 || !minute || *minute > 59) return std::nullopt;
    const minutes offset = hours{*hour} + minutes{*minute};
    return word[0] == '-' ? -offset : offset;
  }
  if (word == "ut" || word == "utc" || word == "gmt") return minutes{0};
  // Military letters were once defined the wrong way round: RFC 5322 has them all mean UTC.
  if (word.size() == 1 && word[0] >= 'a' && word[0] <= 'z' && word[0] != 'j') return minutes{0};
  static constexpr std::array<std::string_view, 8> kAmerican{"edt", "est", "cdt", "cst",
                                                             "mdt", "mst", "pdt", "pst"};
  const auto american = index_in(kAmerican, word);
  if (!american) return std::nullopt;
  return -hours{4 + (*american + 1) / 2};
}

}  // namespace

Result<Timestamp> parse_header_date(std::string_view header) {
  const auto wrong = [&] {
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' is not a date such as Tue, 24 Nov 2026 10:15:00 +0200",
                            excerpt(header, 60)),
                "date");
  };
  auto words = words_of(header);
  if (!words.empty() && index_in(kDays, words.front())) words.erase(words.begin());
  if (words.size() != 5) return wrong();
  const auto day = number(words[0], 1, 2);
  const auto month = index_in(kMonths, words[1]);
  const auto year = year_of(words[2]);
  const auto time = time_of_day(words[3]);
  const auto zone = zone_of(words[4]);
  if (!day || !month || !year || !time || !zone) return wrong();
  const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month + 1)},
                  std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return wrong();
  if (*year < limits::kEarliestYear || *year > limits::kLatestYear) {
    return fail(ErrorCode::kOutOfRange,
                fmt::format("year {} is outside {} to {}", *year, limits::kEarliestYear,
                            limits::kLatestYear),
                "date");
  }
  return Timestamp{sys_days{date} + *time - *zone};
}

}  // namespace ledger::mail
