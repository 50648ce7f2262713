#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "events/fields.h"
#include "events/privacy/key_ring.h"

// One text of a person as it stands in a line of the log:
//
//   sealed:v1:<id of the key>:<what is left>:<nonce, ciphertext, tag>:<commitment>
//
// in base64url. The ciphertext is AES-256-GCM over the text, bound to its place: the event's source
// and id, the member's name. The commitment is HMAC-SHA256(salt, text): AES-GCM does not commit to
// its key, so without it the house could show an auditor two texts for one ciphertext. The salt
// goes with the key, and after that neither says anything about the text.
namespace ledger::privacy {

// What is read once the text is erased: an amount or a count that hung on it must not move.
enum class Remainder {
  kNothing,  // as if the member, or this item of the list, had not been given
  kWord,     // kErasedWord, where there has to be a text
  kAddress,  // an address of nobody (RFC 2606 2), the same for all texts under one key
};
constexpr auto names(Remainder) { return words("nothing", "word", "address"); }

inline constexpr std::string_view kErasedWord = "стерто";
inline constexpr std::string_view kSealedPrefix = "sealed:v1:";

// Where in the log a text stands. Views.
struct Place {
  std::string_view source;
  std::string_view id;
  std::string_view member;
};

[[nodiscard]] std::string seal_text(const SubjectKey& key, const Place& place, Remainder remainder,
                                    std::string_view text);

struct SealedText {
  std::string_view key_id;
  Remainder remainder{};
  std::string_view box;         // base64url
  std::string_view commitment;  // base64url
};
// nullopt: no text that seal_text wrote. Views into `text`.
[[nodiscard]] std::optional<SealedText> parse_sealed(std::string_view text);
// nullopt: sealed by another key, at another place, or changed since.
[[nodiscard]] std::optional<std::string> open_text(const SealedText& sealed, const SubjectKey& key,
                                                   const Place& place);
// What stands for it once its key is destroyed; nullopt: nothing.
[[nodiscard]] std::optional<std::string> remainder_of(const SealedText& sealed);

}  // namespace ledger::privacy
