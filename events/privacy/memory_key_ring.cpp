#include "events/privacy/memory_key_ring.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "events/privacy/subject_key.h"
#include "platform/hmac.h"
#include "platform/random.h"

namespace ledger::privacy {

namespace {

class MemoryKeyRing final : public KeyRing {
 public:
  Result<SubjectKey> key_of(std::string_view name) override {
    const std::string digest = digest_of(name);
    const std::lock_guard lock(mutex_);
    if (const auto known = ids_.find(digest); known != ids_.end()) {
      return owned_.at(known->second).key;
    }
    SubjectKey key = random_subject_key();
    ids_.emplace(digest, key.id);
    owned_.emplace(key.id, Owned{key, digest});
    return key;
  }

  Status link(std::string_view name, const std::vector<std::string>& identifiers) override {
    const std::lock_guard lock(mutex_);
    for (const auto& identifier : identifiers) {
      links_.emplace(digest_of(name), digest_of(identifier));
    }
    return {};
  }

  Status sync() override { return {}; }

  Result<FoundKey> find(std::string_view id) const override {
    const std::lock_guard lock(mutex_);
    const std::string wanted(id);
    if (const auto known = owned_.find(wanted); known != owned_.end()) {
      return FoundKey{.key = known->second.key};
    }
    if (const auto gone = erased_.find(wanted); gone != erased_.end()) {
      return FoundKey{.erased_by = gone->second};
    }
    return FoundKey{};
  }

  Result<std::vector<std::string>> ids_of(std::string_view name) const override {
    const std::string subject = digest_of(name);
    const std::lock_guard lock(mutex_);
    std::set<std::string> ids;
    if (const auto own = ids_.find(subject); own != ids_.end()) ids.insert(own->second);
    for (const auto& [linked, identifier] : links_) {
      const auto id = ids_.find(identifier);
      if (linked == subject && id != ids_.end() && !is_others_too(identifier, subject)) {
        ids.insert(id->second);
      }
    }
    return std::vector<std::string>(ids.begin(), ids.end());
  }

  Status destroy(const std::vector<std::string>& ids, std::string_view erased_by) override {
    const std::lock_guard lock(mutex_);
    const std::size_t had = owned_.size();
    for (const auto& id : ids) {
      if (!erased_.emplace(id, erased_by).second) continue;
      const auto gone = owned_.find(id);
      if (gone == owned_.end()) continue;
      const std::string digest = gone->second.digest;
      std::erase_if(
          links_, [&](const auto& link) { return link.first == digest || link.second == digest; });
      ids_.erase(digest);
      owned_.erase(gone);
    }
    if (owned_.size() != had) ++times_.destroyed;
    return {};
  }

  Result<Times> times() const override {
    const std::lock_guard lock(mutex_);
    return times_;
  }

  Status set_renewed(std::uint64_t destroyed) override {
    const std::lock_guard lock(mutex_);
    times_.renewed = destroyed;
    return {};
  }

 private:
  struct Owned {
    SubjectKey key;
    std::string digest;
  };

  [[nodiscard]] std::string digest_of(std::string_view name) const {
    return hmac_sha256(secret_, name);
  }
  [[nodiscard]] bool is_others_too(const std::string& identifier,
                                   const std::string& subject) const {
    return std::any_of(links_.begin(), links_.end(), [&](const auto& link) {
      return link.second == identifier && link.first != subject;
    });
  }

  const std::string secret_ = random_bytes(32);
  mutable std::mutex mutex_;
  std::map<std::string, std::string> ids_;               // by the name's digest
  std::map<std::string, Owned> owned_;                   // by id
  std::set<std::pair<std::string, std::string>> links_;  // subject and identifier
  std::map<std::string, std::string> erased_;            // by id
  Times times_;
};

}  // namespace

std::unique_ptr<KeyRing> memory_key_ring() { return std::make_unique<MemoryKeyRing>(); }

}  // namespace ledger::privacy
