#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "consumers/client/batch.h"
#include "consumers/ledger-telephony/counters.h"
#include "consumers/ledger-telephony/state.h"
#include "events/envelope.h"
#include "platform/http/client.h"

namespace ledger::edge {

// A call on its way.
struct Outgoing {
  Submission event;
  // All of its legs are known. If not (they were read so long ago that they are forgotten), it must
  // not replace what the ledger has.
  bool whole = true;
  std::size_t legs = 1;
  // It was delivered before with fewer legs and said something else then. If the ledger knows it as
  // it is now, it was told so first and has been corrected by us to those fewer legs since.
  bool changed = false;
};

// The event that corrects a recorded call whose legs turned out to be more. Its id follows from the
// target, the number of legs and the new body, so that sending it again never corrects twice, and
// legs that lead back to an earlier body do. It cannot change when the call began, only what is
// said of it: a recorded event stays on its day.
[[nodiscard]] Submission correction_of(const Outgoing& call);

// Brings calls to the server, once; when and how often to try is the caller's business.
class Delivery {
 public:
  using Refuse = std::function<Status(const Refusal&)>;
  Delivery(http::Client client, Counters& counters, Refuse refuse)
      : client_(std::move(client)), counters_(counters), refuse_(std::move(refuse)) {}

  struct Outcome {
    // True for each that is acknowledged by the server as recorded, known or corrected, or kept as
    // refused because no retry would cure it. The others are to be given again.
    std::vector<bool> settled;
    // Why some of them wait, which is for somebody to know: the server went away in between, or its
    // clock is so far behind `now` that it takes a call for one of the future. Nothing if others of
    // the batch alone were at fault.
    std::optional<Error> trouble;
  };
  // An error leaves all to be given again: the server is away (retriable) or takes no request of
  // ours (its address, permissions), which a person has to cure.
  [[nodiscard]] Result<Outcome> deliver(const std::vector<Outgoing>& calls, Timestamp now);

 private:
  [[nodiscard]] Result<bool> settle(const Outgoing& call, const cli::Verdict& verdict);
  void deliver_others(const std::vector<Outgoing>& calls, const std::vector<cli::Verdict>& verdicts,
                      Timestamp now, Outcome& outcome);
  [[nodiscard]] Status correct(const Outgoing& call);
  [[nodiscard]] Status refuse(const Submission& call, const cli::Verdict& verdict);

  http::Client client_;
  Counters& counters_;
  Refuse refuse_;
};

}  // namespace ledger::edge
