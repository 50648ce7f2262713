// Whatever comes as a batch: an answer for each event, and each as if it had come alone.
#include "platform/assert.h"
#include "platform/limits.h"
#include "tests/fuzz/accepted.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ledger::JsonCodec codec;
  const auto batch = codec.decode_batch(ledger::fuzz::bytes_of(data, size));
  if (!batch) {
    ledger::fuzz::check_refused(batch.error());
    return 0;
  }
  LEDGER_ASSERT(batch->size() <= ledger::limits::kBatchEventsMax, "a batch is limited");
  for (const auto& submission : *batch) {
    if (submission) {
      ledger::fuzz::check_accepted(codec, *submission);
    } else {
      ledger::fuzz::check_refused(submission.error());
    }
  }
  return 0;
}
