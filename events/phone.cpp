#include "events/phone.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/utf8.h"

namespace ledger {

namespace {

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "sip:+380…@host;user=phone" and "<tel:0…>" -> what stands where the number should be.
std::string_view strip_uri(std::string_view raw) {
  if (const auto open = raw.find('<'); open != std::string_view::npos) {
    raw = raw.substr(open + 1, raw.find('>', open) - open - 1);
  }
  for (const std::string_view scheme : {"sip:", "sips:", "tel:"}) {
    if (raw.starts_with(scheme)) raw.remove_prefix(scheme.size());
  }
  return raw.substr(0, raw.find_first_of("@;"));
}

}  // namespace

Result<Phone> Phone::parse(std::string_view text) {
  const bool shaped = text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
                      all_digits(text.substr(1));
  if (!shaped) {
    return fail(
        ErrorCode::kInvalidField,
        fmt::format("'{}' is not a phone number in E.164 such as +380501234567", excerpt(text)));
  }
  Phone phone;
  phone.text_ = text;
  return phone;
}

std::optional<Phone> normalise_phone(std::string_view raw) {
  std::string compact;
  std::string_view rest = strip_uri(raw);
  if (rest.starts_with("%2B") || rest.starts_with("%2b")) {
    compact = "+";
    rest.remove_prefix(3);
  }
  for (const char c : rest) {
    if (std::string_view(" ()-./").find(c) == std::string_view::npos) compact += c;
  }
  if (compact.starts_with("00")) compact.replace(0, 2, "+");
  if (!compact.starts_with('+')) {
    if (!all_digits(compact)) return std::nullopt;
    if (compact.size() == 12 && compact.starts_with("380")) {
      compact.insert(0, "+");
    } else if (compact.size() == 11 && compact.starts_with("80")) {
      compact.insert(0, "+3");
    } else if (compact.size() == 10 && compact.starts_with("0")) {
      compact.insert(0, "+38");
    } else {
      return std::nullopt;
    }
  }
  auto phone = Phone::parse(compact);
  if (!phone) return std::nullopt;
  // Ukraine's numbers have nine digits after +380; another length is a typing error, not a number.
  if (compact.starts_with("+380") && compact.size() != 13) return std::nullopt;
  return *std::move(phone);
}

}  // namespace ledger
