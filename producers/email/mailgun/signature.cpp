#include "producers/email/mailgun/signature.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "platform/hmac.h"
#include "platform/http/form.h"
#include "platform/sha256.h"

namespace ledger::mailgun {

namespace {

using webhook::Fields;

bool is_of_signature(std::string_view name) {
  return name == "timestamp" || name == "token" || name == "signature";
}

Result<Fields> legacy_fields(const http::Request& request) {
  LEDGER_TRY(const auto form, http::parse_form(request.body));
  http::Request once;
  for (const auto& [name, value] : form) {
    const auto known =
        std::find_if(once.query.begin(), once.query.end(),
                     [&wanted = name](const auto& one) { return one.first == wanted; });
    if (known == once.query.end()) {
      once.query.emplace_back(name, value);
    } else if (is_of_signature(name)) {
      known->second = value;
    }
  }
  return Fields::of(once);
}

}  // namespace

Result<Fields> fields_of(const http::Request& request) {
  const std::size_t first = request.body.find_first_not_of(" \t\r\n");
  const bool json = first != std::string::npos && request.body[first] == '{';
  return json ? Fields::of_json(request.body) : legacy_fields(request);
}

bool is_legacy(const Fields& fields) { return fields.find("event").has_value(); }

Result<Signature> signature_of(const Fields& fields) {
  const std::string prefix = is_legacy(fields) ? "" : "signature.";
  Signature signature;
  LEDGER_TRY(signature.timestamp, fields.text(prefix + "timestamp"));
  LEDGER_TRY(signature.token, fields.text(prefix + "token"));
  LEDGER_TRY(signature.digest, fields.text(prefix + "signature"));
  return signature;
}

bool fits(const Signature& signature, std::string_view signing_key) {
  const std::string digest =
      to_hex(hmac_sha256(signing_key, signature.timestamp + signature.token));
  return !signing_key.empty() && equal_secrets(signature.digest, digest);
}

bool is_older(const Signature& signature, Timestamp now, std::chrono::hours age_max) {
  std::int64_t seconds = 0;
  const char* last = signature.timestamp.data() + signature.timestamp.size();
  const auto [end, error] = std::from_chars(signature.timestamp.data(), last, seconds);
  if (error != std::errc() || end != last || seconds < 0) return true;
  const auto at = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
  return at - std::chrono::seconds(seconds) > age_max;
}

std::string digest_of(const Fields& fields) {
  const std::map<std::string_view, std::string_view> sorted(fields.all().begin(),
                                                            fields.all().end());
  std::string text;
  for (const auto& [name, value] : sorted) {
    if (is_of_signature(name) || name.starts_with("signature.")) continue;
    text += fmt::format("{}:{}={}:{};", name.size(), name, value.size(), value);
  }
  return to_hex(sha256(text));
}

bool Tokens::takes(const std::string& token, const std::string& digest) {
  const std::lock_guard lock(mutex_);
  const auto [known, fresh] = digests_.emplace(token, digest);
  if (!fresh) return known->second == digest;
  order_.push_back(token);
  if (order_.size() > kTokensMax) {
    digests_.erase(order_.front());
    order_.pop_front();
  }
  return true;
}

}  // namespace ledger::mailgun
