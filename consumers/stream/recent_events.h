#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "consumers/stream/heard_event.h"
#include "events/position.h"

namespace ledger::stream {

// The last events of each partition that the views show, without gaps, so that listeners who are at
// the head, or have been away for a moment, cost no reading of the log. One thread.
class RecentEvents {
 public:
  // Keeps about `events_max`, each partition its part of them.
  RecentEvents(Frontier start, std::size_t events_max);

  [[nodiscard]] const Frontier& end() const { return end_; }
  // Whether everything from there to end() is here.
  [[nodiscard]] bool reaches_back_to(const Frontier& from) const;
  // An event of `partition` at or behind the frontier's offset there and before end(); nullptr:
  // there is none, or it is no longer here.
  [[nodiscard]] const HeardEvent* find(std::size_t partition, std::int64_t offset) const;

  // False, and nothing is added: it is not the next of its partition.
  [[nodiscard]] bool add(HeardEvent event);

 private:
  Frontier end_;
  std::size_t partition_max_;
  std::vector<std::deque<HeardEvent>> events_;
};

}  // namespace ledger::stream
