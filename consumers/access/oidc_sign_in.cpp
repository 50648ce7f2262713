#include "consumers/access/oidc_sign_in.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>

#include "consumers/access/tokens.h"
#include "events/json_reader.h"
#include "platform/base64.h"
#include "platform/http/form.h"
#include "platform/sha256.h"

namespace ledger::access {

namespace {

using http::url_encode;
template <class T>
using Outcome = tl::expected<T, Refused>;

tl::unexpected<Refused> refused(SignInFault fault, std::string reason) {
  return tl::unexpected(Refused{fault, std::move(reason)});
}

// Where it did not answer, trying again may help; what it answered is final.
tl::unexpected<Refused> refused(const Error& error) {
  const bool away = error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kTimeout;
  return refused(
      away ? SignInFault::kAway : SignInFault::kFailed,
      error.field.empty() ? error.message : fmt::format("{} ({})", error.message, error.field));
}

// RFC 6749 5.2. Any other word is the issuer's, or of whoever spoke for it.
std::string_view known_error(std::string_view word) {
  constexpr std::array<std::string_view, 6> kKnown{"invalid_request",        "invalid_client",
                                                   "invalid_grant",          "unauthorized_client",
                                                   "unsupported_grant_type", "invalid_scope"};
  const auto found = std::find(kKnown.begin(), kKnown.end(), word);
  return found == kKnown.end() ? "no error that is known" : *found;
}

// The ID token of an answer of the token endpoint; of the rest nothing is kept.
Outcome<std::string> id_token_in(const http::Posted& answer) {
  if (answer.status >= 500) {
    return refused(SignInFault::kAway, fmt::format("the token endpoint answers {}", answer.status));
  }
  simdjson::dom::parser parser;
  simdjson::dom::element json;
  const bool object = parser.parse(answer.body).get(json) == simdjson::SUCCESS &&
                      json.is_object() && json::check_names(json);
  std::string_view text;
  if (answer.status != 200) {
    const bool says = object && json["error"].get(text) == simdjson::SUCCESS;
    return refused(SignInFault::kFailed,
                   fmt::format("the token endpoint answers {}, {}", answer.status,
                               says ? known_error(text) : "and no error"));
  }
  if (!object || json["id_token"].get(text) != simdjson::SUCCESS) {
    return refused(SignInFault::kFailed, "the token endpoint gives no ID token");
  }
  return std::string(text);
}

// A place among those who wait for the issuer, given back at the end.
class Place {
 public:
  using Places = std::counting_semaphore<limits::kCodeExchangesMax>;
  explicit Place(Places& places) : places_(places) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { places_.release(); }

