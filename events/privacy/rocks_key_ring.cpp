#include "events/privacy/rocks_key_ring.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <unordered_map>
#include <utility>

#include "events/privacy/key_encryption_key.h"
#include "events/privacy/subject_key.h"
#include "platform/hmac.h"
#include "platform/random.h"
#include "platform/rocks/database.h"

namespace ledger::privacy {

namespace {

constexpr std::string_view kKeys = "keys";    // id -> format, digest of the name, wrapped key, salt
constexpr std::string_view kNames = "names";  // digest of the name -> format, id
constexpr std::string_view kLinks = "links";  // both ways, see link_row()
constexpr std::string_view kErased = "erased";  // id -> format, the event
constexpr std::string_view kRing = "ring";  // the ring's own secret; whether a purge is due; times
constexpr std::string_view kSecret = "secret";
constexpr std::string_view kPurgeIsDue = "purge is due";
constexpr std::string_view kDestroyedTimes = "destroyed";  // -> format, decimal
constexpr std::string_view kRenewedTimes = "renewed";      // likewise

constexpr char kFormat = 1;  // stored, the first byte of each value
constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kWrappedBytes = 64;  // key, salt
// Over it all are forgotten and read again: about 30 MB.
constexpr std::size_t kCachedKeysMax = 100'000;
constexpr std::size_t kBlockCacheBytes = 16 * 1024 * 1024;
constexpr std::size_t kWriteBufferBytes = 4 * 1024 * 1024;

std::string_view text_of(const AeadKey& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string stored(std::string_view first, std::string_view second = {}) {
  std::string value(1, kFormat);
  value += first;
  value += second;
  return value;
}

tl::unexpected<Error> corrupt(std::string_view family, std::string_view key) {
  return fail(ErrorCode::kCorrupt,
              fmt::format("the ring's record of {} in '{}' cannot be read: it is damaged, or was "
                          "wrapped by another key-encryption key",
                          key, family));
}

// Nothing that was not confirmed is used by anybody, so it is all the same to the caller.
Status plain(Status status) {
  if (!status && status.error().code == ErrorCode::kPossiblyPersisted) {
    status.error().code = ErrorCode::kUnavailable;
  }
  return status;
}

// A link is written from both of its ends, so that either finds the other: 's' subject identifier,
// 'i' identifier subject.
std::string link_row(char from, std::string_view one, std::string_view other = {}) {
  std::string row(1, from);
  row += one;
  row += other;
  return row;
}

// A record of `keys`, with the digest by which its row in `names` is found again.
struct Owned {
  SubjectKey key;
  std::string digest;
};

std::string wrapped(const AeadKey& by, const Owned& owned) {
  std::string secret(text_of(owned.key.key));
  secret += text_of(owned.key.salt);
  return stored(owned.digest, aead_seal(by, secret, owned.key.id));
}

std::optional<Owned> unwrapped(const AeadKey& by, std::string_view id, std::string_view value) {
  if (value.size() < 1 + kDigestBytes || value.front() != kFormat) return std::nullopt;
  const auto secret = aead_open(by, value.substr(1 + kDigestBytes), id);
  if (!secret || secret->size() != kWrappedBytes) return std::nullopt;
  Owned owned;
  owned.key.id = id;
  owned.digest = value.substr(1, kDigestBytes);
  const auto middle = secret->begin() + static_cast<std::ptrdiff_t>(owned.key.key.size());
  std::copy(secret->begin(), middle, owned.key.key.begin());
  std::copy(middle, secret->end(), owned.key.salt.begin());
  return owned;
}

// Keys that were used lately. All threads.
class RecentKeys {
 public:
  [[nodiscard]] std::optional<SubjectKey> by_digest(const std::string& digest) const {
    const std::shared_lock lock(mutex_);
    const auto id = ids_.find(digest);
    return id == ids_.end() ? std::nullopt : find(id->second);
  }
  [[nodiscard]] std::optional<SubjectKey> by_id(const std::string& id) const {
    const std::shared_lock lock(mutex_);
    return find(id);
  }
  void keep(const Owned& owned) {
    const std::unique_lock lock(mutex_);
    if (keys_.size() >= kCachedKeysMax) {
      ids_.clear();
      keys_.clear();
    }
    ids_.insert_or_assign(owned.digest, owned.key.id);
    keys_.insert_or_assign(owned.key.id, owned.key);
  }
  void forget(const Owned& owned) {
    const std::unique_lock lock(mutex_);
    ids_.erase(owned.digest);
    keys_.erase(owned.key.id);
  }

 private:
  [[nodiscard]] std::optional<SubjectKey> find(const std::string& id) const {
    const auto key = keys_.find(id);
    return key == keys_.end() ? std::nullopt : std::optional(key->second);
  }
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, std::string> ids_;
  std::unordered_map<std::string, SubjectKey> keys_;
};

class RocksKeyRing final : public KeyRing {
 public:
  RocksKeyRing(std::unique_ptr<rocks::Database> database, const AeadKey& wrapping,
               std::string secret)
      : database_(std::move(database)), wrapping_(wrapping), secret_(std::move(secret)) {}

  Result<SubjectKey> key_of(std::string_view name) override {
    const std::string digest = digest_of(name);
    if (auto known = recent_.by_digest(digest)) return *std::move(known);
    const std::lock_guard turn(turn_);
    if (auto known = recent_.by_digest(digest)) return *std::move(known);
    LEDGER_TRY(const auto id, id_of(digest));
    if (!id) return make(digest);
    LEDGER_TRY(const auto owned, read(*id));
    if (!owned || owned->digest != digest) return corrupt(kNames, *id);
    recent_.keep(*owned);
    return owned->key;
  }

  Status link(std::string_view name, const std::vector<std::string>& identifiers) override {
    const std::string subject = digest_of(name);
    const std::lock_guard turn(turn_);
    const auto batch = database_->batch();
    for (const auto& identifier : identifiers) {
      const std::string linked = digest_of(identifier);
      LEDGER_TRY(const auto known, database_->get(kLinks, link_row('s', subject, linked)));
      if (known) continue;
      batch->put(kLinks, link_row('s', subject, linked), stored({}));
      batch->put(kLinks, link_row('i', linked, subject), stored({}));
    }
    return batch->count() == 0 ? Status() : write(*batch);
  }

  Status sync() override {
    if (synced_ >= written_) return {};
    const std::lock_guard one(syncing_);
    const std::uint64_t written = written_;
    if (synced_ >= written) return {};
    const auto nothing = database_->batch();
    LEDGER_CHECK(plain(database_->write(*nothing, /*sync=*/true)));
    synced_ = written;
    return {};
  }

  Result<FoundKey> find(std::string_view id) const override {
    if (auto known = recent_.by_id(std::string(id))) return FoundKey{.key = std::move(known)};
    const std::lock_guard turn(turn_);
    LEDGER_TRY(const auto owned, read(id));
    if (owned) {
      recent_.keep(*owned);
      return FoundKey{.key = owned->key};
    }
    LEDGER_TRY(const auto event, database_->get(kErased, id));
    if (!event) return FoundKey{};
    if (!event->starts_with(kFormat)) return corrupt(kErased, id);
    return FoundKey{.erased_by = event->substr(1)};
  }

  Result<std::vector<std::string>> ids_of(std::string_view name) const override {
    const std::string subject = digest_of(name);
    const std::lock_guard turn(turn_);
    std::set<std::string> ids;
    LEDGER_TRY(const auto own, id_of(subject));
    if (own) ids.insert(*own);
    LEDGER_TRY(const auto identifiers, linked_to('s', subject));
    for (const auto& identifier : identifiers) {
      LEDGER_TRY(const auto id, id_of(identifier));
      LEDGER_TRY(const auto subjects, linked_to('i', identifier));
      if (id && subjects == std::vector{subject}) ids.insert(*id);
    }
    return std::vector<std::string>(ids.begin(), ids.end());
  }

  Status destroy(const std::vector<std::string>& ids, std::string_view erased_by) override {
    const std::lock_guard turn(turn_);
    const auto batch = database_->batch();
    std::vector<Owned> gone;
    for (const auto& id : ids) {
      LEDGER_TRY(const auto erased, database_->get(kErased, id));
      if (erased) continue;
      batch->put(kErased, id, stored(erased_by));
      LEDGER_TRY(auto owned, read_whose(id));
      if (!owned) continue;
      LEDGER_CHECK(erase(*batch, *owned));
      gone.push_back(*std::move(owned));
    }
    if (batch->count() != 0) {
      if (!gone.empty()) {
        LEDGER_TRY(const auto before, counted(kDestroyedTimes));
        batch->put(kRing, kDestroyedTimes, stored(std::to_string(before + 1)));
        batch->put(kRing, kPurgeIsDue, stored({}));
      }
      LEDGER_CHECK(plain(database_->write(*batch, /*sync=*/true)));
      for (const auto& owned : gone) recent_.forget(owned);
    }
    return purge_if_due();
  }

  Result<Times> times() const override {
    const std::lock_guard turn(turn_);
    LEDGER_TRY(const std::uint64_t destroyed, counted(kDestroyedTimes));
    LEDGER_TRY(const std::uint64_t renewed, counted(kRenewedTimes));
    return Times{destroyed, renewed};
  }

  Status set_renewed(std::uint64_t destroyed) override {
    const std::lock_guard turn(turn_);
    const auto batch = database_->batch();
    batch->put(kRing, kRenewedTimes, stored(std::to_string(destroyed)));
    return plain(database_->write(*batch, /*sync=*/true));
  }

  // What a destroy() that was broken off has left in the files.
  Status purge_if_due() {
    LEDGER_TRY(const auto due, database_->get(kRing, kPurgeIsDue));
    if (!due) return {};
    for (const auto family : {kKeys, kNames, kLinks}) LEDGER_CHECK(database_->purge(family));
    const auto batch = database_->batch();
    batch->erase(kRing, kPurgeIsDue);
    return plain(database_->write(*batch, /*sync=*/false));
  }

 private:
  [[nodiscard]] std::string digest_of(std::string_view name) const {
    return hmac_sha256(secret_, name);
  }

  // In its turn, as all below.
  Result<SubjectKey> make(const std::string& digest) {
    const Owned owned{random_subject_key(), digest};
    const auto batch = database_->batch();
    batch->put(kKeys, owned.key.id, wrapped(wrapping_, owned));
    batch->put(kNames, digest, stored(owned.key.id));
    LEDGER_CHECK(write(*batch));
    recent_.keep(owned);
    return owned.key;
  }

  // Counted once it is written: who counts it sooner could take it for synced by a sync of before.
  Status write(rocks::Batch& batch) {
    auto status = plain(database_->write(batch, /*sync=*/false));
    ++written_;
    return status;
  }

  [[nodiscard]] Result<std::uint64_t> counted(std::string_view what) const {
    LEDGER_TRY(const auto value, database_->get(kRing, what));
    if (!value) return std::uint64_t{0};
    std::uint64_t times = 0;
    const auto [end, error] =
        std::from_chars(value->data() + 1, value->data() + value->size(), times);
    if (!value->starts_with(kFormat) || error != std::errc() ||
        end != value->data() + value->size()) {
      return corrupt(kRing, what);
    }
    return times;
  }
  [[nodiscard]] Result<std::optional<Owned>> read(std::string_view id) const {
    LEDGER_TRY(const auto value, database_->get(kKeys, id));
    if (!value) return std::nullopt;
    auto owned = unwrapped(wrapping_, id, *value);
    if (!owned) return corrupt(kKeys, id);
    return owned;
  }
  // Without its key: a damaged record can be destroyed too.
  [[nodiscard]] Result<std::optional<Owned>> read_whose(std::string_view id) const {
    LEDGER_TRY(const auto value, database_->get(kKeys, id));
    if (!value) return std::nullopt;
    Owned owned;
    owned.key.id = id;
    if (value->size() > kDigestBytes) owned.digest = value->substr(1, kDigestBytes);
    return owned;
  }
  [[nodiscard]] Result<std::optional<std::string>> id_of(const std::string& digest) const {
    LEDGER_TRY(const auto value, database_->get(kNames, digest));
    if (!value) return std::nullopt;
    if (!value->starts_with(kFormat)) return corrupt(kNames, "a name");
    return value->substr(1);
  }
  // The other ends of its links.
  [[nodiscard]] Result<std::vector<std::string>> linked_to(char from,
                                                           const std::string& digest) const {
    std::vector<std::string> others;
    const std::string prefix = link_row(from, digest);
    const auto at = database_->iterate(kLinks, prefix);
    for (; at->valid(); at->next()) others.emplace_back(at->key().substr(prefix.size()));
    LEDGER_CHECK(at->status());
    return others;
  }

  Status erase(rocks::Batch& batch, const Owned& owned) const {
    batch.erase(kKeys, owned.key.id);
    if (owned.digest.empty()) return {};
    batch.erase(kNames, owned.digest);
    for (const auto& [mine, theirs] : {std::pair('s', 'i'), std::pair('i', 's')}) {
      LEDGER_TRY(const auto others, linked_to(mine, owned.digest));
      for (const auto& other : others) {
        batch.erase(kLinks, link_row(mine, owned.digest, other));
        batch.erase(kLinks, link_row(theirs, other, owned.digest));
      }
    }
    return {};
  }

  const std::unique_ptr<rocks::Database> database_;
  const AeadKey wrapping_;
  const std::string secret_;
  mutable RecentKeys recent_;
  mutable std::mutex turn_;  // of reading and writing: nobody reads while files are purged
  std::mutex syncing_;
  std::atomic<std::uint64_t> written_ = 0;  // writes so far
  std::atomic<std::uint64_t> synced_ = 0;   // of them on the disk
};

// Made when the ring is.
Result<std::string> secret_of(rocks::Database& database, const AeadKey& wrapping,
                              const RocksKeyRingOptions& options) {
  LEDGER_TRY(const auto value, database.get(kRing, kSecret));
  if (!value) {
    std::string secret = random_bytes(kDigestBytes);
    const auto batch = database.batch();
    batch->put(kRing, kSecret, stored(aead_seal(wrapping, secret, kSecret)));
    LEDGER_CHECK(plain(database.write(*batch, /*sync=*/true)));
    return secret;
  }
  if (!value->starts_with(kFormat)) return corrupt(kRing, kSecret);
  auto secret = aead_open(wrapping, std::string_view(*value).substr(1), kSecret);
  if (secret) return *std::move(secret);
  return fail(ErrorCode::kMisconfigured,
              fmt::format("{} is not the key by which the keys in {} are wrapped: bring that one "
                          "back",
                          options.key_encryption_key.string(), options.directory.string()),
              "key_encryption_key");
}

}  // namespace

Result<std::unique_ptr<KeyRing>> open_rocks_key_ring(const RocksKeyRingOptions& options) {
  LEDGER_TRY(
      const AeadKey wrapping,
      key_encryption_key(options.key_encryption_key, rocks::Database::exists(options.directory)));
  rocks::Database::Options database_options;
  database_options.directory = options.directory;
  for (const auto family : {kKeys, kNames, kLinks, kErased, kRing}) {
    database_options.families.emplace_back(family);
  }
  database_options.block_cache_bytes = kBlockCacheBytes;
  database_options.write_buffer_bytes = kWriteBufferBytes;
  database_options.forgets_keys = true;
  LEDGER_TRY(auto database, rocks::Database::open(database_options));
  LEDGER_TRY(auto secret, secret_of(*database, wrapping, options));
  auto ring = std::make_unique<RocksKeyRing>(std::move(database), wrapping, std::move(secret));
  LEDGER_CHECK(ring->purge_if_due());
  return ring;
}

}  // namespace ledger::privacy
