#include "consumers/access/oidc_discovery.h"

#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "events/json_reader.h"
#include "platform/access_limits.h"

namespace ledger::access {

namespace {

using Element = simdjson::dom::element;

constexpr std::size_t kAddressBytesMax = 2048;

bool is_here(std::string_view url) {
  for (const std::string_view host : {"http://127.0.0.1", "http://[::1]", "http://localhost"}) {
    if (!url.starts_with(host)) continue;
    const std::string_view rest = url.substr(host.size());
    return rest.empty() || rest.front() == ':' || rest.front() == '/';
  }
  return false;
}

Result<std::string> address_in(const Element& document, const char* member) {
  std::string_view text;
  if (document[member].get(text) != simdjson::SUCCESS) {
    return fail(ErrorCode::kMissingField, "the issuer does not say it", member);
  }
  if (!is_safe_address(text)) {
    return fail(ErrorCode::kInvalidField, "is no https address", member);
  }
  return std::string(text);
}

// nullopt: it does not say.
std::optional<bool> lists(const Element& document, const char* member, std::string_view word) {
  simdjson::dom::array all;
  if (document[member].get(all) != simdjson::SUCCESS) return std::nullopt;
  return std::any_of(all.begin(), all.end(), [&](const Element each) {
    std::string_view text;
    return each.get(text) == simdjson::SUCCESS && text == word;
  });
}

}  // namespace

bool is_safe_address(std::string_view url) {
  if (url.size() > kAddressBytesMax) return false;
  const bool plain = std::all_of(url.begin(), url.end(), [](char c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\' && c != '#';
  });
  if (!plain) return false;
  constexpr std::string_view kHttps = "https://";
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view rest = url.substr(scheme + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  if (authority.empty() || authority.find('@') != std::string_view::npos) return false;
  return url.starts_with(kHttps) || is_here(url);
}

std::string discovery_address(std::string_view issuer) {
  while (issuer.ends_with('/')) issuer.remove_suffix(1);
  return std::string(issuer) + "/.well-known/openid-configuration";
}

Result<Endpoints> parse_discovery(std::string_view json, std::string_view issuer) {
  simdjson::dom::parser parser;
  Element document;
  if (parser.parse(simdjson::padded_string(json)).get(document) != simdjson::SUCCESS ||
      !document.is_object() || !ledger::json::check_names(document)) {
    return fail(ErrorCode::kMalformed, "what the issuer says of itself is no JSON object");
  }
  std::string_view named;
  if (document["issuer"].get(named) != simdjson::SUCCESS || named != issuer) {
    return fail(ErrorCode::kInvalidField, "this is what another issuer says of itself", "issuer");
  }
  if (lists(document, "code_challenge_methods_supported", "S256") == false) {
    return fail(ErrorCode::kInvalidField, "the issuer does not take S256",
                "code_challenge_methods_supported");
  }
  Endpoints endpoints;
  LEDGER_TRY(endpoints.authorization, address_in(document, "authorization_endpoint"));
  LEDGER_TRY(endpoints.token, address_in(document, "token_endpoint"));
  LEDGER_TRY(endpoints.keys, address_in(document, "jwks_uri"));
  bool names_itself = false;
  endpoints.names_itself = document["authorization_response_iss_parameter_supported"].get(
                               names_itself) == simdjson::SUCCESS &&
                           names_itself;
  const auto offers = [&](std::string_view way) {
    return lists(document, "token_endpoint_auth_methods_supported", way);
  };
  endpoints.secret_in_the_form =
      offers("client_secret_basic") == false && offers("client_secret_post") == true;
  return endpoints;
}

std::optional<Endpoints> Discovery::endpoints() const {
  const std::lock_guard lock(mutex_);
  return endpoints_;
}

bool Discovery::due() const {
  const std::lock_guard lock(mutex_);
  if (!tried_) return true;
  const auto age = clock_.now() - *tried_;
  return age >= limits::kDiscoveryAge || (!endpoints_ && age >= limits::kKeySetPause);
}

Status Discovery::refresh() {
  auto parsed =
      fetch_().and_then([&](const std::string& json) { return parse_discovery(json, issuer_); });
  const std::lock_guard lock(mutex_);
  tried_ = clock_.now();
  if (!parsed) return tl::unexpected(parsed.error());
  endpoints_ = *std::move(parsed);
  return {};
}

}  // namespace ledger::access
