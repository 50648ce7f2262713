#include "producers/webhook/credentials.h"

#include "platform/base64.h"
#include "platform/hmac.h"

namespace ledger::webhook {

bool has_credentials(const http::Request& request, const std::string& credentials) {
  constexpr std::string_view kScheme = "Basic ";
  const std::string_view header = request.header("authorization");
  return header.starts_with(kScheme) &&
         equal_secrets(header.substr(kScheme.size()), base64_encode(credentials));
}

}  // namespace ledger::webhook
