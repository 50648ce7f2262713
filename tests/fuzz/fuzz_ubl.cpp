// Whatever XML an invoice's file holds: bounded, and what is taken of it is an event that the
// door's codec takes.
#include "producers/invoices/ubl/mapping.h"
#include "tests/fuzz/bank_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ledger::JsonCodec codec;
  static const ledger::invoices::Settings settings{
      .zone = ledger::BusinessZone::named("Europe/Kyiv").value(),
      .client_of = [](const ledger::TaxCode& code) -> ledger::Result<ledger::ClientId> {
        return ledger::ClientId("c-" + code.text());
      }};
  const auto xml = ledger::fuzz::bytes_of(data, size);
  ledger::fuzz::check_bank_file(codec, [&] { return ledger::invoices::map_ubl(xml, settings); });
  return 0;
}
