#include "projections/seen/seen.h"

#include <algorithm>

#include "events/leaf_hash.h"
#include "projections/store/view_batch.h"

namespace ledger::seen {

namespace {

const std::string& family() {
  static const std::string name = family_of(kName, kVersion);
  return name;
}

// Of the bytes that the log holds, also where `line` is an opened copy of them.
Sha256 stored_leaf(const Event& event, std::string_view line) {
  Sha256 leaf{};
  if (event.leaf_hash && from_hex(*event.leaf_hash, leaf)) return leaf;
  return leaf_hash_of(line);
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

BodyDigest digest_of(std::string_view body) {
  const Sha256 whole = sha256(body);
  BodyDigest digest{};
  std::copy_n(whole.begin(), digest.size(), digest.begin());
  return digest;
}

SeenRow& Batch::edit(std::string_view source, std::string_view id) {
  const std::size_t size = 1 + source.size() + 1 + id.size();
  auto* key = static_cast<char*>(arena_.allocate(size, 1));
  key[0] = SeenRow::kTable;
  source.copy(key + 1, source.size());
  key[1 + source.size()] = '\0';
  id.copy(key + 1 + source.size() + 1, id.size());
  const auto [known, fresh] = rows_->by_key.try_emplace({key, size}, nullptr);
  if (!fresh) return known->second->row;
  Entry& entry = rows_->entries.emplace_back(Entry{known->first, {}});
  known->second = &entry;
  const auto stored = snapshot_->get(family(), entry.stored_key);
  if (!stored) throw StoreFailure(stored.error());
  if (*stored) {
    auto row = rows::decode<SeenRow>(**stored);
    if (!row) throw StoreFailure(unreadable_row(*snapshot_, family(), row.error()));
    entry.row = *std::move(row);
  }
  return entry.row;
}

void Batch::amend(std::string_view source, std::string_view id, Reading reading,
                  const Position& amended_by) {
  SeenRow& row = edit(source, id);
  row.amended = reading;
  row.amended_by = amended_by;
}

bool Batch::record(const Event& event, std::string_view line, const Position& position) {
  SeenRow& row = edit(event.source, event.id);
  if (row.position) return row.position == position;
  row.position = position;
  if (!event.erased_by) row.body_digest = digest_of(body_of(event, line));
  row.leaf_hash = stored_leaf(event, line);
  if (const auto* voided = event.data.get_if<EventVoided>()) {
    amend(voided->target_source, voided->target_id, Reading::kVoided, position);
  } else if (const auto* corrected = event.data.get_if<EventCorrected>()) {
    amend(corrected->target_source, corrected->target_id, Reading::kCorrected, position);
  }
  return true;
}

void Batch::apply(const InteractionMatched& event, const EventMeta& meta) {
  // The target of a match lies in another partition and may come later: then the row waits for it.
  SeenRow& row = edit(event.target_source, event.target_id);
  auto& matches = event.credits_alone() ? row.credited_by : row.matched_by;
  const auto at = std::lower_bound(matches.begin(), matches.end(), meta.position);
  const bool stands = at != matches.end() && *at == meta.position;
  if (meta.effect == Effect::kApply && !stands) matches.insert(at, meta.position);
  if (meta.effect == Effect::kRetract && stands) matches.erase(at);
}

void Batch::collect(ViewTransaction& transaction) {
  std::string bytes;
  for (const auto& entry : rows_->entries) {
    rows::encode_into(bytes, entry.row);
    transaction.put(family(), entry.stored_key, bytes);
  }
  discard();
}

void Batch::discard() {
  const std::size_t expected = rows_ ? rows_->entries.size() : 0;  // likely as many as this time
  rows_.reset();                                                   // before its arena
  arena_.release();
  rows_.emplace(&arena_, expected);
}

Result<std::optional<SeenRow>> find(const ViewSnapshot& snapshot, std::string_view source,
                                    std::string_view id) {
  LEDGER_TRY(auto row, read_row<SeenRow>(snapshot, family(), key_of(source, id)));
  // A match that was read before its target leaves a row without a body.
  if (row && !row->position) return std::nullopt;
  return row;
}

}  // namespace ledger::seen
