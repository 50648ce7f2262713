// Whatever bytes the log holds: no crash, and a line that is read is written in one way only.
#include <string>

#include "events/json_codec.h"
#include "platform/assert.h"
#include "platform/limits.h"

namespace {

std::string canonical(const ledger::Event& event) {
  return ledger::encode_line({event.id, event.source, event.time, {}, event.data}, event.stamps);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ledger::JsonCodec codec;
  const auto event = codec.decode_line({reinterpret_cast<const char*>(data), size});
  if (!event) return 0;
  const std::string line = canonical(*event);
  if (line.size() > ledger::limits::kEventBytesMax) return 0;
  const auto again = codec.decode_line(line);
  LEDGER_ASSERT(again.has_value(), "what is written can be read");
  LEDGER_ASSERT(canonical(*again) == line, "what is written is written again with the same bytes");
  LEDGER_ASSERT(again->data == event->data && again->stamps == event->stamps, "and means the same");
  return 0;
}
