#pragma once

#include <atomic>
#include <cstdint>

namespace ledger::edge {

// What the connector has done since it started. Written by its threads, read by the listener.
struct Counters {
  std::atomic<std::uint64_t> lines = 0;       // records read, of both channels
  std::atomic<std::uint64_t> ami_events = 0;  // Cdr events of the manager interface
  std::atomic<std::uint64_t> ami_left = 0;    // not taken from there: no linkedid, or no room
  std::atomic<std::uint64_t> legs = 0;        // of both, new ones
  std::atomic<std::uint64_t> repeated = 0;    // of both, known already
  std::atomic<std::uint64_t> calls = 0;       // settled, with their later changes
  std::atomic<std::uint64_t> skipped = 0;     // of them no fact for the ledger (internal calls)
  std::atomic<std::uint64_t> delivered = 0;   // recorded by the server
  std::atomic<std::uint64_t> known = 0;       // recorded there before
  std::atomic<std::uint64_t> corrected = 0;   // recorded there before, with other data
  std::atomic<std::uint64_t> refused = 0;     // records and calls in refused.ndjson
  std::atomic<std::uint64_t> rests_lost = 0;  // of rotated files
  std::atomic<std::uint64_t> failures = 0;    // attempts to reach the server
  std::atomic<std::uint64_t> lag_bytes = 0;   // of file and spool, not read yet
  std::atomic<std::uint64_t> waiting = 0;     // calls read and not delivered
  std::atomic<std::int64_t> last_line_s = 0;  // when the last new record was read, 0: none yet
  std::atomic<bool> ami_connected = false;
  std::atomic<bool> server_away = false;
};

}  // namespace ledger::edge
