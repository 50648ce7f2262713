#include "tests/fuzz/accepted.h"

#include "platform/assert.h"
#include "platform/limits.h"
#include "platform/utf8.h"

namespace ledger::fuzz {

namespace {

// The line as the door would write it, but for the match.
std::string stored(const Submission& submission) {
  const Stamps stamps{submission.time,
                      Date{std::chrono::floor<std::chrono::days>(submission.time)},
                      {},
                      {},
                      submission.id};
  return encode_line(submission, stamps);
}

}  // namespace

void check_accepted(JsonCodec& codec, const Submission& submission) {
  const std::string line = stored(submission);
  // The door refuses a longer one. Data of a correction can grow: 1e15 is kept as
  // 1000000000000000.0.
  if (line.size() > limits::kEventBytesMax) return;
  const auto event = codec.decode_line(line);
  LEDGER_ASSERT(event.has_value(), "what is accepted can be read from the log");
  LEDGER_ASSERT(event->data == submission.data, "what is read is what was accepted");

  const std::string canonical = encode_submission(submission);
  const auto again = codec.decode_submission(canonical);
  LEDGER_ASSERT(again.has_value(), "the canonical form is accepted");
  LEDGER_ASSERT(encode_submission(*again) == canonical, "the canonical form is its own");
  LEDGER_ASSERT(body_of(again->time, again->data) == body_of(submission.time, submission.data),
                "a second delivery has the same body");
}

void check_refused(const Error& error) {
  LEDGER_ASSERT(!error.message.empty(), "a refusal says why");
  LEDGER_ASSERT(is_valid_utf8(error.message), "a refusal is text");
  LEDGER_ASSERT(is_valid_utf8(error.field), "a refusal names its member in text");
  LEDGER_ASSERT(!error.retriable(), "bytes do not get better by sending them again");
  LEDGER_ASSERT(error.code != ErrorCode::kInternal, "no bytes are our fault");
}

}  // namespace ledger::fuzz
