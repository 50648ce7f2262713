// Whatever profile and whatever table: a profile is refused by its member, and every payment of a
// table is an event that the door's codec takes. What stands before the line "====" is the profile.
#include "producers/payments/csv/mapping.h"
#include "tests/fuzz/bank_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ledger::JsonCodec codec;
  static const auto zone = ledger::BusinessZone::named("Europe/Kyiv").value();
  constexpr std::string_view kBetween = "\n====\n";
  const auto bytes = ledger::fuzz::bytes_of(data, size);
  const std::size_t between = bytes.find(kBetween);
  if (between == std::string_view::npos) return 0;
  auto profile = ledger::bank_csv::parse_profile(bytes.substr(0, between));
  if (!profile) {
    ledger::fuzz::check_refused(profile.error());
    return 0;
  }
  const ledger::bank_csv::Settings settings{
      .bank = {.zone = zone}, .profile = *std::move(profile), .account = "26001234"};
  const auto table = bytes.substr(between + kBetween.size());
  ledger::fuzz::check_bank_file(codec,
                                [&] { return ledger::bank_csv::map_statement(table, settings); });
  return 0;
}
