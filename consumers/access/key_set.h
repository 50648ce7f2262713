#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "platform/clock.h"
#include "platform/jws_key.h"
#include "platform/result.h"

namespace ledger::access {

// An issuer's keys (RFC 7517), as far as they can check tokens for us: EC on P-256, RSA for RS256,
// Ed25519. Others, and those for encryption, are passed over.
class KeySet {
 public:
  // kMalformed: no key set. kInvalidField: none of its keys is of use. kTooLarge.
  [[nodiscard]] static Result<KeySet> parse(std::string_view json);
  // By its kid; without one only where the set has a single key. nullptr: not known.
  [[nodiscard]] const JwsKey* find(const std::optional<std::string>& kid) const;
  [[nodiscard]] std::size_t size() const { return keys_.size() + (nameless_ ? 1 : 0); }

 private:
  std::map<std::string, JwsKey, std::less<>> keys_;
  std::optional<JwsKey> nameless_;
};

// The key set as it was fetched last. An issuer rotates his keys by adding one: a token of a key
// that is not known asks for another fetch, at most every limits::kKeySetPause. While the issuer is
// away the last set stays good. Thread-safe: find() never waits, refresh() is for a thread that
// may.
class IssuerKeys {
 public:
  using Fetch = std::function<Result<std::string>()>;
  IssuerKeys(Fetch fetch, const Clock& clock) : fetch_(std::move(fetch)), clock_(clock) {}

  struct Found {
    std::optional<JwsKey> key;
    bool asked = false;  // not known by now, and being asked for: try again
  };
  [[nodiscard]] Found find(const std::optional<std::string>& kid);
  // Whether refresh() has something to do.
  [[nodiscard]] bool due() const;
  // What is wrong with the issuer, if it is.
  [[nodiscard]] Status refresh();

 private:
  const Fetch fetch_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::shared_ptr<const KeySet> keys_;
  std::optional<Timestamp> tried_;    // the last fetch
  std::optional<Timestamp> unknown_;  // when a token last asked for one
  bool wanted_ = false;
};

}  // namespace ledger::access
