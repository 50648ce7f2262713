// Whatever comes as a letter, a report or a mailbox: no crash, bounded memory, and every event that
// is made of it is one that the ledger takes.
#include "producers/email/message/mailbox.h"
#include "tests/fuzz/delivered.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ledger;
  static const mail::Settings settings{.own_domains = {"gurt.example"},
                                       .own_addresses = {"gurt@ukr.net"},
                                       .received_at = {},
                                       .authserv_id = "mx.gurt.example"};
  static JsonCodec codec;
  const Mapped mapped = mail::map_file(fuzz::bytes_of(data, size), settings);
  for (const auto& refused : mapped.refused) fuzz::check_refused(refused.error);
  for (const auto& event : mapped.events) {
    const auto strict = codec.decode_submission(encode_submission(event));
    LEDGER_ASSERT(strict.has_value(), "an event of a letter is one that the ledger takes");
    fuzz::check_accepted(codec, *strict);
  }
  LEDGER_ASSERT(
      size == 0 || mapped.events.size() + mapped.refused.size() + mapped.skipped.size() > 0,
      "every letter is an event, refused, or left out");
  return 0;
}
