#include "consumers/access/oidc_flows.h"

#include <utility>

#include "consumers/access/tokens.h"
#include "platform/access_limits.h"
#include "platform/hmac.h"

namespace ledger::access {

void Flows::put(std::string_view state, std::string_view browser, Flow flow, Timestamp now) {
  const std::lock_guard lock(mutex_);
  forget_outdated(now);
  while (waiting_.size() >= limits::kSignInsWaitingMax) {
    waiting_.erase(order_.front());
    order_.pop_front();
  }
  std::string key = digest_of(state);
  order_.push_back(key);
  waiting_.insert_or_assign(
      std::move(key), Waiting{std::move(flow), digest_of(browser), now + limits::kSignInLifetime});
}

std::optional<Flow> Flows::take(std::string_view state, std::string_view browser, Timestamp now) {
  const std::lock_guard lock(mutex_);
  forget_outdated(now);
  const auto found = waiting_.find(digest_of(state));
  if (found == waiting_.end()) return std::nullopt;
  if (!equal_secrets(found->second.browser, digest_of(browser))) return std::nullopt;
  Flow flow = std::move(found->second.flow);
  waiting_.erase(found);
  return flow;
}

std::size_t Flows::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void Flows::forget_outdated(Timestamp now) {
  while (!order_.empty()) {
    const auto oldest = waiting_.find(order_.front());
    if (oldest != waiting_.end()) {
      if (now < oldest->second.until) return;
      waiting_.erase(oldest);
    }
    order_.pop_front();
  }
}

}  // namespace ledger::access
