#include "platform/domain_name.h"

#include <idn2.h>

#include <algorithm>
#include <memory>

namespace ledger {

namespace {

struct Free {
  void operator()(char* text) const { idn2_free(text); }
};
using Text = std::unique_ptr<char, Free>;

bool is_of_ascii_alone(std::string_view domain) {
  return domain.find("xn--") == std::string_view::npos &&
         std::all_of(domain.begin(), domain.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::string domain_in_letters(std::string_view domain) {
  std::string as_it_is(domain);
  if (is_of_ascii_alone(domain)) return as_it_is;
  // There and back: what people type is mapped on the way (capitals, composed letters).
  char* made = nullptr;
  if (idn2_to_ascii_8z(as_it_is.c_str(), &made, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK) {
    return as_it_is;
  }
  const Text ascii(made);
  made = nullptr;
  if (idn2_to_unicode_8z8z(ascii.get(), &made, IDN2_NONTRANSITIONAL) != IDN2_OK) return as_it_is;
  const Text letters(made);
  return letters.get();
}

}  // namespace ledger
