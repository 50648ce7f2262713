#include "platform/code_page.h"

#include <array>

#include "platform/utf8.h"

namespace ledger {

namespace {

using Table = std::array<std::uint16_t, 128>;  // of the bytes from 0x80; 0: none

// The Unicode Consortium's mappings of the vendors' code pages.
constexpr Table kCp1250{
    0x20ac, 0x0000, 0x201a, 0x0000, 0x201e, 0x2026, 0x2020, 0x2021, 0x0000, 0x2030, 0x0160, 0x2039,
    0x015a, 0x0164, 0x017d, 0x0179, 0x0000, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x0000, 0x2122, 0x0161, 0x203a, 0x015b, 0x0165, 0x017e, 0x017a, 0x00a0, 0x02c7, 0x02d8, 0x0141,
    0x00a4, 0x0104, 0x00a6, 0x00a7, 0x00a8, 0x00a9, 0x015e, 0x00ab, 0x00ac, 0x00ad, 0x00ae, 0x017b,
    0x00b0, 0x00b1, 0x02db, 0x0142, 0x00b4, 0x00b5, 0x00b6, 0x00b7, 0x00b8, 0x0105, 0x015f, 0x00bb,
    0x013d, 0x02dd, 0x013e, 0x017c, 0x0154, 0x00c1, 0x00c2, 0x0102, 0x00c4, 0x0139, 0x0106, 0x00c7,
    0x010c, 0x00c9, 0x0118, 0x00cb, 0x011a, 0x00cd, 0x00ce, 0x010e, 0x0110, 0x0143, 0x0147, 0x00d3,
    0x00d4, 0x0150, 0x00d6, 0x00d7, 0x0158, 0x016e, 0x00da, 0x0170, 0x00dc, 0x00dd, 0x0162, 0x00df,
    0x0155, 0x00e1, 0x00e2, 0x0103, 0x00e4, 0x013a, 0x0107, 0x00e7, 0x010d, 0x00e9, 0x0119, 0x00eb,
    0x011b, 0x00ed, 0x00ee, 0x010f, 0x0111, 0x0144, 0x0148, 0x00f3, 0x00f4, 0x0151, 0x00f6, 0x00f7,
    0x0159, 0x016f, 0x00fa, 0x0171, 0x00fc, 0x00fd, 0x0163, 0x02d9,
};
constexpr Table kCp1251{
    0x0402, 0x0403, 0x201a, 0x0453, 0x201e, 0x2026, 0x2020, 0x2021, 0x20ac, 0x2030, 0x0409, 0x2039,
    0x040a, 0x040c, 0x040b, 0x040f, 0x0452, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x0000, 0x2122, 0x0459, 0x203a, 0x045a, 0x045c, 0x045b, 0x045f, 0x00a0, 0x040e, 0x045e, 0x0408,
    0x00a4, 0x0490, 0x00a6, 0x00a7, 0x0401, 0x00a9, 0x0404, 0x00ab, 0x00ac, 0x00ad, 0x00ae, 0x0407,
    0x00b0, 0x00b1, 0x0406, 0x0456, 0x0491, 0x00b5, 0x00b6, 0x00b7, 0x0451, 0x2116, 0x0454, 0x00bb,
    0x0458, 0x0405, 0x0455, 0x0457, 0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417,
    0x0418, 0x0419, 0x041a, 0x041b, 0x041c, 0x041d, 0x041e, 0x041f, 0x0420, 0x0421, 0x0422, 0x0423,
    0x0424, 0x0425, 0x0426, 0x0427, 0x0428, 0x0429, 0x042a, 0x042b, 0x042c, 0x042d, 0x042e, 0x042f,
    0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437, 0x0438, 0x0439, 0x043a, 0x043b,
    0x043c, 0x043d, 0x043e, 0x043f, 0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447,
    0x0448, 0x0449, 0x044a, 0x044b, 0x044c, 0x044d, 0x044e, 0x044f,
};
constexpr Table kCp866{
    0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417, 0x0418, 0x0419, 0x041a, 0x041b,
    0x041c, 0x041d, 0x041e, 0x041f, 0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427,
    0x0428, 0x0429, 0x042a, 0x042b, 0x042c, 0x042d, 0x042e, 0x042f, 0x0430, 0x0431, 0x0432, 0x0433,
    0x0434, 0x0435, 0x0436, 0x0437, 0x0438, 0x0439, 0x043a, 0x043b, 0x043c, 0x043d, 0x043e, 0x043f,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557,
    0x255d, 0x255c, 0x255b, 0x2510, 0x2514, 0x2534, 0x252c, 0x251c, 0x2500, 0x253c, 0x255e, 0x255f,
    0x255a, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256c, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559,
    0x2558, 0x2552, 0x2553, 0x256b, 0x256a, 0x2518, 0x250c, 0x2588, 0x2584, 0x258c, 0x2590, 0x2580,
    0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447, 0x0448, 0x0449, 0x044a, 0x044b,
    0x044c, 0x044d, 0x044e, 0x044f, 0x0401, 0x0451, 0x0404, 0x0454, 0x0407, 0x0457, 0x040e, 0x045e,
    0x00b0, 0x2219, 0x00b7, 0x221a, 0x2116, 0x00a4, 0x25a0, 0x00a0,
};

constexpr Table kKoi8U{
    0x2500, 0x2502, 0x250c, 0x2510, 0x2514, 0x2518, 0x251c, 0x2524, 0x252c, 0x2534, 0x253c, 0x2580,
    0x2584, 0x2588, 0x258c, 0x2590, 0x2591, 0x2592, 0x2593, 0x2320, 0x25a0, 0x2219, 0x221a, 0x2248,
    0x2264, 0x2265, 0x00a0, 0x2321, 0x00b0, 0x00b2, 0x00b7, 0x00f7, 0x2550, 0x2551, 0x2552, 0x0451,
    0x0454, 0x2554, 0x0456, 0x0457, 0x2557, 0x2558, 0x2559, 0x255a, 0x255b, 0x0491, 0x255d, 0x255e,
    0x255f, 0x2560, 0x2561, 0x0401, 0x0404, 0x2563, 0x0406, 0x0407, 0x2566, 0x2567, 0x2568, 0x2569,
    0x256a, 0x0490, 0x256c, 0x00a9, 0x044e, 0x0430, 0x0431, 0x0446, 0x0434, 0x0435, 0x0444, 0x0433,
    0x0445, 0x0438, 0x0439, 0x043a, 0x043b, 0x043c, 0x043d, 0x043e, 0x043f, 0x044f, 0x0440, 0x0441,
    0x0442, 0x0443, 0x0436, 0x0432, 0x044c, 0x044b, 0x0437, 0x0448, 0x044d, 0x0449, 0x0447, 0x044a,
    0x042e, 0x0410, 0x0411, 0x0426, 0x0414, 0x0415, 0x0424, 0x0413, 0x0425, 0x0418, 0x0419, 0x041a,
    0x041b, 0x041c, 0x041d, 0x041e, 0x041f, 0x042f, 0x0420, 0x0421, 0x0422, 0x0423, 0x0416, 0x0412,
    0x042c, 0x042b, 0x0417, 0x0428, 0x042d, 0x0429, 0x0427, 0x042a,
};

char32_t character(unsigned char byte, CodePage page) {
  if (byte < 0x80) return byte;
  switch (page) {
    case CodePage::kCp1250:
      return kCp1250[byte - 0x80];
    case CodePage::kCp1251:
      return kCp1251[byte - 0x80];
    case CodePage::kCp866:
      return kCp866[byte - 0x80];
    case CodePage::kKoi8U:
      return kKoi8U[byte - 0x80];
    case CodePage::kLatin1:
    case CodePage::kUtf8:
    case CodePage::kUtf16:
      break;
  }
  return byte;
}

bool between(char32_t c, char32_t first, char32_t last) { return first <= c && c <= last; }

// Of the languages that the market writes: Ukrainian, Russian, Belarusian.
bool is_cyrillic(char32_t c) {
  if (between(c, 0x410, 0x44f)) return true;
  return std::u32string_view(U"ЁёЄєІіЇїҐґЎў").find(c) != std::u32string_view::npos;
}
bool is_latin(char32_t c) { return between(c, 0xc0, 0x17f) && c != 0xd7 && c != 0xf7; }
bool is_punctuation(char32_t c) {
  return std::u32string_view(U"«»„“”‘’–—…№€§°·\u00a0\u00ad\u00b4").find(c) !=
         std::u32string_view::npos;
}

void append(std::string& text, char32_t c) {
  const auto bits = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3f)); };
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xc0 | (c >> 6));
    text += bits(0);
  } else if (c < 0x10000) {
    text += static_cast<char>(0xe0 | (c >> 12));
    text += bits(6);
    text += bits(0);
  } else {
    text += static_cast<char>(0xf0 | (c >> 18));
    text += bits(12);
    text += bits(6);
    text += bits(0);
  }
}

