// Whatever XML a bank's file holds: bounded, and every payment is an event that the door's codec
// takes.
#include "producers/payments/camt/mapping.h"
#include "tests/fuzz/bank_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ledger::JsonCodec codec;
  static const ledger::camt::Settings settings{
      .zone = ledger::BusinessZone::named("Europe/Kyiv").value()};
  const auto xml = ledger::fuzz::bytes_of(data, size);
  ledger::fuzz::check_bank_file(codec, [&] { return ledger::camt::map_statements(xml, settings); });
  return 0;
}
