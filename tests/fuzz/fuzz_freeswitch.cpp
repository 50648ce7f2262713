// Whatever comes as a record of FreeSWITCH, JSON or XML, wrapped in a form, base64 or not at all:
// no crash, and it is one leg or refused with a reason.
#include "producers/telephony/freeswitch/mapping.h"
#include "tests/fuzz/delivered.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ledger;
  freeswitch::Settings settings;
  settings.house.own_numbers = {"+380445550101"};
  fuzz::check_delivered(freeswitch::map_file(fuzz::bytes_of(data, size), settings));
  return 0;
}
