// Whatever comes over the manager interface: the same messages however it is cut, and a CDR event
// that is taken is one record of CSV with the same fields.
#include <string>

#include "platform/assert.h"
#include "platform/csv_reader.h"
#include "producers/telephony/asterisk/ami.h"
#include "producers/telephony/asterisk/leg.h"
#include "tests/fuzz/accepted.h"

using namespace ledger::asterisk;

namespace {

void check_record(const std::vector<std::string>& fields) {
  const std::string line = to_csv_line(fields);
  ledger::CsvReader reader(line, {kColumnsMin, kColumnsMax, line.size()});
  auto row = reader.next();
  LEDGER_ASSERT(row.has_value() && row->fields.has_value(), "a line that we write can be read");
  LEDGER_ASSERT(*row->fields == fields, "and says the same");
  LEDGER_ASSERT(!reader.next().has_value(), "and is one record");
  static const Settings settings{.zone = ledger::BusinessZone::named("Europe/Kyiv").value()};
  const auto leg = read_leg(fields, settings);
  LEDGER_ASSERT(leg || !leg.error().message.empty(), "a refusal says why");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = ledger::fuzz::bytes_of(data, size);
  AmiParser whole;
  const auto messages = whole.feed(bytes);
  AmiParser cut;
  std::size_t count = 0;
  for (std::size_t at = 0, step = 1; at < bytes.size(); at += step, step = step % 13 + 1) {
    for (const auto& message : cut.feed(bytes.substr(at, step))) {
      LEDGER_ASSERT(count < messages.size() && message.lines == messages[count].lines,
                    "a message does not depend on how the stream is cut");
      ++count;
    }
  }
  LEDGER_ASSERT(count == messages.size() && cut.dropped() == whole.dropped(),
                "nor does their number");
  for (const auto& message : messages) {
    LEDGER_ASSERT(message.lines.size() <= kAmiLinesMax, "a message is bounded");
    for (const auto rule : {Linkedid::kRequired, Linkedid::kIgnored, Linkedid::kIfGiven}) {
      const auto record = to_record(message, rule);
      if (record) check_record(*record);
    }
  }
  return 0;
}
