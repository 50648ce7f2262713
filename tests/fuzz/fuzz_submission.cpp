// Whatever a sender writes: no crash, and what is accepted is stored, read and compared alike.
#include "tests/fuzz/accepted.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ledger::JsonCodec codec;
  const auto submission = codec.decode_submission(ledger::fuzz::bytes_of(data, size));
  if (submission) {
    ledger::fuzz::check_accepted(codec, *submission);
  } else {
    ledger::fuzz::check_refused(submission.error());
  }
  return 0;
}
