#include "platform/http/accept.h"

#include <algorithm>

namespace ledger::http {

namespace {

constexpr int kWhole = 1000;  // weights have three digits at most

struct Taken {
  int weight = 0;
  std::size_t place = 0;  // of its range in the header
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool same_letters(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The text up to `mark`, which is taken off `rest`.
std::string_view next_of(std::string_view& rest, char mark) {
  const auto end = rest.find(mark);
  const auto part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return trimmed(part);
}

// "0.8" -> 800. What is no weight counts as none given.
int weight_of(std::string_view text) {
  const bool form = !text.empty() && text.size() <= 5 && (text[0] == '0' || text[0] == '1') &&
                    (text.size() == 1 || text[1] == '.');
  if (!form) return kWhole;
  int weight = text[0] == '1' ? kWhole : 0;
  int digit = kWhole / 10;
  for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return kWhole;
    weight += (c - '0') * digit;
    digit /= 10;
  }
  return std::min(weight, kWhole);
}

// 0: the range is of something else.
int closeness(std::string_view range, std::string_view type) {
  if (same_letters(range, type)) return 3;
  const bool group = range.ends_with("/*") && range != "*/*";
  if (group && same_letters(range.substr(0, range.size() - 1),
                            type.substr(0, std::min(range.size() - 1, type.size())))) {
    return 2;
  }
  return range == "*/*" ? 1 : 0;
}

Taken taken(std::string_view accept, std::string_view type) {
  if (trimmed(accept).empty()) return {kWhole, 0};
  Taken best;
  int closest = 0;
  std::size_t place = 0;
  for (std::string_view rest = accept; !rest.empty(); ++place) {
    std::string_view parameters = next_of(rest, ',');
    const int close = closeness(next_of(parameters, ';'), type);
    if (close <= closest) continue;
    closest = close;
    best = {kWhole, place};
    while (!parameters.empty()) {
      std::string_view value = next_of(parameters, ';');
      if (same_letters(next_of(value, '='), "q")) best.weight = weight_of(trimmed(value));
    }
  }
  return best;
}

}  // namespace

std::optional<std::size_t> preferred(std::string_view accept,
                                     std::initializer_list<std::string_view> offered) {
  std::optional<std::size_t> best;
  Taken of_best;
  std::size_t index = 0;
  for (const auto type : offered) {
    const Taken now = taken(accept, type);
    const bool better = now.weight > of_best.weight ||
                        (best && now.weight == of_best.weight && now.place < of_best.place);
    if (better) {
      best = index;
      of_best = now;
    }
    ++index;
  }
  return best;
}

bool takes(std::string_view accept, std::string_view type) {
  return taken(accept, type).weight > 0;
}

}  // namespace ledger::http
