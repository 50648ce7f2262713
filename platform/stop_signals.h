#pragma once

#include <chrono>
#include <csignal>

namespace ledger {

// SIGINT and SIGTERM as something to wait for. To be made before any thread exists: all threads
// have them blocked then, and only the waits here ever see them. Of the main thread.
class StopSignals {
 public:
  // kIsTold: SIGHUP too, which asks a server to read its files again, is waited for rather than
  // ending the program.
  enum class HangUp { kEnds, kIsTold };
  explicit StopSignals(HangUp hang_up = HangUp::kEnds);
  // Until one comes: which.
  int wait() const;
  // Whether one came within that time; 0 asks for one that came already.
  [[nodiscard]] bool within(std::chrono::milliseconds wait) const;

 private:
  sigset_t signals_;
};

}  // namespace ledger
