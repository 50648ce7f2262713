#pragma once

#include <array>
#include <string>

#include "consumers/access/issuer_options.h"

// How the house's own sign-in is told of (schemas/decisions/0028-sign-in-by-the-house.md).
namespace ledger {

struct IssuerSetting {
  const char* name;
  std::string access::IssuerOptions::* member;
  const char* text;
  const char* variable;
};

inline constexpr std::array<IssuerSetting, 9> kIssuerSettings{{
    {"--oidc-issuer,--oidc_issuer", &access::IssuerOptions::issuer,
     "Believe the tokens (JWT: ES256, RS256, EdDSA) of this issuer, as they spell it",
     "LEDGER_OIDC_ISSUER"},
    {"--oidc-audience,--oidc_audience", &access::IssuerOptions::audience,
     "For whom tokens are that programs bring; else none is taken", "LEDGER_OIDC_AUDIENCE"},
    {"--oidc-jwks,--oidc_jwks", &access::IssuerOptions::jwks,
     "Its key set: a file or an address, https but on this machine; else as the issuer says",
     "LEDGER_OIDC_JWKS"},
    {"--oidc-claim,--oidc_claim", &access::IssuerOptions::claim,
     "What of a token names the principal: the --subject of `ledgerctl people`",
     "LEDGER_OIDC_CLAIM"},
    {"--oidc-client-id,--oidc_client_id", &access::IssuerOptions::client_id,
     "People sign in there (authorization code with PKCE): as whom the issuer knows us. It\n"
     "sends them back to BASE/v1/session/oidc/callback",
     "LEDGER_OIDC_CLIENT_ID"},
    {"--oidc-client-secret-file,--oidc_client_secret_file",
     &access::IssuerOptions::client_secret_file,
     "File of the secret that it gave us; without it we are a public client",
     "LEDGER_OIDC_CLIENT_SECRET_FILE"},
    {"--oidc-redirect-base,--oidc_redirect_base", &access::IssuerOptions::redirect_base,
     "BASE: where browsers reach the dashboard, such as https://ledger.example",
     "LEDGER_OIDC_REDIRECT_BASE"},
    {"--oidc-scopes,--oidc_scopes", &access::IssuerOptions::scopes,
     "What is asked for: openid, and email or profile as the claim needs, unless said here",
     "LEDGER_OIDC_SCOPES"},
    {"--oidc-name,--oidc_name", &access::IssuerOptions::name,
     "What the button calls it; else by its host", "LEDGER_OIDC_NAME"},
}};

}  // namespace ledger
