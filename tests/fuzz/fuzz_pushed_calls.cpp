// Whatever comes as a webhook's delivery, a form or JSON: no crash in any sender that reads fields,
// and every delivery is one call, no fact, or refused with a reason.
#include "platform/assert.h"
#include "producers/telephony/binotel/mapping.h"
#include "producers/telephony/ringostat/mapping.h"
#include "producers/telephony/threecx/mapping.h"
#include "producers/telephony/zadarma/mapping.h"
#include "tests/fuzz/accepted.h"

using namespace ledger;

namespace {

void check(const Mapped& mapped) {
  static JsonCodec codec;
  LEDGER_ASSERT(mapped.events.size() + mapped.refused.size() + mapped.skipped.size() == 1,
                "a delivery is one call, no fact, or refused");
  for (const auto& refused : mapped.refused) fuzz::check_refused(refused.error);
  for (const auto& event : mapped.events) {
    // As WebhookIngest does: what our API would refuse goes into the quarantine.
    const auto strict = codec.decode_submission(encode_submission(event));
    if (strict) {
      fuzz::check_accepted(codec, *strict);
    } else {
      fuzz::check_refused(strict.error());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto zone = BusinessZone::named("Europe/Kyiv").value();
  http::Request request;
  request.method = "POST";
  request.body = fuzz::bytes_of(data, size);
  check(binotel::map_delivery(request, {}));
  check(ringostat::map_delivery(request, {.zone = zone}));
  check(zadarma::map_delivery(request, {.zone = zone}));
  (void)zadarma::forged(request, {.zone = zone, .api_secret = "secret"});
  check(threecx::map_report(request, {}));
  return 0;
}
