#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/position.h"
#include "events/types/quota_policy.h"

// Which (source, id) the log holds, where, and how it is to be read by now. The door dedupes by it,
// without a time window; the projector skips what a second producer session wrote twice.
namespace ledger::seen {

inline constexpr std::string_view kName = "seen";
inline constexpr int kVersion = 1;

enum class Reading { kAsWritten, kCorrected, kVoided, kMatched };
constexpr auto names(Reading) { return words("as_written", "corrected", "voided", "matched"); }

// Key: source, a zero byte, id. Senders' ids mostly grow with time, so neighbours stay neighbours.
struct SeenRow {
  static constexpr char kTable = 's';
  Position position;
  std::string body_digest;  // 16 bytes: SHA-256 of body_of(), cut
  std::string leaf_hash;    // 32 bytes: of the stored line, for the receipt of a repetition
  Reading reading = Reading::kAsWritten;
  std::optional<Position> amended_by;  // the void, correction or match that decides the reading

  static void fields(auto&& field) {
    field("position", &SeenRow::position);
    field("body_digest", &SeenRow::body_digest);
    field("leaf_hash", &SeenRow::leaf_hash);
    field("reading", &SeenRow::reading);
    field("amended_by", &SeenRow::amended_by);
  }
};

[[nodiscard]] std::string key_of(std::string_view source, std::string_view id);
// 16 bytes.
[[nodiscard]] std::string digest_of(std::string_view body);
// The RFC 9162 leaf of a stored line: SHA-256(0x00 || line), 32 bytes.
[[nodiscard]] std::string leaf_hash_of(std::string_view line);

}  // namespace ledger::seen
