#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/position.h"
#include "events/types/quota_policy.h"
#include "platform/sha256.h"

// Which (source, id) the log holds, where, and how it is to be read by now. The door dedupes by it,
// without a time window; the projector skips what a second producer session wrote twice.
namespace ledger::seen {

inline constexpr std::string_view kName = "seen";
inline constexpr int kVersion = 5;

enum class Reading { kAsWritten, kCorrected, kVoided, kMatched };
constexpr auto names(Reading) { return words("as_written", "corrected", "voided", "matched"); }

using BodyDigest = std::array<unsigned char, 16>;

// Key: source, a zero byte, id. Senders' ids mostly grow with time, so neighbours stay neighbours.
struct SeenRow {
  static constexpr char kTable = 's';
  std::optional<Position> position;  // none: so far only an amendment of it was read
  // SHA-256 of body_of(), cut; zero where a text of it is erased: any delivery is the same then.
  BodyDigest body_digest{};
  Sha256 leaf_hash{};  // of the stored line, for the receipt of a repetition
  // By its last void or correction; these lie in the event's own partition, in the log's order.
  Reading amended = Reading::kAsWritten;
  std::optional<Position> amended_by;
  // Matches that stand, sorted. They lie in partitions of clients, and are read in any order.
  std::vector<Position> matched_by;
  // Likewise those that named its manager alone: the event stays where it is read.
  std::vector<Position> credited_by;

  [[nodiscard]] Reading reading() const {
    if (amended == Reading::kVoided || matched_by.empty()) return amended;
    return Reading::kMatched;
  }
  // The event that decides the reading.
  [[nodiscard]] std::optional<Position> decided_by() const {
    return reading() == Reading::kMatched ? matched_by.back() : amended_by;
  }

  static void fields(auto&& field) {
    field("position", &SeenRow::position);
    field("body_digest", &SeenRow::body_digest);
    field("leaf_hash", &SeenRow::leaf_hash);
    field("amended", &SeenRow::amended);
    field("amended_by", &SeenRow::amended_by);
    field("matched_by", &SeenRow::matched_by);
    field("credited_by", &SeenRow::credited_by);
  }
};

[[nodiscard]] std::string key_of(std::string_view source, std::string_view id);
[[nodiscard]] BodyDigest digest_of(std::string_view body);
// Whether another delivery with this body is the same event again.
[[nodiscard]] inline bool is_same_body(const SeenRow& row, const BodyDigest& body) {
  return row.body_digest == body || row.body_digest == BodyDigest{};
}

}  // namespace ledger::seen
