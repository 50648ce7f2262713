#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "events/envelope.h"

namespace ledger::bench {

// A stream of believable events of one trade house, the same for the same seed: `clients` clients,
// 12 managers, 18 months of working days; of 100 events 62 calls, 20 mailed and 8 phoned offers,
// 5 invoices, 4 payments, 1 meeting, each with its client and manager known.
class Trade {
 public:
  Trade(std::uint64_t seed, std::int64_t events, int clients);

  struct Fact {
    Submission submission;
    Stamps stamps;
  };
  [[nodiscard]] Fact next();

 private:
  [[nodiscard]] EventData data_of(int kind, int client, int manager, std::int64_t n, Date day);
  std::mt19937_64 random_;
  std::int64_t events_;
  int clients_;
  std::int64_t made_ = 0;
};

}  // namespace ledger::bench
