#pragma once

#include <atomic>
#include <cstdint>

namespace ledger::gateway {

// What the gateway has done since it started. Written by its threads, read by the listener.
struct Counters {
  std::atomic<std::uint64_t> connections = 0;
  std::atomic<std::uint64_t> crowded = 0;    // turned away: too many at once
  std::atomic<std::uint64_t> timed_out = 0;  // too slow
  std::atomic<std::uint64_t> broken = 0;     // ended within a mail or a handshake
  std::atomic<std::uint64_t> open = 0;
  // Of the mails that came whole, or were refused for the size that was told, each is one of these.
  std::atomic<std::uint64_t> recorded = 0;  // at least one event of it is new in the ledger
  std::atomic<std::uint64_t> known = 0;     // all of it was there already
  std::atomic<std::uint64_t> skipped = 0;   // no fact for the ledger
  std::atomic<std::uint64_t> quarantined = 0;
  std::atomic<std::uint64_t> deferred = 0;   // the mail system keeps it and comes again
  std::atomic<std::uint64_t> too_large = 0;  // refused
  std::atomic<std::uint64_t> events = 0;     // new in the ledger
  std::atomic<bool> server_away = false;     // the last attempt to reach it has failed
};

}  // namespace ledger::gateway