 private:
  Places& places_;
};

// RFC 6749 2.3.1: both are encoded as in a form before.
std::string basic(const OidcSettings& settings) {
  return "Basic " +
         base64_encode(url_encode(settings.client_id) + ":" + url_encode(settings.client_secret));
}

}  // namespace

std::string code_challenge(std::string_view verifier) {
  const Sha256 digest = sha256(verifier);
  return base64url_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

bool is_place(std::string_view return_to) {
  if (!return_to.starts_with("#/") || return_to.size() > limits::kReturnToBytesMax) return false;
  if (return_to.starts_with("#/login")) return false;
  return std::all_of(return_to.begin() + 1, return_to.end(), [](char c) {
    constexpr std::string_view kOthers = "#\"<>\\^`{|}";
    return c > ' ' && c < 0x7f && kOthers.find(c) == std::string_view::npos;
  });
}

std::optional<OidcSignIn::Begun> OidcSignIn::begin(std::string return_to,
                                                   std::optional<std::string> former) {
  const auto endpoints = parts_.issuer.discovery->endpoints();
  if (!endpoints) return std::nullopt;
  const OidcSettings& settings = parts_.settings;
  Flow flow{new_token(), new_token(), std::move(return_to), std::move(former)};
  Begun begun{{}, new_token(), new_token()};
  begun.location = fmt::format(
      "{}{}response_type=code&client_id={}&redirect_uri={}&scope={}&state={}&nonce={}"
      "&code_challenge={}&code_challenge_method=S256",
      endpoints->authorization, endpoints->authorization.find('?') == std::string::npos ? '?' : '&',
      url_encode(settings.client_id), url_encode(settings.redirect_uri),
      url_encode(settings.scopes), begun.state, flow.nonce, code_challenge(flow.verifier));
  flows_.put(begun.state, begun.browser, std::move(flow), parts_.clock.now());
  return begun;
}

std::optional<Flow> OidcSignIn::take(std::string_view state, std::string_view browser) {
  return flows_.take(state, browser, parts_.clock.now());
}

Outcome<std::string> OidcSignIn::subject(const Answer& answer, const Flow& flow) {
  const auto endpoints = parts_.issuer.discovery->endpoints();
  if (!endpoints) return refused(SignInFault::kAway, "the issuer has not been reached yet");
  // Before anything else of it is read: another issuer's answer must not be taken for ours.
  const bool named = answer.issuer.has_value();
  if ((named && *answer.issuer != parts_.issuer.rules.issuer) ||
      (!named && endpoints->names_itself)) {
    return refused(SignInFault::kFailed, "the answer is not said to be of our issuer (iss)");
  }
  if (answer.error) {
    if (*answer.error == "access_denied") {
      return refused(SignInFault::kDenied, "the issuer, or the person there, said no");
    }
    const bool away = *answer.error == "temporarily_unavailable" || *answer.error == "server_error";
    return refused(away ? SignInFault::kAway : SignInFault::kFailed,
                   "the issuer answers with an error");
  }
  if (!answer.code || answer.code->empty() || answer.code->size() > limits::kCodeBytesMax) {
    return refused(SignInFault::kFailed, "the issuer gives no code");
  }
  if (!exchanges_.try_acquire()) {
    return refused(SignInFault::kTooMany, "others are signing in at the moment");
  }
  const Place place(exchanges_);
  const auto token = exchange(*endpoints, *answer.code, flow);
  if (!token) return tl::unexpected(token.error());
  auto who = subject_of_token(*token, flow);
  if (!who) return refused(who.error());
  return *std::move(who);
}

Outcome<std::string> OidcSignIn::exchange(const Endpoints& endpoints, std::string_view code,
                                          const Flow& flow) {
  const OidcSettings& settings = parts_.settings;
  const bool secret = !settings.client_secret.empty();
  const bool in_form = secret && endpoints.secret_in_the_form;
  std::string form =
      fmt::format("grant_type=authorization_code&code={}&redirect_uri={}&code_verifier={}",
                  url_encode(code), url_encode(settings.redirect_uri), flow.verifier);
  // Who says it in the header does not say it here: some issuers refuse to be told twice.
  if (!secret || in_form) form += "&client_id=" + url_encode(settings.client_id);
  if (in_form) form += "&client_secret=" + url_encode(settings.client_secret);
  const auto answer =
      parts_.post(endpoints.token, form, secret && !in_form ? basic(settings) : std::string());
  if (!answer) return refused(answer.error());
  return id_token_in(*answer);
}

Result<std::string> OidcSignIn::subject_of_token(const std::string& id_token, const Flow& flow) {
  LEDGER_TRY(const Token token, take_apart(id_token, limits::kIdTokenBytesMax));
  auto found = parts_.issuer.keys.find(token.kid);
  if (!found.key && found.asked) {
    // This thread may wait, and a person does.
    LEDGER_CHECK(parts_.issuer.keys.refresh());
    found = parts_.issuer.keys.find(token.kid);
  }
  if (!found.key) return fail(ErrorCode::kInvalidField, "the token's key is not its issuer's");
  LEDGER_CHECK(check_signature(token, *found.key));
  const TokenRules rules{parts_.issuer.rules.issuer, parts_.settings.client_id,
                         parts_.issuer.rules.claim};
  LEDGER_TRY(auto who, subject_of(token, rules, parts_.clock.now()));
  LEDGER_CHECK(check_id_token(token, parts_.settings.client_id, flow.nonce));
  return who;
}

}  // namespace ledger::access