constexpr std::string_view kLowFirst = "\xff\xfe";
constexpr std::string_view kHighFirst = "\xfe\xff";
bool is_marked_utf16(std::string_view bytes) {
  return bytes.starts_with(kLowFirst) || bytes.starts_with(kHighFirst);
}

// RFC 2781: two surrogates are one character, and one alone is none.
Result<std::string> decode_utf16(std::string_view bytes) {
  const auto wrong = [] {
    return fail(ErrorCode::kMalformed, "the text is not UTF-16", "charset");
  };
  const bool high_first = bytes.starts_with(kHighFirst);
  if (is_marked_utf16(bytes)) bytes.remove_prefix(2);
  if (bytes.size() % 2 != 0) return wrong();
  const auto unit = [&](std::size_t at) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return high_first ? char32_t{first} << 8 | second : char32_t{second} << 8 | first;
  };
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    char32_t c = unit(at);
    if (between(c, 0xdc00, 0xdfff)) return wrong();
    if (between(c, 0xd800, 0xdbff)) {
      if (at + 2 >= bytes.size() || !between(unit(at + 2), 0xdc00, 0xdfff)) return wrong();
      c = 0x10000 + ((c - 0xd800) << 10) + (unit(at + 2) - 0xdc00);
      at += 2;
    }
    append(text, c);
  }
  return text;
}

