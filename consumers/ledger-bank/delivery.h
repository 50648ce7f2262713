#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "consumers/client/batch.h"
#include "consumers/ledger-bank/counters.h"
#include "events/envelope.h"
#include "platform/clock.h"
#include "platform/http/client.h"

namespace ledger::pull {

// Brings what a bank told to the ledger, which alone remembers what was said of each payment before
// (POST /v1/events/restated). One thread.
class Delivery {
 public:
  // What no retry cures, with the reason.
  using Refuse = std::function<Status(const Submission&, const Error&)>;
  Delivery(http::Client client, Counters& counters, Refuse refuse)
      : client_(std::move(client)), counters_(counters), refuse_(std::move(refuse)) {}

  // All of them are recorded, known, corrected, taken back, or refused. After an error all are to
  // be given again, and nothing counts twice by it: the ledger is away, its clock is so far behind
  // `now` that it takes a payment for one of the future (retriable), or it takes no request of
  // ours.
  [[nodiscard]] Status deliver(const std::vector<Submission>& events, Timestamp now);

 private:
  [[nodiscard]] Status settle(const Submission& event, const cli::Verdict& verdict, Timestamp now);

  http::Client client_;
  Counters& counters_;
  Refuse refuse_;
};

}  // namespace ledger::pull
