#include "platform/random.h"

#include <openssl/rand.h>

#include "platform/assert.h"

namespace ledger {

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  const int done =
      RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  LEDGER_ASSERT(done == 1, "without random bytes there are no secrets");
  return bytes;
}

}  // namespace ledger
