#include "projections/unmatched/purpose_codes.h"

#include <algorithm>
#include <iterator>

namespace ledger::unmatched {

namespace {

constexpr std::size_t kCodeDigits[] = {8, 10};

}  // namespace

std::vector<std::string> codes_in(std::string_view purpose) {
  std::vector<std::string> codes;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = 0; at < purpose.size();) {
    std::size_t end = at;
    while (end < purpose.size() && is_digit(purpose[end])) ++end;
    const bool of_a_code = std::find(std::begin(kCodeDigits), std::end(kCodeDigits), end - at) !=
                           std::end(kCodeDigits);
    if (of_a_code) codes.emplace_back(purpose.substr(at, end - at));
    at = std::max(end, at + 1);
  }
  return codes;
}

}  // namespace ledger::unmatched
