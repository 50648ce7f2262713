#include "platform/stop_signals.h"

namespace ledger {

StopSignals::StopSignals(HangUp hang_up) {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  if (hang_up == HangUp::kIsTold) sigaddset(&signals_, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

int StopSignals::wait() const {
  int signal = 0;
  sigwait(&signals_, &signal);
  return signal;
}

bool StopSignals::within(std::chrono::milliseconds wait) const {
  const timespec limit{wait.count() / 1000, wait.count() % 1000 * 1'000'000};
  return sigtimedwait(&signals_, nullptr, &limit) > 0;
}

}  // namespace ledger
