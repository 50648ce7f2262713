#include "events/privacy/sealed_text.h"

#include <array>

#include "platform/base64.h"
#include "platform/hmac.h"
#include "platform/sha256.h"

namespace ledger::privacy {

namespace {

std::string associated(const Place& place, std::string_view remainder) {
  std::string data;
  for (const auto part : {place.source, place.id, place.member, remainder}) {
    data += part;
    data += '\0';
  }
  return data;
}

std::string commitment_of(const SubjectKey& key, std::string_view text) {
  return hmac_sha256({reinterpret_cast<const char*>(key.salt.data()), key.salt.size()}, text);
}

}  // namespace

std::string seal_text(const SubjectKey& key, const Place& place, Remainder remainder,
                      std::string_view text) {
  const std::string_view left = name_of(remainder);
  std::string sealed(kSealedPrefix);
  sealed += key.id;
  sealed += ':';
  sealed += left;
  sealed += ':';
  sealed += base64url_encode(aead_seal(key.key, text, associated(place, left)));
  sealed += ':';
  sealed += base64url_encode(commitment_of(key, text));
  return sealed;
}

std::optional<SealedText> parse_sealed(std::string_view text) {
  if (!text.starts_with(kSealedPrefix)) return std::nullopt;
  text.remove_prefix(kSealedPrefix.size());
  std::array<std::string_view, 4> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t end = text.find(':');
    if ((end == std::string_view::npos) != (i + 1 == parts.size())) return std::nullopt;
    parts[i] = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  const auto remainder = from_name<Remainder>(parts[1]);
  if (parts[0].empty() || !remainder || parts[2].empty() || parts[3].empty()) return std::nullopt;
  return SealedText{parts[0], *remainder, parts[2], parts[3]};
}

std::optional<std::string> open_text(const SealedText& sealed, const SubjectKey& key,
                                     const Place& place) {
  const auto box = base64url_decode(sealed.box);
  const auto commitment = base64url_decode(sealed.commitment);
  if (!box || !commitment) return std::nullopt;
  auto text = aead_open(key.key, *box, associated(place, name_of(sealed.remainder)));
  if (!text || !equal_secrets(commitment_of(key, *text), *commitment)) return std::nullopt;
  return text;
}

std::optional<std::string> remainder_of(const SealedText& sealed) {
  switch (sealed.remainder) {
    case Remainder::kNothing:
      return std::nullopt;
    case Remainder::kWord:
      return std::string(kErasedWord);
    case Remainder::kAddress:
      return to_hex(sha256(sealed.key_id)).substr(0, 16) + "@erased.invalid";
  }
  return std::nullopt;
}

}  // namespace ledger::privacy
