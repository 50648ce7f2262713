#include "consumers/access/issuer_options.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <utility>

namespace ledger::access {

namespace {

tl::unexpected<Error> wrong(const char* setting, std::string why) {
  return fail(ErrorCode::kMisconfigured, std::move(why), setting);
}

std::string_view authority_of(std::string_view url) {
  const std::string_view rest = url.substr(url.find("://") + 3);
  return rest.substr(0, rest.find_first_of("/?"));
}

std::string without_last_slash(std::string_view url) {
  if (url.ends_with('/')) url.remove_suffix(1);
  return std::string(url);
}

bool has_word(std::string_view text, std::string_view wanted) {
  const std::string padded = " " + std::string(text) + " ";
  return padded.find(" " + std::string(wanted) + " ") != std::string::npos;
}

Status check_sign_in(const IssuerOptions& options) {
  const std::string base = without_last_slash(options.redirect_base);
  if (base.empty()) {
    return wrong("oidc-redirect-base",
                 "is required with a client: where the issuer sends browsers back to, such as "
                 "https://ledger.example; what a request says of its host is not believed");
  }
  if (!is_safe_address(base)) {
    return wrong("oidc-redirect-base", "is https, unless it is on this machine");
  }
  if (base.size() != base.find("://") + 3 + authority_of(base).size()) {
    return wrong("oidc-redirect-base", "is a scheme, a host and perhaps a port, without a path");
  }
  if (!options.scopes.empty() && !has_word(options.scopes, "openid")) {
    return wrong("oidc-scopes", "has openid among them: without it there is no ID token");
  }
  return {};
}

Status check_alone(const IssuerOptions& options) {
  const std::array<std::pair<const char*, const std::string*>, 3> needing_client{
      {{"oidc-client-secret-file", &options.client_secret_file},
       {"oidc-redirect-base", &options.redirect_base},
       {"oidc-scopes", &options.scopes}}};
  for (const auto& [setting, value] : needing_client) {
    if (!value->empty() && options.client_id.empty()) {
      return wrong("oidc-client-id", fmt::format("is required with {}", setting));
    }
  }
  const bool any = !options.jwks.empty() || !options.audience.empty() || !options.client_id.empty();
  if (!any || !options.issuer.empty()) return {};
  return wrong("oidc-issuer", "says whose tokens are believed");
}

// As the claim needs them (OpenID Connect Core 5.4).
std::string scopes_for(const std::string& claim) {
  if (claim == "sub") return "openid";
  return claim == "email" ? "openid email" : "openid profile";
}

}  // namespace

Result<std::string> read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.bad() || text.empty()) {
    return fail(ErrorCode::kUnavailable, fmt::format("{} cannot be read, or is empty", path));
  }
  return text;
}

bool needs_discovery(const IssuerOptions& options) {
  return !options.issuer.empty() && (options.jwks.empty() || !options.client_id.empty());
}

Status check(const IssuerOptions& options) {
  LEDGER_CHECK(check_alone(options));
  if (options.issuer.empty()) return {};
  if (options.audience.empty() && options.client_id.empty()) {
    return wrong("oidc-audience",
                 "is required with an issuer, unless people sign in there (oidc-client-id): "
                 "without it a token for any other program would do");
  }
  const bool address = options.jwks.find("://") != std::string::npos;
  if (address && !is_safe_address(options.jwks)) {
    return wrong("oidc-jwks",
                 "is https, unless it is on this machine: whoever is between could give his keys");
  }
  if (needs_discovery(options) && !is_safe_address(options.issuer)) {
    return wrong("oidc-issuer",
                 "is https, unless it is on this machine: it is asked where people sign in, or "
                 "where its keys are, if oidc-jwks does not say it");
  }
  return options.client_id.empty() ? Status() : check_sign_in(options);
}

Result<OidcSettings> settings_of(const IssuerOptions& options) {
  OidcSettings settings;
  settings.name = options.name.empty() ? std::string(authority_of(options.issuer)) : options.name;
  settings.client_id = options.client_id;
  settings.redirect_uri = without_last_slash(options.redirect_base) + kCallbackPath;
  settings.scopes = options.scopes.empty() ? scopes_for(options.claim) : options.scopes;
  if (options.client_secret_file.empty()) return settings;
  auto secret = read_whole(options.client_secret_file);
  if (!secret) return wrong("oidc-client-secret-file", secret.error().message);
  while (!secret->empty() && (secret->back() == '\n' || secret->back() == '\r')) secret->pop_back();
  if (secret->empty()) return wrong("oidc-client-secret-file", "has no secret in it");
  settings.client_secret = *std::move(secret);
  return settings;
}

}  // namespace ledger::access
