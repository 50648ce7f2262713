#pragma once

#include <string_view>

#include "consumers/access/scope.h"

namespace ledger {

// What people record is of the source "people/<principal>".
inline constexpr std::string_view kPeople = "people/";

// Whether a scope is told of a source, and what it sends: machines everybody; of people, how much
// who records is for heads, and for himself.
[[nodiscard]] inline bool shows_source(const Scope& scope, std::string_view source) {
  if (scope.sees_nobodys() || !source.starts_with(kPeople)) return true;
  return scope.principal() != nullptr && source.substr(kPeople.size()) == scope.principal()->id;
}

}  // namespace ledger
