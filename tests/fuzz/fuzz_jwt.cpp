// Whatever comes as a token, as an issuer's key set or as what it says of itself: refused with a
// reason, or taken apart into what puts together the same token; and nobody signed it, so that no
// key believes it. No address is taken that secrets may not go to.
#include "consumers/access/jwt.h"
#include "consumers/access/key_set.h"
#include "consumers/access/oidc_discovery.h"
#include "consumers/access/tokens.h"
#include "platform/assert.h"
#include "platform/base64.h"
#include "tests/fuzz/accepted.h"

using namespace ledger;
using namespace ledger::access;

namespace {

// Of RFC 8037, whose private half nobody uses here but the RFC's own example.
const JwsKey& stranger() {
  static const JwsKey key =
      JwsKey::ed25519(base64url_decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").value())
          .value();
  return key;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::bytes_of(data, size);
  if (const auto key = parse_api_key(bytes)) {
    LEDGER_ASSERT(key->text() == bytes, "a key has one spelling");
  }
  const auto token = take_apart(bytes);
  LEDGER_ASSERT(token || !token.error().message.empty(), "a refusal says why");
  if (token) {
    LEDGER_ASSERT(token->signed_text + "." + base64url_encode(token->signature) == bytes,
                  "a token has one spelling");
    LEDGER_ASSERT(!check_signature(*token, stranger()), "nobody signed it");
    const auto now = parse_timestamp("2026-11-26T08:00:00Z").value();
    const auto who = subject_of(*token, {"https://sso.house.example", "ledger"}, now);
    LEDGER_ASSERT(!who || !who->empty(), "who is named is named");
    const auto answers = check_id_token(*token, "ledger", "a nonce that nobody knows");
    LEDGER_ASSERT(!answers, "nobody was asked");
  }
  if (const auto keys = KeySet::parse(bytes)) {
    LEDGER_ASSERT(keys->size() > 0, "a set that is taken has a key");
  }
  if (const auto said = parse_discovery(bytes, "https://sso.house.example")) {
    LEDGER_ASSERT(is_safe_address(said->authorization) && is_safe_address(said->token) &&
                      is_safe_address(said->keys),
                  "secrets go nowhere else");
  }
  return 0;
}
