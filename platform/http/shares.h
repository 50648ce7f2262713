#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace ledger::http::detail {

// A part of what there is for all; free again when the last copy is gone, which must not be after
// what it was taken of. Null: there was none left.
using Share = std::shared_ptr<const void>;

// The bytes of bodies that are in memory at once. Thread-safe.
class BodyBudget {
 public:
  // So little is there for every connection.
  static constexpr std::size_t kFreeBytes = std::size_t{64} * 1024;

  explicit BodyBudget(std::size_t bytes_max) : bytes_max_(bytes_max) {}
  [[nodiscard]] Share take(std::size_t bytes);

 private:
  const std::size_t bytes_max_;
  std::atomic<std::size_t> taken_ = 0;
};

// The connections of each address; of IPv6 a /64 counts as one, since one client has all of it.
// Thread-safe.
class ConnectionCounts {
 public:
  explicit ConnectionCounts(std::size_t each_max) : each_max_(each_max) {}
  [[nodiscard]] Share take(std::string_view address);

 private:
  const std::size_t each_max_;
  std::mutex mutex_;
  std::map<std::string, std::size_t, std::less<>> counts_;
};

}  // namespace ledger::http::detail
