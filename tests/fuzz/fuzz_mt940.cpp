// Whatever bytes an MT940 file holds, in whichever character set it is read: every payment is an
// event that the door's codec takes.
#include "producers/payments/mt940/mapping.h"
#include "tests/fuzz/bank_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static ledger::JsonCodec codec;
  ledger::mt940::Settings settings{
      .bank = {.zone = ledger::BusinessZone::named("Europe/Kyiv").value()}};
  // The first byte chooses the set; any other than those there are: detected.
  if (data[0] < ledger::kCodePageNames.size()) {
    settings.charset = static_cast<ledger::CodePage>(data[0]);
  }
  const auto bytes = ledger::fuzz::bytes_of(data + 1, size - 1);
  ledger::fuzz::check_bank_file(codec,
                                [&] { return ledger::mt940::map_statements(bytes, settings); });
  return 0;
}
