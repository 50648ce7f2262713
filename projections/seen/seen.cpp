#include "projections/seen/seen.h"

#include "platform/sha256.h"
#include "projections/store/view_batch.h"

namespace ledger::seen {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
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

std::string leaf_hash_of(std::string_view line) {
  const Sha256 digest = sha256(std::string_view("\0", 1), line);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

SeenRow* Batch::find(std::string_view key) {
  if (const auto known = by_key_.find(key); known != by_key_.end()) return &known->second->row;
  auto stored = read_row<SeenRow>(*snapshot_, family(), key);
  if (!stored) throw StoreFailure(std::move(stored).error());
  return *stored ? &add(std::string(key), **std::move(stored)) : nullptr;
}

SeenRow& Batch::add(std::string key, SeenRow row) {
  Entry& entry = entries_.emplace_back(Entry{std::move(key), std::move(row)});
  by_key_.emplace(entry.key, &entry);
  return entry.row;
}

void Batch::read_as(std::string_view source, std::string_view id, Reading reading,
                    std::optional<Position> amended_by) {
  const std::string key = key_of(source, id);
  SeenRow* row = find(key);
  // The target of a match lies in another partition and may come later: then the row waits for it.
  if (row == nullptr) row = &add(key, {});
  row->reading = reading;
  row->amended_by = amended_by;
}

bool Batch::record(const Event& event, std::string_view line, const Position& position) {
  std::string key = key_of(event.source, event.id);
  SeenRow* known = find(key);
  if (known != nullptr && !known->body_digest.empty()) return known->position == position;
  SeenRow& row = known != nullptr ? *known : add(std::move(key), {});
  row.position = position;
  row.body_digest = digest_of(body_of(event, line));
  row.leaf_hash = leaf_hash_of(line);
  if (const auto* voided = event.data.get_if<EventVoided>()) {
    read_as(voided->target_source, voided->target_id, Reading::kVoided, position);
  } else if (const auto* corrected = event.data.get_if<EventCorrected>()) {
    read_as(corrected->target_source, corrected->target_id, Reading::kCorrected, position);
  }
  return true;
}

void Batch::apply(const InteractionMatched& event, const EventMeta& meta) {
  if (meta.effect == Effect::kApply) {
    read_as(event.target_source, event.target_id, Reading::kMatched, meta.position);
  } else {
    read_as(event.target_source, event.target_id, Reading::kAsWritten, std::nullopt);
  }
}

void Batch::collect(ViewTransaction& transaction) {
  std::string key;
  for (const auto& entry : entries_) {
    key.assign(1, SeenRow::kTable);
    key += entry.key;
    transaction.put(family(), key, rows::encode(entry.row));
  }
  discard();
}

void Batch::discard() {
  by_key_.clear();
  entries_.clear();
}

Result<std::optional<SeenRow>> find(const ViewSnapshot& snapshot, std::string_view source,
                                    std::string_view id) {
  LEDGER_TRY(auto row, read_row<SeenRow>(snapshot, family(), key_of(source, id)));
  // A match that was read before its target leaves a row without a body.
  if (row && row->body_digest.empty()) return std::nullopt;
  return row;
}

}  // namespace ledger::seen
