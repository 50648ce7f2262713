#pragma once

#include <atomic>
#include <cstdint>
#include <stop_token>
#include <thread>

#include "projections/store/view_store.h"

namespace ledger {

// Reads every row of every view once, after the start, so that one that cannot be read is found
// before a question needs it; the view is then made anew (projections/store/renewals.h). On a
// thread of its own that lets all others go first.
class RowCheck {
 public:
  explicit RowCheck(const ViewStore& views) : views_(views) {}

  void start();
  // What the thread does. Ends early where it is told to.
  void look(const std::stop_token& stop = {});
  [[nodiscard]] std::uint64_t rows() const { return rows_; }

 private:
  const ViewStore& views_;
  std::atomic<std::uint64_t> rows_ = 0;  // that were read and are well
  std::jthread thread_;                  // last: it uses all of the above
};

}  // namespace ledger
