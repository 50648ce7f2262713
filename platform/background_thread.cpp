#include "platform/background_thread.h"

#include <sys/resource.h>
#include <unistd.h>

#include <tuple>

namespace ledger {

namespace {

constexpr int kNiceness = 10;

}  // namespace

void let_others_go_first() {
  // On Linux a thread's own, by its id.
  std::ignore = ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNiceness);
}

}  // namespace ledger
