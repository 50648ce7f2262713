#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/access_limits.h"
#include "platform/clock.h"
#include "platform/jws_key.h"
#include "platform/result.h"

// JSON Web Tokens of one issuer (RFC 7519, RFC 8725), by which people of a house with a sign-in of
// its own ask. Pure.
namespace ledger::access {

struct TokenRules {
  std::string issuer;
  std::string audience;
  std::string claim = "sub";  // what of it says who it is
};

// A token taken apart; nothing of it is believed yet.
struct Token {
  std::string signed_text;  // header and claims as they came
  std::string signature;
  std::string algorithm;
  std::optional<std::string> kid;
  std::string claims;  // JSON
};

// kMalformed: not three parts of base64url, a header that is no object, or one that asks for what
// is not understood ("crit"). An algorithm is any text here.
[[nodiscard]] Result<Token> take_apart(std::string_view token,
                                       std::size_t bytes_max = limits::kBearerBytesMax);

// Whether the key made it, by the key's own algorithm: a token that names another one ("none",
// "HS256") is refused whatever its signature is.
[[nodiscard]] Status check_signature(const Token& token, const JwsKey& key);

// Who it is by the claims of a token whose signature is good. kInvalidField with the claim: another
// issuer or audience, outdated or not yet good by more than limits::kTokenLeeway, no such claim, an
// e-mail that the issuer has not verified.
[[nodiscard]] Result<std::string> subject_of(const Token& token, const TokenRules& rules,
                                             Timestamp now);

// What an ID token has to say beside that (OpenID Connect Core 3.1.3.7): that it answers our
// question, by the nonce, and that it was made for `client` where it is for several or says for
// whom. kInvalidField or kMissingField with the claim.
[[nodiscard]] Status check_id_token(const Token& token, std::string_view client,
                                    std::string_view nonce);

}  // namespace ledger::access
