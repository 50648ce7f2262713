#include "platform/utf8.h"

#include <cstdint>

namespace ledger {

namespace {

// Length of the sequence that begins with `lead`, 0 for a byte that begins none.
std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

// Of the first character; 0 if the text, which is not empty, begins with none.
std::size_t character_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = sequence_length(lead);
  if (length == 0 || length > text.size()) return 0;
  std::uint32_t point = length == 1 ? lead : lead & (0xffU >> (length + 1));
  for (std::size_t k = 1; k < length; ++k) {
    const auto byte = static_cast<unsigned char>(text[k]);
    if ((byte & 0xc0) != 0x80) return 0;
    point = point << 6 | (byte & 0x3f);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  if (overlong || (point >= 0xd800 && point <= 0xdfff) || point > 0x10ffff) return 0;
  return length;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string with_replaced_bytes(std::string_view text) {
  std::string replaced;
  replaced.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    replaced += length == 0 ? kReplacementCharacter : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return replaced;
}

std::string_view excerpt(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

std::string fold_case(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 'A' && byte <= 'Z') {
      folded += static_cast<char>(byte + ('a' - 'A'));
      continue;
    }
    const bool cyrillic = (byte == 0xd0 || byte == 0xd2) && i + 1 < text.size();
    if (!cyrillic) {
      folded += text[i];
      continue;
    }
    // Two bytes: U+0400 to U+043F, and U+0480 to U+04BF for Ґ.
    unsigned letter = (byte & 0x1fU) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3fU);
    if (letter >= 0x410 && letter <= 0x42f)
      letter += 0x20;  // А to Я
    else if (letter >= 0x400 && letter <= 0x40f)
      letter += 0x50;  // Ё, Є, І, Ї and their kin
    else if (letter == 0x490)
      letter = 0x491;  // Ґ
    folded += static_cast<char>(0xc0U | letter >> 6);
    folded += static_cast<char>(0x80U | (letter & 0x3fU));
  }
  return folded;
}

}  // namespace ledger
