#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "consumers/query/context.h"

namespace ledger {

// How many obligations of each manager are late today, for a board that is read all the time: to
// count them is to look at every client of the house. A house of few clients is counted whenever it
// changed; a larger one once a minute at most, for whoever asks, and the answer says by which
// position. Of no other day, and of no earlier knowledge. Many threads.
class OverdueCounts {
 public:
  static constexpr std::size_t kFewClients = 100;
  static constexpr std::chrono::seconds kKept{60};

  struct Counted {
    std::string position;
    Timestamp at;
    Date day;
    bool few = false;
    std::map<ManagerId, std::int64_t> late;
  };
  [[nodiscard]] Result<std::shared_ptr<const Counted>> today(const QueryContext& context,
                                                             const Query& query);

 private:
  [[nodiscard]] std::shared_ptr<const Counted> kept() const;

  mutable std::mutex guard_;  // of kept_
  std::shared_ptr<const Counted> kept_;
  std::mutex counting_;  // one at a time
};

}  // namespace ledger
