#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/result.h"

// Files of banks and accounting programs that name no character set, or one of the years before
// UTF-8.
namespace ledger {

enum class CodePage : std::uint8_t { kUtf8, kLatin1, kCp1250, kCp1251, kCp866, kUtf16, kKoi8U };
inline constexpr std::array<std::string_view, 7> kCodePageNames{
    "utf-8", "latin-1", "cp1250", "cp1251", "cp866", "utf-16", "koi8-u"};
// kInvalidField, naming those there are.
[[nodiscard]] Result<CodePage> code_page_named(std::string_view name);

// nullopt: the set has no such character. Not of UTF-8, whose bytes are no characters.
[[nodiscard]] std::optional<char32_t> character_of(unsigned char byte, CodePage page);

// As UTF-8, without a byte order mark of UTF-16, which says the order of its bytes; without one the
// lower byte comes first. kMalformed where the set has no such character.
[[nodiscard]] Result<std::string> decode(std::string_view bytes, CodePage page);

// By what can only be one: UTF-16 where its mark says so; UTF-8 where it is valid; else the single
// set in which every byte is a letter or punctuation of the market's languages. Cyrillic words are
// told from Latin ones by having no ASCII letters among theirs. KOI8-U and CP1251 share their
// letters' bytes, with capitals for small ones: KOI8-U is thought of only where CP1251 would read
// a word as small letters before a capital. Where two sets fit and read differently, nothing is
// guessed: kMalformed, naming them.
[[nodiscard]] Result<std::string> decode_detected(std::string_view bytes);

}  // namespace ledger
