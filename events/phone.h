#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger {

// A phone number in E.164: '+' and 7 to 15 digits; behind a switchboard with an extension, as RFC
// 3966 writes it ("+380441234567;ext=12"). The key by which calls find their client.
class Phone {
 public:
  Phone() = default;
  // Only E.164 as it is stored; senders' spellings go through normalise_phone first.
  [[nodiscard]] static Result<Phone> parse(std::string_view text);
  // What a person writes on a card: E.164, or as it is dialled in Ukraine (0501234567, 8 050 …,
  // (050) …), by normalise_phone; with an extension of up to 6 digits behind it (";ext=12", "x12",
  // "ext. 12", "доб. 12", "вн. 12", "#12", ", 12").
  [[nodiscard]] static Result<Phone> parse_spelled(std::string_view text);
  [[nodiscard]] const std::string& text() const { return text_; }
  // Without its extension: what is dialled, and what an exchange tells of a call.
  [[nodiscard]] std::string number() const { return text_.substr(0, text_.find(';')); }
  [[nodiscard]] bool has_extension() const { return text_.find(';') != std::string::npos; }
  auto operator<=>(const Phone&) const = default;

 private:
  std::string text_;
};

// What telephony and people write, as E.164 with Ukraine as the default country: sip: and tel: URIs
// (percent-decoded once), IDD 00, 380XXXXXXXXX, 80XXXXXXXXX, 0XXXXXXXXX, spaces, dashes, dots and
// brackets, the trunk prefix of "+44 (0)20 …" in the countries that are sold to. An extension
// behind it (";ext=12", "x12", ", 12", "доб. 12") is left out: it stays in what was spelled.
// nullopt for extensions alone (up to 6 digits), "anonymous" and its kin, addresses of machines,
// two numbers in one, and anything else that is not surely a number: it stays unmatched rather than
// guessed. Prefixes are never judged: new operators appear. Rules: source-formats.md 1.12.
[[nodiscard]] std::optional<Phone> normalise_phone(std::string_view raw);

}  // namespace ledger
