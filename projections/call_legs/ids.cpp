#include "projections/call_legs/ids.h"

#include <fmt/format.h>

#include "platform/limits.h"
#include "platform/stable_id.h"

namespace ledger::call_legs {

EventIds::EventIds(const std::string& call_id) : first_("call:" + call_id) {
  constexpr std::size_t kSuffixMax = 32;  // "~4294967295~void" and some
  if (first_.size() + kSuffixMax > limits::kIdBytesMax) first_ = "call:" + stable_id({call_id});
}

std::string EventIds::of(std::size_t reading) const {
  return reading == 0 ? first_ : fmt::format("{}~{}", first_, reading);
}

std::string EventIds::void_of(std::size_t reading) const { return of(reading) + "~void"; }

}  // namespace ledger::call_legs
