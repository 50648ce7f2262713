#pragma once

#include <atomic>
#include <cstdint>

namespace ledger::pull {

// What the connector has done since it started. Written by its threads, read by the listener.
struct Counters {
  std::atomic<std::uint64_t> requests = 0;       // to banks
  std::atomic<std::uint64_t> bank_failures = 0;  // of them without the answer that was asked for
  std::atomic<std::uint64_t> left_out = 0;    // rows that are no payment, each time they are told
  std::atomic<std::uint64_t> delivered = 0;   // payments recorded
  std::atomic<std::uint64_t> known = 0;       // recorded before, each time they are told
  std::atomic<std::uint64_t> corrected = 0;   // recorded before, with other data
  std::atomic<std::uint64_t> taken_back = 0;  // recorded before, and counting no more
  std::atomic<std::uint64_t> refused = 0;     // in refused.ndjson
  std::atomic<std::uint64_t> still_refused = 0;      // in it before, each time they are told
  std::atomic<std::uint64_t> server_failures = 0;    // attempts to reach the ledger
  std::atomic<std::uint64_t> hooks = 0;              // deliveries of webhooks
  std::atomic<std::uint64_t> hooks_refused = 0;      // with another secret, or unreadable
  std::atomic<std::uint64_t> hooks_missed = 0;       // entries that no webhook told
  std::atomic<std::uint64_t> hooks_set = 0;          // how often the bank was given the address
  std::atomic<std::uint64_t> hooks_unconfirmed = 0;  // told, and not in the bank's statement
  std::atomic<std::int64_t> complete_s = 0;  // up to when all accounts are told, 0: none yet
  std::atomic<bool> bank_away = false;
  std::atomic<bool> bank_closed = false;  // the bank says not to ask now
  std::atomic<bool> server_away = false;
  std::atomic<bool> hook_silent = false;
};

}  // namespace ledger::pull
