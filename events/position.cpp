#include "events/position.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "platform/utf8.h"

namespace ledger {

namespace {

constexpr std::size_t kPartitionsMax = 4096;
// So that the sum over all partitions stays within int64; at a million events a second, 71 years.
constexpr std::int64_t kOffsetMax =
    std::numeric_limits<std::int64_t>::max() / static_cast<std::int64_t>(kPartitionsMax);

template <class T>
bool parse_number(std::string_view text, T& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && out >= 0;
}

}  // namespace

bool Frontier::covers(const Frontier& other) const {
  for (std::size_t i = 0; i < other.next.size(); ++i) {
    if (other.next[i] > (i < next.size() ? next[i] : 0)) return false;
  }
  return true;
}

bool Frontier::covers(const Position& position) const {
  const auto i = static_cast<std::size_t>(position.partition);
  return i < next.size() && position.offset < next[i];
}

void Frontier::include(const Position& position) {
  const auto i = static_cast<std::size_t>(position.partition);
  if (next.size() <= i) next.resize(i + 1, 0);
  next[i] = std::max(next[i], position.offset + 1);
}

std::int64_t Frontier::total() const {
  std::int64_t sum = 0;
  for (const auto offset : next) sum += offset;
  return sum;
}

std::string to_string(const Position& position) {
  return fmt::format("{}:{}", position.partition, position.offset);
}

std::string to_string(const Frontier& frontier) {
  return fmt::format("{}", fmt::join(frontier.next, ","));
}

Result<Position> parse_position(std::string_view text) {
  Position position;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || !parse_number(text.substr(0, colon), position.partition) ||
      static_cast<std::size_t>(position.partition) >= kPartitionsMax ||
      !parse_number(text.substr(colon + 1), position.offset) || position.offset >= kOffsetMax) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' is not a position such as 3:1207", excerpt(text)));
  }
  return position;
}

Result<Frontier> parse_frontier(std::string_view text) {
  if (text.find(':') != std::string_view::npos) {
    LEDGER_TRY(const Position position, parse_position(text));
    Frontier frontier;
    frontier.include(position);
    return frontier;
  }
  Frontier frontier;
  for (std::string_view rest = text;;) {
    const std::size_t comma = rest.find(',');
    std::int64_t offset = 0;
    if (!parse_number(rest.substr(0, comma), offset) || offset > kOffsetMax ||
        frontier.next.size() == kPartitionsMax) {
      return fail(ErrorCode::kInvalidField,
                  fmt::format("'{}' is not a position such as 12,0,7 or 3:1207", excerpt(text)));
    }
    frontier.next.push_back(offset);
    if (comma == std::string_view::npos) return frontier;
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace ledger
