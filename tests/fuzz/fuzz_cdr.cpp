// Whatever a CDR file holds: every record ends up somewhere, every call is an event that the door's
// codec takes, and the same records read again are the same calls.
#include <string>

#include "platform/assert.h"
#include "producers/telephony/asterisk/mapping.h"
#include "tests/fuzz/accepted.h"

namespace {

ledger::asterisk::Settings settings_of(std::uint8_t choice) {
  ledger::asterisk::Settings settings{.zone = ledger::BusinessZone::named("Europe/Kyiv").value()};
  settings.gmtime = (choice & 1) != 0;
  if ((choice & 2) != 0) settings.own_numbers = {"+380443334455"};
  if ((choice & 4) != 0) settings.columns = ledger::asterisk::Columns{.uniqueid = true};
  settings.json = (choice & 8) != 0;
  return settings;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static ledger::JsonCodec codec;
  const auto settings = settings_of(data[0]);
  const std::string csv(ledger::fuzz::bytes_of(data + 1, size - 1));
  const auto once = ledger::asterisk::map_cdr(csv, settings);
  for (const auto& event : once.events) ledger::fuzz::check_accepted(codec, event);
  for (const auto& refused : once.refused) {
    LEDGER_ASSERT(!refused.error.message.empty(), "a refusal says why");
  }
  // Not where the end of one reading would run into the beginning of the other.
  if (!csv.ends_with('\n') || !once.refused.empty() || csv.starts_with('\xEF')) return 0;
  const auto twice = ledger::asterisk::map_cdr(csv + csv, settings);
  LEDGER_ASSERT(twice.events.size() == once.events.size(), "a record twice is one");
  for (std::size_t i = 0; i < once.events.size(); ++i) {
    LEDGER_ASSERT(
        ledger::encode_submission(twice.events[i]) == ledger::encode_submission(once.events[i]),
        "a record twice says nothing new");
  }
  return 0;
}
