#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "consumers/access/scope.h"

// How an answer is cut down to what a scope sees (API3 of OWASP's API Security Top 10).
namespace ledger {

// Members of events that tell an account, or by what the bank knows a booking.
[[nodiscard]] constexpr bool is_bank_detail(std::string_view member) {
  constexpr std::array<std::string_view, 3> kDetails{"payer_iban", "our_account", "bank_reference"};
  for (const auto name : kDetails) {
    if (name == member) return true;
  }
  return false;
}

// The last four signs behind stars; of a shorter text the stars alone.
[[nodiscard]] inline std::string last_four(std::string_view text) {
  constexpr std::size_t kShown = 4;
  std::string masked = "****";
  if (text.size() > 2 * kShown) masked += text.substr(text.size() - kShown);
  return masked;
}

// Leaves of a list what `sees` says yes to; the whole of it to who sees everything. To be done
// before anything is counted or a page is cut.
template <class T, class Sees>
[[nodiscard]] Status keep_seen(const Scope& scope, std::vector<T>& list, Sees&& sees) {
  if (scope.everything()) return {};
  std::vector<T> kept;
  for (auto& one : list) {
    LEDGER_TRY(const bool seen, sees(one));
    if (seen) kept.push_back(std::move(one));
  }
  list = std::move(kept);
  return {};
}

}  // namespace ledger
