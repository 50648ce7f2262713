// Whatever comes as a status callback of Twilio: no crash in the check of its signature nor in the
// mapping, and it is one leg, no fact, or refused with a reason. The first line is the signature,
// the second the query; the rest is the body.
#include "platform/http/form.h"
#include "producers/telephony/twilio/mapping.h"
#include "producers/telephony/twilio/signature.h"
#include "tests/fuzz/delivered.h"

namespace {

std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ledger;
  std::string_view text = fuzz::bytes_of(data, size);
  http::Request request;
  request.method = "POST";
  request.headers.emplace_back("x-twilio-signature", std::string(take_line(text)));
  const std::string_view query = take_line(text);
  request.target = "/v1/hooks/twilio?" + std::string(query);
  if (auto fields = http::parse_form(query)) request.query = *std::move(fields);
  request.body = text;
  (void)twilio::is_signed(request, "https://ledger.example/v1/hooks/twilio", "token");
  fuzz::check_delivered(twilio::map_delivery(request, {}));
  return 0;
}
