#include "consumers/access/jwt.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <array>
#include <cmath>

#include "events/json_reader.h"
#include "platform/access_limits.h"
#include "platform/base64.h"
#include "platform/hmac.h"

namespace ledger::access {

namespace {

using Element = simdjson::dom::element;

tl::unexpected<Error> malformed(const char* why) {
  return fail(ErrorCode::kMalformed, fmt::format("this is no token: {}", why));
}

// An object whose names are each there once: two readers must not read two tokens.
Result<Element> object_in(simdjson::dom::parser& parser, const std::string& json) {
  Element object;
  if (parser.parse(json).get(object) != simdjson::SUCCESS || !object.is_object() ||
      !ledger::json::check_names(object)) {
    return malformed("a part of it is no JSON object");
  }
  return object;
}

std::optional<std::string> text_of(const Element& object, std::string_view member) {
  std::string_view text;
  if (object[member].get(text) != simdjson::SUCCESS) return std::nullopt;
  return std::string(text);
}

bool has(const Element& object, std::string_view member) {
  return object[member].error() == simdjson::SUCCESS;
}

// Seconds since 1970, perhaps with a fraction.
Result<std::optional<Timestamp>> instant_of(const Element& claims, const char* member) {
  if (!has(claims, member)) return std::nullopt;
  double seconds = 0;
  constexpr double kLatest = 253402300799.0;  // of the year 9999
  if (claims[member].get(seconds) != simdjson::SUCCESS || !(seconds >= 0 && seconds <= kLatest)) {
    return fail(ErrorCode::kInvalidField, "is no instant", member);
  }
  return Timestamp(std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6)));
}

bool is_for(const Element& claims, std::string_view audience) {
  if (const auto one = text_of(claims, "aud")) return *one == audience;
  simdjson::dom::array several;
  if (claims["aud"].get(several) != simdjson::SUCCESS) return false;
  for (const Element each : several) {
    std::string_view text;
    if (each.get(text) == simdjson::SUCCESS && text == audience) return true;
  }
  return false;
}

Status check_times(const Element& claims, Timestamp now) {
  LEDGER_TRY(const auto expires, instant_of(claims, "exp"));
  LEDGER_TRY(const auto from, instant_of(claims, "nbf"));
  LEDGER_TRY(const auto issued, instant_of(claims, "iat"));
  if (!expires) return fail(ErrorCode::kMissingField, "a token has to expire", "exp");
  if (now >= *expires + limits::kTokenLeeway) {
    return fail(ErrorCode::kInvalidField, "the token has expired", "exp");
  }
  if (from && now + limits::kTokenLeeway < *from) {
    return fail(ErrorCode::kInvalidField, "the token is not good yet", "nbf");
  }
  if (issued && now + limits::kTokenLeeway < *issued) {
    return fail(ErrorCode::kInvalidField, "the token is of a time to come", "iat");
  }
  return {};
}

}  // namespace

Result<Token> take_apart(std::string_view token, std::size_t bytes_max) {
  if (token.size() > bytes_max) return malformed("it is too long");
  const std::size_t first = token.find('.');
  const std::size_t second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos) {
    return malformed("it has not three parts");
  }
  const auto header = base64url_decode(token.substr(0, first));
  auto claims = base64url_decode(token.substr(first + 1, second - first - 1));
  auto signature = base64url_decode(token.substr(second + 1));
  if (!header || !claims || !signature) return malformed("a part of it is no base64url");
  simdjson::dom::parser parser;
  LEDGER_TRY(const auto json, object_in(parser, *header));
  if (has(json, "crit") || has(json, "b64")) return malformed("it asks for an extension");
  const auto kind = text_of(json, "typ");
  if (kind && *kind != "JWT" && *kind != "at+jwt" && *kind != "application/at+jwt") {
    return malformed("it is of another kind");
  }
  if (has(json, "kid") && !text_of(json, "kid")) return malformed("its kid is no text");
  return Token{std::string(token.substr(0, second)), *std::move(signature),
               text_of(json, "alg").value_or(""), text_of(json, "kid"), *std::move(claims)};
}

Status check_signature(const Token& token, const JwsKey& key) {
  if (token.algorithm != name_of(key.algorithm())) {
    return fail(ErrorCode::kInvalidField, "the token's algorithm is not that of its key", "alg");
  }
  if (!key.verifies(token.signed_text, token.signature)) {
    return fail(ErrorCode::kInvalidField, "the token's signature is not its issuer's");
  }
  return {};
}

Result<std::string> subject_of(const Token& token, const TokenRules& rules, Timestamp now) {
  simdjson::dom::parser parser;
  LEDGER_TRY(const auto claims, object_in(parser, token.claims));
  if (text_of(claims, "iss") != rules.issuer) {
    return fail(ErrorCode::kInvalidField, "the token is of another issuer", "iss");
  }
  if (!is_for(claims, rules.audience)) {
    return fail(ErrorCode::kInvalidField, "the token is for another audience", "aud");
  }
  LEDGER_CHECK(check_times(claims, now));
  auto who = text_of(claims, rules.claim);
  if (!who || who->empty()) {
    return fail(ErrorCode::kMissingField, "the token does not say who it is", rules.claim);
  }
  // Anybody can write anybody's address into an account of his.
  bool verified = false;
  if (rules.claim == "email" &&
      (claims["email_verified"].get(verified) != simdjson::SUCCESS || !verified)) {
    return fail(ErrorCode::kInvalidField, "the issuer has not verified the address",
                "email_verified");
  }
  return *std::move(who);
}

Status check_id_token(const Token& token, std::string_view client, std::string_view nonce) {
  simdjson::dom::parser parser;
  LEDGER_TRY(const auto claims, object_in(parser, token.claims));
  const auto given = text_of(claims, "nonce");
  if (!given || !equal_secrets(*given, nonce)) {
    return fail(ErrorCode::kInvalidField, "the token answers another question", "nonce");
  }
  if (!has(claims, "iat")) {
    return fail(ErrorCode::kMissingField, "the token does not say when it was made", "iat");
  }
  if (has(claims, "azp")) {
    if (text_of(claims, "azp") == client) return {};
    return fail(ErrorCode::kInvalidField, "the token was made for another program", "azp");
  }
  simdjson::dom::array several;
  if (claims["aud"].get(several) == simdjson::SUCCESS && several.size() > 1) {
    return fail(ErrorCode::kMissingField, "a token for several says for which it was made", "azp");
  }
  return {};
}

}  // namespace ledger::access
