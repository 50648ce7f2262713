#pragma once

#include "platform/assert.h"
#include "producers/mapping.h"
#include "tests/fuzz/accepted.h"

namespace ledger::fuzz {

// What must hold for whatever a webhook's mapping makes of a delivery of several rows.
inline void check_rows(const Mapped& mapped) {
  static JsonCodec codec;
  for (const auto& refused : mapped.refused) check_refused(refused.error);
  for (const auto& event : mapped.events) {
    // As WebhookIngest does: what our API would refuse goes into the quarantine.
    const auto strict = codec.decode_submission(encode_submission(event));
    if (strict) {
      check_accepted(codec, *strict);
    } else {
      check_refused(strict.error());
    }
  }
}

// The same of a delivery that is one.
inline void check_delivered(const Mapped& mapped) {
  LEDGER_ASSERT(mapped.events.size() + mapped.refused.size() + mapped.skipped.size() == 1,
                "a delivery is one fact, none, or refused");
  check_rows(mapped);
}

}  // namespace ledger::fuzz