bool is_ascii_letter(char c) { return between(static_cast<char32_t>(c) | 0x20, 'a', 'z'); }

// Cyrillic words are of high bytes alone, Latin ones mix them with ASCII letters.
struct Words {
  std::size_t high = 0;
  std::size_t mixed = 0;
};
Words count_words(std::string_view bytes) {
  Words words;
  bool ascii = false;
  std::size_t high = 0;
  const auto end = [&] {
    if (high > 0 && ascii) ++words.mixed;
    if (high > 1 && !ascii) ++words.high;
    ascii = false;
    high = 0;
  };
  for (const char c : bytes) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      ++high;
    } else if (is_ascii_letter(c)) {
      ascii = true;
    } else {
      end();
    }
  }
  end();
  return words;
}

bool is_capital(char32_t c) {
  return between(c, 0x410, 0x42f) ||
         std::u32string_view(U"ЁЄІЇҐЎ").find(c) != std::u32string_view::npos;
}

// Words that begin small and go on in capitals, more than the other way round: nobody writes so.
bool is_case_swapped(std::string_view bytes, CodePage page) {
  std::size_t swapped = 0;
  std::size_t usual = 0;
  char32_t before = 0;
  for (const char byte : bytes) {
    const char32_t c = character(static_cast<unsigned char>(byte), page);
    if (is_cyrillic(before) && is_cyrillic(c) && is_capital(before) != is_capital(c)) {
      ++(is_capital(c) ? swapped : usual);
    }
    before = c;
  }
  return swapped > usual;
}

// The text, if all of it is such as people write.
std::optional<std::string> plausible(std::string_view bytes, CodePage page, bool cyrillic) {
  std::string text;
  for (const char byte : bytes) {
    const char32_t c = character(static_cast<unsigned char>(byte), page);
    if (c >= 0x80 && !is_punctuation(c) && !(cyrillic ? is_cyrillic(c) : is_latin(c))) return {};
    if (c == 0 && byte != 0) return {};
    append(text, c);
  }
  return text;
}

}  // namespace

Result<CodePage> code_page_named(std::string_view name) {
  for (std::size_t i = 0; i < kCodePageNames.size(); ++i) {
    if (kCodePageNames[i] == name) return static_cast<CodePage>(i);
  }
  std::string known;
  for (const auto one : kCodePageNames) known += (known.empty() ? "" : ", ") + std::string(one);
  return fail(ErrorCode::kInvalidField, "'" + std::string(excerpt(name)) + "' is none of " + known,
              "charset");
}

std::optional<char32_t> character_of(unsigned char byte, CodePage page) {
  const char32_t c = character(byte, page);
  if (c == 0 && byte != 0) return std::nullopt;
  return c;
}

Result<std::string> decode(std::string_view bytes, CodePage page) {
  if (page == CodePage::kUtf8) {
    if (is_valid_utf8(bytes)) return std::string(bytes);
    return fail(ErrorCode::kMalformed, "the text is not UTF-8", "charset");
  }
  if (page == CodePage::kUtf16) return decode_utf16(bytes);
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 4);
  for (const char byte : bytes) {
    const char32_t c = character(static_cast<unsigned char>(byte), page);
    if (c == 0 && byte != 0) {
      return fail(ErrorCode::kMalformed, "the text has a byte that this character set has not",
                  "charset");
    }
    append(text, c);
  }
  return text;
}

Result<std::string> decode_detected(std::string_view bytes) {
  if (is_marked_utf16(bytes)) {
    if (auto text = decode_utf16(bytes)) return text;
  }
  if (is_valid_utf8(bytes)) return std::string(bytes);
  const Words words = count_words(bytes);
  struct Candidate {
    CodePage page;
    bool cyrillic;
  };
  constexpr std::array kCandidates{
      Candidate{CodePage::kCp1251, true}, Candidate{CodePage::kKoi8U, true},
      Candidate{CodePage::kCp866, true}, Candidate{CodePage::kLatin1, false},
      Candidate{CodePage::kCp1250, false}};
  const bool as_people_write =
      plausible(bytes, CodePage::kCp1251, true) && !is_case_swapped(bytes, CodePage::kCp1251);
  std::optional<std::string> found;
  std::string could_be;
  bool differ = false;
  for (const auto& [page, cyrillic] : kCandidates) {
    if (cyrillic ? words.high < words.mixed : words.mixed < words.high) continue;
    if (page == CodePage::kKoi8U && as_people_write) continue;
    auto text = plausible(bytes, page, cyrillic);
    if (!text) continue;
    could_be += (could_be.empty() ? "" : " or ") +
                std::string(kCodePageNames[static_cast<std::size_t>(page)]);
    differ = differ || (found && *found != *text);
    found = std::move(text);
  }
  if (found && !differ) return *std::move(found);
  if (!found) could_be = "another character set";
  return fail(ErrorCode::kMalformed,
              "the text is not UTF-8 but " + could_be + "; say which with --charset", "charset");
}

}  // namespace ledger
