#include "consumers/stream/seats.h"

#include <fmt/format.h>

namespace ledger::stream {

Result<Seats::Seat> Seats::take(const std::string& whose, std::size_t whose_max) {
  const std::lock_guard lock(taken_->mutex);
  if (taken_->all >= all_max_) {
    return fail(ErrorCode::kUnavailable,
                fmt::format("{} listen already, which is all that may", taken_->all));
  }
  auto& his = taken_->by_whom[whose];
  if (his >= whose_max) {
    return fail(
        ErrorCode::kUnavailable,
        fmt::format("you listen {} times already; one connection serves a whole browser", his));
  }
  ++his;
  ++taken_->all;
  return Seat(taken_.get(), [taken = taken_, whose](const void*) {
    const std::lock_guard free(taken->mutex);
    --taken->all;
    if (--taken->by_whom[whose] == 0) taken->by_whom.erase(whose);
  });
}

std::size_t Seats::taken() const {
  const std::lock_guard lock(taken_->mutex);
  return taken_->all;
}

}  // namespace ledger::stream
