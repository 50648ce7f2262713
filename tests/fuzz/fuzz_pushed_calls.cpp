// Whatever comes as a webhook's delivery, a form, JSON or a line: no crash in any sender that reads
// it, and every delivery (of Ringostat each of its rows) is one call, no fact, or refused with a
// reason.
#include "producers/telephony/binotel/mapping.h"
#include "producers/telephony/ringostat/mapping.h"
#include "producers/telephony/threecx/cdr.h"
#include "producers/telephony/threecx/mapping.h"
#include "producers/telephony/zadarma/mapping.h"
#include "tests/fuzz/delivered.h"

using namespace ledger;
using fuzz::check_delivered;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto zone = BusinessZone::named("Europe/Kyiv").value();
  http::Request request;
  request.method = "POST";
  request.body = fuzz::bytes_of(data, size);
  check_delivered(binotel::map_delivery(request, {}));
  fuzz::check_rows(ringostat::map_delivery(request, {.zone = zone}));
  check_delivered(zadarma::map_delivery(request, {.zone = zone}));
  (void)zadarma::forged(request, {.zone = zone, .api_secret = "secret"});
  check_delivered(threecx::map_report(request, {}));
  check_delivered(threecx::map_cdr_line(request, {.zone = zone}));
  return 0;
}
