// Whatever stands where a telephone number should: no crash, and what is read as one is E.164, its
// own normal form, and a number that a card takes.
#include <string>

#include "events/phone.h"
#include "platform/assert.h"

using namespace ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  const auto phone = normalise_phone(raw);
  if (phone) {
    const auto exact = Phone::parse(phone->text());
    LEDGER_ASSERT(exact && *exact == *phone, "a number that is read is E.164");
    const auto again = normalise_phone(phone->text());
    LEDGER_ASSERT(again && *again == *phone, "and is read again as itself");
  }
  const auto spelled = Phone::parse_spelled(raw);
  if (spelled) {
    LEDGER_ASSERT(Phone::parse(spelled->text()).has_value(), "a card holds E.164");
    const bool exact = spelled->text() == raw;
    LEDGER_ASSERT(exact || (phone && phone->text() == spelled->number()),
                  "which is what telephony reads, too, where no extension is told");
  }
  return 0;
}
