#include "events/phone.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "platform/utf8.h"

namespace ledger {

namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kExtensionDigitsMax = 6;  // as of a number that is an extension alone
constexpr std::string_view kExtension = ";ext=";

bool all_digits(std::string_view text) {
  return text.find_first_not_of(kDigits) == std::string_view::npos;
}

bool is_extension(std::string_view text) {
  return !text.empty() && text.size() <= kExtensionDigitsMax && all_digits(text);
}

// "80.123.45.67" is where a caller's telephone stands, not its number.
bool is_address(std::string_view text) {
  int groups = 0;
  for (;; ++groups) {
    const std::string_view group = text.substr(0, text.find('.'));
    if (group.empty() || group.size() > 3 || !all_digits(group)) return false;
    if (group.size() == 3 && group > "255") return false;
    if (group.size() == text.size()) return groups == 3;
    text.remove_prefix(group.size() + 1);
  }
}

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char expected, char given) {
           return expected ==
                  (given >= 'A' && given <= 'Z' ? static_cast<char>(given | 0x20) : given);
         });
}

// "sip:+380…:secret@host;user=phone" and "<tel:0…;ext=12>" -> what stands where the number should
// be, with the extension that a tel: has among its parameters.
std::string_view strip_uri(std::string_view raw) {
  if (const auto open = raw.find('<'); open != std::string_view::npos) {
    raw = raw.substr(open + 1, raw.find('>', open) - open - 1);
  }
  for (const std::string_view scheme : {"sip:", "sips:", "tel:"}) {
    if (!starts_with_word(raw, scheme)) continue;
    raw.remove_prefix(scheme.size());
    break;
  }
  if (const auto at = raw.find('@'); at != std::string_view::npos) {
    raw = raw.substr(0, at);
    raw = raw.substr(0, raw.find(':'));
  }
  return raw.substr(0, raw.find(';'));
}

// Once: what is encoded twice was never a number. nullopt: "%" without two digits of hexadecimal.
std::optional<std::string> decode_percent(std::string_view text) {
  const auto value = [](char c) {
    const auto found = std::string_view("0123456789abcdef0123456789ABCDEF").find(c);
    return found == std::string_view::npos ? -1 : static_cast<int>(found % 16);
  };
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const int high = value(text[i + 1]);
    const int low = value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

// What people put between digits: ASCII, the tilde of "8~0" (wait for the tone), and the spaces and
// dashes that word processors make of it.
constexpr std::array<std::string_view, 13> kPunctuation{
    " ", "(", ")", "-", ".", "/", "~", "\t", "\u00a0", "\u2010", "\u2011", "\u2013", "\u202f"};

std::string without_punctuation(std::string_view text) {
  std::string compact;
  while (!text.empty()) {
    const auto* const mark =
        std::find_if(kPunctuation.begin(), kPunctuation.end(),
                     [&](std::string_view one) { return text.starts_with(one); });
    if (mark == kPunctuation.end()) compact += text.front();
    text.remove_prefix(mark == kPunctuation.end() ? 1 : mark->size());
  }
  return compact;
}

// Cuts ", 12", "x12", "ext. 12", "доб. 12" off the end. Longer digits behind a comma are another
// number: then nothing is cut, and the whole is none.
std::string_view without_extension(std::string_view compact) {
  static constexpr std::array<std::string_view, 14> kWords{
      ",",   ";ext=", "#",   "x",   "ext", "extn", "extension",
      "доб", "Доб",   "дод", "Дод", "вн",  "Вн",   "внутр"};
  const auto last = compact.find_last_not_of(kDigits);
  if (last == std::string_view::npos) return compact;
  const std::size_t digits = compact.size() - last - 1;
  if (digits == 0 || digits > kExtensionDigitsMax) return compact;
  const auto number_end = compact.find_first_not_of(kDigits, compact.starts_with('+') ? 1 : 0);
  if (number_end == std::string_view::npos) return compact;  // "+123456"
  std::string_view word = compact.substr(number_end, last + 1 - number_end);
  if (word.ends_with(':')) word.remove_suffix(1);
  if (word.size() > 1 && word.starts_with(',')) word.remove_prefix(1);
  const bool is_word = std::any_of(kWords.begin(), kWords.end(), [&](std::string_view one) {
    return word.size() == one.size() && starts_with_word(word, one);
  });
  return is_word ? compact.substr(0, number_end) : compact;
}

// What is dialled before a number inside a country and has no place behind its code: "+44 (0)20 …".
struct Trunk {
  std::string_view code;
  char prefix;    // no number of that country begins with it
  bool is_known;  // there is such a prefix; otherwise the digit is a typing error
};
// The countries that are sold to and their neighbours, checked against libphonenumber by
// tests/events/phone_oracle_test.py. Italy is not among them: its numbers do begin with 0.
constexpr std::array kTrunks{
    Trunk{"380", '0', true}, Trunk{"373", '0', true},  Trunk{"40", '0', true},
    Trunk{"421", '0', true}, Trunk{"359", '0', true},  Trunk{"49", '0', true},
    Trunk{"43", '0', true},  Trunk{"31", '0', true},   Trunk{"33", '0', true},
    Trunk{"44", '0', true},  Trunk{"90", '0', true},   Trunk{"1", '1', true},
    Trunk{"48", '0', false}, Trunk{"420", '0', false},
};

// nullopt: not surely a number. `compact` begins with '+'.
std::optional<std::string> without_trunk(std::string compact, bool is_marked) {
  const auto* const trunk = std::find_if(kTrunks.begin(), kTrunks.end(), [&](const Trunk& one) {
    return std::string_view(compact).substr(1).starts_with(one.code) &&
           compact.size() > one.code.size() + 1 && compact[one.code.size() + 1] == one.prefix;
  });
  if (trunk == kTrunks.end()) {
    // "(0)" of a country that we know nothing of: whether it belongs to the number is a guess.
    if (is_marked && !compact.starts_with("+39")) return std::nullopt;
    return compact;
  }
  if (!trunk->is_known) return std::nullopt;
  compact.erase(trunk->code.size() + 1, 1);
  if (compact[trunk->code.size() + 1] == trunk->prefix) return std::nullopt;
  return compact;
}

// Ukraine's numbers have nine digits behind +380, those of 800 and 900 also ten; another length is
// a typing error, not a number.
bool is_shaped_as_ours(std::string_view national) {
  if (national.starts_with('0')) return false;
  return national.size() == 9 ||
         (national.size() == 10 && (national.starts_with("800") || national.starts_with("900")));
}

// As it is dialled -> with '+' and the country's code.
std::optional<std::string> international(std::string compact) {
  if (compact.starts_with("00")) return compact.replace(0, 2, "+");
  if (compact.starts_with('+')) return compact;
  if (!all_digits(compact)) return std::nullopt;
  const std::string_view digits = compact;
  for (const std::string_view dialled : {"380", "80", "0"}) {
    if (digits.starts_with(dialled) && is_shaped_as_ours(digits.substr(dialled.size()))) {
      return "+380" + std::string(digits.substr(dialled.size()));
    }
  }
  return std::nullopt;
}

}  // namespace

