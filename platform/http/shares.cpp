#include "platform/http/shares.h"

#include <arpa/inet.h>

#include <array>

namespace ledger::http::detail {

namespace {

constexpr std::size_t kNetworkBytes = 8;

std::string whose(std::string_view address) {
  std::string text(address);
  std::array<char, sizeof(in6_addr)> bytes{};
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  return {bytes.data(), kNetworkBytes};
}

}  // namespace

Share BodyBudget::take(std::size_t bytes) {
  if (taken_.fetch_add(bytes) + bytes > bytes_max_) {
    taken_.fetch_sub(bytes);
    return nullptr;
  }
  return {this, [this, bytes](const void*) { taken_.fetch_sub(bytes); }};
}

Share ConnectionCounts::take(std::string_view address) {
  const std::string key = whose(address);
  {
    const std::lock_guard lock(mutex_);
    auto& count = counts_[key];
    if (count >= each_max_) return nullptr;
    ++count;
  }
  return {this, [this, key](const void*) {
            const std::lock_guard lock(mutex_);
            const auto found = counts_.find(key);
            if (--found->second == 0) counts_.erase(found);
          }};
}

}  // namespace ledger::http::detail
