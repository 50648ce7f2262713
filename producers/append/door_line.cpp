#include <fmt/format.h>

#include "events/leaf_hash.h"
#include "platform/limits.h"
#include "platform/sha256.h"
#include "producers/append/amount_checks.h"
#include "producers/append/door.h"
#include "producers/append/door_batch.h"
#include "producers/append/sealing.h"

// The bytes of an event that is about to be stored.
namespace ledger {

namespace {

// What is handed in as values has been read by no codec: a text may be empty, too long, or none.
Status check_readable(std::string_view line) {
  thread_local JsonCodec codec;
  const auto read = codec.decode_line(line);
  if (!read) return tl::unexpected(read.error());
  return {};
}

}  // namespace

Status AppendDoor::write_line(Prepared& event, Submission submission,
                              const ViewSnapshot& known) const {
  if (parts_.keys != nullptr) LEDGER_CHECK(stamp_keys(submission, *parts_.keys));
  event.line = encode_line(submission, event.stamps);
  LEDGER_CHECK(check_readable(event.line));
  LEDGER_CHECK(check_amounts(event.line));
  if (parts_.keys != nullptr) {
    LEDGER_TRY(event.line,
               sealed_line(submission, event.stamps, known, *parts_.keys, event.belongings));
  }
  if (event.line.size() > limits::kEventBytesMax) {
    return fail(ErrorCode::kTooLarge, fmt::format("the event takes {} bytes, at most {} are kept",
                                                  event.line.size(), limits::kEventBytesMax));
  }
  event.leaf_hash = to_hex(leaf_hash_of(event.line));
  return {};
}

// Of what is about to be written, and of nothing that was refused: an identifier that is linked to
// somebody else stays when its owner goes. On the disk when it returns, as the keys are.
Status AppendDoor::keep_keys(const Batch& batch) const {
  if (parts_.keys == nullptr) return {};
  for (const auto& event : batch.events) {
    if (!event.appends || !event.belongings) continue;
    LEDGER_TRY(const auto his, parts_.keys->key_of(event.belongings->name));
    (void)his;  // what has no key cannot be destroyed
    LEDGER_CHECK(parts_.keys->link(event.belongings->name, event.belongings->identifiers));
  }
  return parts_.keys->sync();
}

}  // namespace ledger
