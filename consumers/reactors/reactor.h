#pragma once

#include <string_view>
#include <vector>

#include "events/business_zone.h"
#include "events/envelope.h"
#include "projections/store/view_store.h"

namespace ledger {

// By what a rule decides.
struct Sight {
  const ViewSnapshot& views;  // cover the event, and may be far ahead of it
  // How far the rule has read the log, the event included. What must not hang on how fast the views
  // are leaves out what the rule has yet to read.
  const Frontier& read;
  Date today;
};

// A rule that acts: for each event of the log it says what else is to be recorded now.
//
// Called again for the same event after a crash, so what it submits has ids that follow from what
// it is about: the door then answers with the first receipt, or with a conflict if the figures have
// moved on meanwhile. Both mean that it is done: what was decided once is not decided again.
class Reactor {
 public:
  virtual ~Reactor() = default;
  // Of its cursor, and CloudEvents' source of what it submits: "ledger/allocation".
  [[nodiscard]] virtual std::string_view name() const = 0;
  // Whether there is anything to decide about lines like this one, before they are decoded: most
  // are calls, and most rules have no interest in calls.
  [[nodiscard]] virtual bool concerns(const LineSummary& line) const = 0;
  // An error is retried.
  [[nodiscard]] virtual Result<std::vector<Submission>> react(const Event& event,
                                                              const Sight& sight) const = 0;
  // Once when the rule has caught up with the log, and once on every new day of the house: what
  // was recorded ahead of its day has its turn now. An error is retried.
  [[nodiscard]] virtual Result<std::vector<Submission>> turn_of_day(const Sight&) const {
    return std::vector<Submission>{};
  }
  // Whenever the rule stands at the end of the log, and once in a while on the way there: for what
  // is done once for many events. An error is retried.
  [[nodiscard]] virtual Status settle_done() { return {}; }
};

}  // namespace ledger
