#include "events/privacy/line_seal.h"

#include <fmt/format.h>

#include "events/json_codec.h"
#include "events/leaf_hash.h"
#include "events/line_texts.h"

namespace ledger::privacy {

namespace {

// Of the envelope, which comes before the data: the first members of these names.
class PlaceInLine {
 public:
  [[nodiscard]] Place at(std::string_view member, std::string_view text) {
    if (member == "id" && id_.empty()) id_ = text;
    if (member == "source" && source_.empty()) source_ = text;
    return {source_, id_, member};
  }

 private:
  std::string id_;
  std::string source_;
};

// With what no stored line has, before its data.
std::string with_attributes(std::string line, const std::string& leaf_hash,
                            const std::string& erased_by) {
  const std::size_t data = line.find(",\"data\":");
  if (data == std::string::npos) return line;
  JsonWriter json;
  json.begin_object();
  json.member("leafhash", leaf_hash);
  if (!erased_by.empty()) json.member("erasedby", erased_by);
  json.end_object();
  const std::string object = json.take();
  return line.insert(data, "," + object.substr(1, object.size() - 2));
}

}  // namespace

Result<std::string> seal_line(std::string_view line, const Bearing& bearing, KeyRing& ring) {
  PlaceInLine places;
  Status status;
  LEDGER_TRY(auto sealed, with_texts(line, [&](std::string_view member, std::string_view text) {
               const Place place = places.at(member, text);
               if (!status) return TextFate::kept();
               if (text.starts_with(kSealedPrefix)) {
                 status = fail(ErrorCode::kInvalidField,
                               "begins as a sealed text of the log does: give the text itself "
                               "(ledgerctl export --opened)",
                               std::string(member));
                 return TextFate::kept();
               }
               const auto subject = subject_of(bearing, member, text);
               if (!subject) return TextFate::kept();
               const auto key = ring.key_of(subject->name);
               if (!key) {
                 status = tl::unexpected(key.error());
                 return TextFate::kept();
               }
               return TextFate::replaced(seal_text(*key, place, subject->remainder, text));
             }));
  LEDGER_CHECK(std::move(status));
  return sealed;
}

Result<std::optional<std::string>> open_line(std::string_view line, const KeyRing& ring) {
  if (line.find(kSealedPrefix) == std::string_view::npos) return std::nullopt;
  PlaceInLine places;
  Status status;
  bool any = false;
  std::string erased_by;
  const auto change = [&](std::string_view member, std::string_view text) {
    const Place place = places.at(member, text);
    const auto sealed = parse_sealed(text);
    if (!sealed || !status) return TextFate::kept();
    any = true;
    const auto found = ring.find(sealed->key_id);
    if (!found) {
      status = tl::unexpected(found.error());
      return TextFate::kept();
    }
    if (found->erased_by) {
      erased_by = *found->erased_by;
      auto left = remainder_of(*sealed);
      return left ? TextFate::replaced(*std::move(left)) : TextFate::dropped();
    }
    auto opened = found->key ? open_text(*sealed, *found->key, place) : std::nullopt;
    if (opened) return TextFate::replaced(*std::move(opened));
    status =
        fail(ErrorCode::kCorrupt,
             found->key
                 ? fmt::format("a sealed text of event '{}' of '{}' was changed, or moved here",
                               place.id, place.source)
                 : fmt::format("a text of event '{}' of '{}' is sealed by key {}, which is neither "
                               "in the key ring nor erased by an event: bring the ring of this "
                               "log back (--keys)",
                               place.id, place.source, sealed->key_id),
             std::string(member));
    return TextFate::kept();
  };
  LEDGER_TRY(auto opened, with_texts(line, change));
  LEDGER_CHECK(std::move(status));
  if (!any) return std::nullopt;
  return with_attributes(std::move(opened), to_hex(leaf_hash_of(line)), erased_by);
}

}  // namespace ledger::privacy
