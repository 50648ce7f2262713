// Whatever comes as a bank's answer or webhook: no crash, every payment is an event that the door's
// codec takes, and what cannot be read says why.
#include "producers/payments/monobank/mapping.h"
#include "producers/payments/privatbank/mapping.h"
#include "tests/fuzz/bank_file.h"

using namespace ledger;

namespace {

const BusinessZone& kyiv() {
  static const BusinessZone zone = BusinessZone::named("Europe/Kyiv").value();
  return zone;
}

template <class Page>
Mapped told(Result<Page> page) {
  if (page) return std::move(page->told);
  fuzz::check_refused(page.error());
  return {};
}

template <class Answer>
void check(const Result<Answer>& answer) {
  if (!answer) fuzz::check_refused(answer.error());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static JsonCodec codec;
  const auto bytes = fuzz::bytes_of(data, size);
  const Timestamp asked_at = parse_timestamp("2026-11-26T12:00:00Z").value();
  const privatbank::Settings privat{.bank = {.zone = kyiv(), .source = "privatbank"},
                                    .own_codes = {"32855961"}};
  fuzz::check_bank_file(codec, [&] {
    return told(privatbank::map_page(bytes, privat, "UA213223130000026007233566001", asked_at));
  });
  check(privatbank::read_phase(bytes));
  const monobank::Settings mono{.bank = {.zone = kyiv(), .source = "monobank"}};
  const monobank::Account account{"acc", "UA213223130000026007233566001", {}};
  fuzz::check_bank_file(codec, [&] { return told(monobank::map_statement(bytes, account, mono)); });
  check(monobank::read_client_info(bytes));
  check(monobank::read_hint(bytes));
  return 0;
}
