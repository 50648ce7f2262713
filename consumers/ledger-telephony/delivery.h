#pragma once

#include <functional>
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

  // True for each that is settled: acknowledged by the server as recorded, known or corrected, or
  // kept as refused because no retry would cure it. False: refused only because of others of the
  // batch, to be given again. An error leaves all to be given again: the server is away (retriable)
  // or takes no request of ours (its address, permissions), which a person has to cure.
  [[nodiscard]] Result<std::vector<bool>> deliver(const std::vector<Outgoing>& calls);

 private:
  [[nodiscard]] Status correct(const Outgoing& call);
  [[nodiscard]] Status refuse(const Submission& call, const cli::Verdict& verdict);

  http::Client client_;
  Counters& counters_;
  Refuse refuse_;
};

}  // namespace ledger::edge
