// Whatever lies in the quarantine's log, also what is not ours: no crash, and what can be listed
// can be found. And whatever is put into it: the line is one that Kafka takes, and the bytes come
// out.
#include "platform/assert.h"
#include "producers/quarantine/quarantine.h"
#include "tests/fuzz/accepted.h"
#include "tests/support/memory_log.h"

using namespace ledger;

namespace {

void read_lines(std::string_view text) {
  testing::MemoryLog log(1);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    log.inject(0, std::string(line));
  }
  Quarantine quarantine(log, log);
  Quarantine::Question all;
  all.released_too = true;
  const auto entries = quarantine.list(all);
  if (!entries) {
    fuzz::check_refused(entries.error());
    return;
  }
  for (const auto& entry : *entries) {
    LEDGER_ASSERT(quarantine.find(entry.position).has_value(), "what is listed can be found");
  }
}

void keep(std::string_view text) {
  testing::MemoryLog log(1);
  log.line_bytes_max = Quarantine::kLineBytesMax;
  Quarantine quarantine(log, log);
  QuarantinedInput input;
  input.sender = "fuzz";
  input.received = parse_timestamp("2026-11-25T08:00:00Z").value();
  input.error = "malformed";
  input.body = text;
  LEDGER_ASSERT(quarantine.keep(input).has_value(), "whatever comes in is kept");
  const auto entry = quarantine.find({0, 0});
  LEDGER_ASSERT(entry && entry->body_bytes == text.size(), "and its length with it");
  LEDGER_ASSERT(entry->input.body == text.substr(0, Quarantine::kBodyBytesMax),
                "its bytes come out as they went in");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_lines(fuzz::bytes_of(data, size));
  keep(fuzz::bytes_of(data, size));
  return 0;
}
