// Whatever somebody writes to the inbox topic: no crash, and every record is an event or refused
// with a reason. The input: headers, "name: value" a line, up to an empty line; behind it the value
// of the record. Without an empty line it is a tombstone.
#include "consumers/inbox/cloud_event.h"
#include "tests/fuzz/accepted.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ledger;
  static JsonCodec codec;
  std::string_view text = fuzz::bytes_of(data, size);
  kafka::Record record;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty()) {
      record.value = std::string(text);
      break;
    }
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    record.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  const auto submission = inbox::to_submission(record, codec);
  if (submission) {
    fuzz::check_accepted(codec, *submission);
  } else {
    fuzz::check_refused(submission.error());
  }
  return 0;
}
