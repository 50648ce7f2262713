#include "platform/assert.h"

#include <cstdio>
#include <cstdlib>

namespace ledger {

void assertion_failed(const char* condition, const char* message, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: invariant broken: %s (%s)\n", file, line, message, condition);
  std::abort();
}

}  // namespace ledger
