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
};

// Brings calls to the server, once; when and how often to try is the caller's business. A whole
// call is stated: what the ledger reads otherwise, by fewer legs, is read so from now on, also when
// it began and with whom it was (POST /v1/events/restated). The ledger alone remembers what was
// said of it before, so that no crash here can leave a call as it was by some of its legs.
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
  [[nodiscard]] Status deliver_part(const Outgoing& call, Timestamp now, Outcome& outcome,
                                    std::size_t place);
  void judge(const Outgoing& call, const cli::Verdict& verdict, Timestamp now, Outcome& outcome,
             std::size_t place);
  [[nodiscard]] Result<bool> settle(const Outgoing& call, const cli::Verdict& verdict);
  [[nodiscard]] Status refuse(const Submission& call, const cli::Verdict& verdict);

  http::Client client_;
  Counters& counters_;
  Refuse refuse_;
};

}  // namespace ledger::edge