Result<Phone> Phone::parse(std::string_view text) {
  const std::string_view number = text.substr(0, text.find(kExtension));
  const bool shaped = number.size() >= 8 && number.size() <= 16 && number[0] == '+' &&
                      number[1] != '0' && all_digits(number.substr(1));
  const bool alone = number.size() == text.size();
  if (!shaped || (!alone && !is_extension(text.substr(number.size() + kExtension.size())))) {
    return fail(
        ErrorCode::kInvalidField,
        fmt::format("'{}' is not a phone number in E.164 such as +380501234567", excerpt(text)));
  }
  Phone phone;
  phone.text_ = text;
  return phone;
}

namespace {

// "0501234567 вн. 12" with its extension; nullopt for anything else.
std::optional<std::string> with_extension(std::string_view text) {
  std::string_view extension;
  std::optional<Phone> number;
  if (const auto parameter = text.find(kExtension); parameter != std::string_view::npos) {
    extension = text.substr(parameter + kExtension.size());
    number = normalise_phone(text.substr(0, parameter));
    if (!number || !is_extension(extension)) return std::nullopt;
    return fmt::format("{}{}{}", number->text(), kExtension, extension);
  }
  const std::string compact = without_punctuation(text);
  const std::string_view alone = without_extension(compact);
  if (alone.size() == compact.size()) return std::nullopt;
  extension = std::string_view(compact).substr(compact.find_last_not_of(kDigits) + 1);
  number = normalise_phone(text);  // whole: "(0)" marks a digit that is not dialled from abroad
  if (!number || !is_extension(extension)) return std::nullopt;
  return fmt::format("{}{}{}", number->text(), kExtension, extension);
}

}  // namespace

Result<Phone> Phone::parse_spelled(std::string_view text) {
  constexpr std::string_view kDialled = "+0123456789 ().-";
  constexpr std::size_t kBytesMax = 32;
  constexpr std::size_t kBytesWithExtensionMax = 64;
  if (auto exact = parse(text)) return exact;
  const bool dialled =
      text.size() <= kBytesMax && text.find_first_not_of(kDialled) == std::string_view::npos;
  if (dialled) {
    if (auto phone = normalise_phone(text)) return *std::move(phone);
  } else if (text.size() <= kBytesWithExtensionMax) {
    if (const auto whole = with_extension(text)) return parse(*whole);
  }
  return fail(
      ErrorCode::kInvalidField,
      fmt::format("'{}' is no phone number such as +380501234567 or 050 123 45 67", excerpt(text)));
}

std::optional<Phone> normalise_phone(std::string_view raw) {
  const auto spelled = decode_percent(strip_uri(raw));
  if (!spelled || is_address(*spelled)) return std::nullopt;
  const bool is_marked = spelled->find("(0)") != std::string::npos;
  const std::string compact = without_punctuation(*spelled);
  auto number = international(std::string(without_extension(compact)));
  if (number) number = without_trunk(*std::move(number), is_marked);
  if (!number) return std::nullopt;
  auto phone = Phone::parse(*number);
  if (!phone) return std::nullopt;
  if (number->starts_with("+380") && !is_shaped_as_ours(std::string_view(*number).substr(4))) {
    return std::nullopt;
  }
  return *std::move(phone);
}

}  // namespace ledger
