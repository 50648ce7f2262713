#include "consumers/stream/recent_events.h"

#include <algorithm>
#include <utility>

namespace ledger::stream {

RecentEvents::RecentEvents(Frontier start, std::size_t events_max)
    : end_(std::move(start)),
      partition_max_(
          std::max<std::size_t>(1, events_max / std::max<std::size_t>(1, end_.next.size()))),
      events_(end_.next.size()) {}

bool RecentEvents::reaches_back_to(const Frontier& from) const {
  for (std::size_t p = 0; p < events_.size(); ++p) {
    const auto first = end_.next[p] - std::ssize(events_[p]);
    if ((p < from.next.size() ? from.next[p] : 0) < first) return false;
  }
  return true;
}

const HeardEvent* RecentEvents::find(std::size_t partition, std::int64_t offset) const {
  const auto& events = events_[partition];
  const auto index = offset - (end_.next[partition] - std::ssize(events));
  if (index < 0 || index >= std::ssize(events)) return nullptr;
  return &events[static_cast<std::size_t>(index)];
}

bool RecentEvents::add(HeardEvent event) {
  const auto partition = static_cast<std::size_t>(event.position.partition);
  if (partition >= events_.size() || event.position.offset != end_.next[partition]) return false;
  auto& events = events_[partition];
  if (events.size() == partition_max_) events.pop_front();
  events.push_back(std::move(event));
  ++end_.next[partition];
  return true;
}

}  // namespace ledger::stream
