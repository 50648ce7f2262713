#include "events/privacy/subject_key.h"

#include "platform/base64.h"
#include "platform/random.h"

namespace ledger::privacy {

namespace {
constexpr std::size_t kIdBytes = 16;
}  // namespace

SubjectKey random_subject_key() {
  return {base64url_encode(random_bytes(kIdBytes)), random_aead_key(), random_aead_key()};
}

}  // namespace ledger::privacy
