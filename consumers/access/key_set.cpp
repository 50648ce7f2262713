#include "consumers/access/key_set.h"

#include <fmt/format.h>
#include <simdjson.h>

#include "events/json_reader.h"
#include "platform/access_limits.h"
#include "platform/base64.h"

namespace ledger::access {

namespace {

using Element = simdjson::dom::element;

std::optional<std::string> text_of(const Element& object, std::string_view member) {
  std::string_view text;
  if (object[member].get(text) != simdjson::SUCCESS) return std::nullopt;
  return std::string(text);
}

std::string bytes_of(const Element& object, std::string_view member) {
  const auto text = text_of(object, member);
  return text ? base64url_decode(*text).value_or("") : "";
}

Result<JwsKey> public_key(const Element& jwk) {
  const auto kind = text_of(jwk, "kty");
  const auto curve = text_of(jwk, "crv");
  if (kind == "EC" && curve == "P-256") return JwsKey::p256(bytes_of(jwk, "x"), bytes_of(jwk, "y"));
  if (kind == "RSA") return JwsKey::rsa(bytes_of(jwk, "n"), bytes_of(jwk, "e"));
  if (kind == "OKP" && curve == "Ed25519") return JwsKey::ed25519(bytes_of(jwk, "x"));
  return fail(ErrorCode::kInvalidField, "is of a kind that is not used here", "kty");
}

// A key serves for one algorithm: what it says itself must be that one.
std::optional<JwsKey> usable(const Element& jwk) {
  const auto use = text_of(jwk, "use");
  if (use && *use != "sig") return std::nullopt;
  auto key = public_key(jwk);
  if (!key) return std::nullopt;
  const auto algorithm = text_of(jwk, "alg");
  if (algorithm && *algorithm != name_of(key->algorithm())) return std::nullopt;
  return *std::move(key);
}

}  // namespace

Result<KeySet> KeySet::parse(std::string_view json) {
  if (json.size() > limits::kKeySetBytesMax) {
    return fail(ErrorCode::kTooLarge, "the key set is too large");
  }
  simdjson::dom::parser parser;
  Element set;
  simdjson::dom::array keys;
  if (parser.parse(simdjson::padded_string(json)).get(set) != simdjson::SUCCESS ||
      set["keys"].get(keys) != simdjson::SUCCESS || !ledger::json::check_names(set)) {
    return fail(ErrorCode::kMalformed, "is no key set: {\"keys\": […]}");
  }
  KeySet made;
  std::size_t nameless = 0;
  for (const Element jwk : keys) {
    if (made.keys_.size() >= limits::kKeySetKeysMax) break;
    auto key = usable(jwk);
    if (!key) continue;
    if (const auto kid = text_of(jwk, "kid")) {
      made.keys_.insert_or_assign(*kid, *std::move(key));
    } else {
      made.nameless_ = std::move(key);
      ++nameless;
    }
  }
  // Two without a name: nobody can say which is meant.
  if (nameless > 1) made.nameless_.reset();
  if (made.size() > 0) return made;
  return fail(ErrorCode::kInvalidField, "has no key for ES256, RS256 or EdDSA", "keys");
}

const JwsKey* KeySet::find(const std::optional<std::string>& kid) const {
  if (kid) {
    const auto found = keys_.find(*kid);
    return found == keys_.end() ? nullptr : &found->second;
  }
  if (size() != 1) return nullptr;
  return nameless_ ? &*nameless_ : &keys_.begin()->second;
}

IssuerKeys::Found IssuerKeys::find(const std::optional<std::string>& kid) {
  const std::lock_guard lock(mutex_);
  if (!keys_) return {std::nullopt, true};  // the first fetch is on its way, or tried again
  if (const auto* key = keys_->find(kid)) return {*key, false};
  const Timestamp now = clock_.now();
  const bool pause_over = !unknown_ || now < *unknown_ || now - *unknown_ >= limits::kKeySetPause;
  if (pause_over) {
    unknown_ = now;
    wanted_ = true;
  }
  return {std::nullopt, wanted_};
}

bool IssuerKeys::due() const {
  const std::lock_guard lock(mutex_);
  if (wanted_ || !tried_) return true;
  const auto age = clock_.now() - *tried_;
  return age >= limits::kKeySetAge || (!keys_ && age >= limits::kKeySetPause);
}

Status IssuerKeys::refresh() {
  const auto parsed =
      fetch_().and_then([](const std::string& json) { return KeySet::parse(json); });
  const std::lock_guard lock(mutex_);
  tried_ = clock_.now();
  wanted_ = false;
  if (!parsed) return tl::unexpected(parsed.error());
  keys_ = std::make_shared<const KeySet>(*parsed);
  return {};
}

}  // namespace ledger::access
