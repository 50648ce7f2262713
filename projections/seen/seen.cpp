#include "projections/seen/seen.h"

#include "platform/sha256.h"

namespace ledger::seen {

namespace {

void read_as(ViewBatch& batch, std::string_view source, std::string_view id, Reading reading,
             std::optional<Position> amended_by) {
  auto& row = batch.edit<SeenRow>(key_of(source, id));
  row.reading = reading;
  row.amended_by = amended_by;
}

// What an amendment changes about how its target is read.
void amend(const Event& event, const Position& position, ViewBatch& batch) {
  if (const auto* voided = std::get_if<EventVoided>(&event.data)) {
    read_as(batch, voided->target_source, voided->target_id, Reading::kVoided, position);
  } else if (const auto* corrected = std::get_if<EventCorrected>(&event.data)) {
    read_as(batch, corrected->target_source, corrected->target_id, Reading::kCorrected, position);
  }
}

}  // namespace

std::string key_of(std::string_view source, std::string_view id) {
  std::string key;
  key.reserve(source.size() + 1 + id.size());
  key += source;
  key += '\0';
  key += id;
  return key;
}

std::string digest_of(std::string_view body) {
  const Sha256 digest = sha256(body);
  return {reinterpret_cast<const char*>(digest.data()), 16};
}

bool record(const Event& event, const Position& position, ViewBatch& batch) {
  const std::string key = key_of(event.source, event.id);
  if (const SeenRow* known = batch.peek<SeenRow>(key); known != nullptr) {
    if (!known->body_digest.empty()) return known->position == position;
  }
  auto& row = batch.edit<SeenRow>(key);
  row.position = position;
  row.body_digest = digest_of(body_of(event.time, event.data));
  amend(event, position, batch);
  return true;
}

void apply(const InteractionMatched& event, const EventMeta& meta, ViewBatch& batch) {
  if (meta.effect == Effect::kApply) {
    read_as(batch, event.target_source, event.target_id, Reading::kMatched, meta.position);
  } else {
    read_as(batch, event.target_source, event.target_id, Reading::kAsWritten, std::nullopt);
  }
}

Result<std::optional<SeenRow>> find(const ViewSnapshot& snapshot, std::string_view source,
                                    std::string_view id) {
  static const std::string family = family_of(kName, kVersion);
  return read_row<SeenRow>(snapshot, family, key_of(source, id));
}

}  // namespace ledger::seen
