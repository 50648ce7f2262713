#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "platform/result.h"

namespace ledger::stream {

// How many may listen: in all, and each principal, or each address of those who are not asked who
// they are. Thread-safe.
class Seats {
 public:
  // Free again when the last copy is gone, which may be after the seats themselves.
  using Seat = std::shared_ptr<const void>;

  explicit Seats(std::size_t all_max) : all_max_(all_max) {}

  // kUnavailable where none is left; the message says of which.
  [[nodiscard]] Result<Seat> take(const std::string& whose, std::size_t whose_max);
  [[nodiscard]] std::size_t taken() const;

 private:
  struct Taken {
    mutable std::mutex mutex;
    std::size_t all = 0;
    std::map<std::string, std::size_t> by_whom;
  };

  std::size_t all_max_;
  std::shared_ptr<Taken> taken_ = std::make_shared<Taken>();
};

}  // namespace ledger::stream
