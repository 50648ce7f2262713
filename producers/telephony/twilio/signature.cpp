#include "producers/telephony/twilio/signature.h"

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "platform/base64.h"
#include "platform/hmac.h"
#include "platform/http/form.h"
#include "platform/sha256.h"

namespace ledger::twilio {

namespace {

// The address with its scheme's own port written out, or left out; nullopt: it has another.
std::optional<std::string> other_spelling(std::string_view url) {
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  const std::string_view port = url.starts_with("https:") ? ":443" : ":80";
  const std::size_t host = scheme_end + 3;
  const std::size_t host_end = std::min(url.find_first_of("/?", host), url.size());
  const std::string_view authority = url.substr(host, host_end - host);
  const std::string_view rest = url.substr(host_end);
  const std::string start(url.substr(0, host));
  if (authority.ends_with(port)) {
    return start + std::string(authority.substr(0, authority.size() - port.size())) +
           std::string(rest);
  }
  // The brackets of an IPv6 address hold colons of their own.
  if (authority.find(':',
                     authority.rfind(']') == std::string_view::npos ? 0 : authority.rfind(']')) !=
      std::string_view::npos) {
    return std::nullopt;
  }
  return start + std::string(authority) + std::string(port) + std::string(rest);
}

// What the signature covers behind the address; nullopt: the body is not what was signed.
std::optional<std::string> signed_fields(const http::Request& request) {
  if (const auto digest = request.parameter("bodySHA256")) {
    if (!equal_secrets(*digest, to_hex(sha256(request.body)))) return std::nullopt;
    return std::string();
  }
  if (request.method != "POST") {
    // Of a GET the address alone is signed, and Twilio sends nothing besides.
    return request.body.empty() ? std::optional<std::string>("") : std::nullopt;
  }
  const auto form = http::parse_form(request.body);
  if (!form) return std::nullopt;
  std::map<std::string, std::set<std::string>> fields;
  for (const auto& [name, value] : *form) fields[name].insert(value);
  std::string text;
  for (const auto& [name, values] : fields) {
    for (const std::string& value : values) text += name + value;
  }
  return text;
}

}  // namespace

bool is_signed(const http::Request& request, std::string_view public_url,
               std::string_view auth_token) {
  const std::string_view signature = request.header("x-twilio-signature");
  const auto fields = signed_fields(request);
  if (signature.empty() || !fields) return false;
  std::string url(public_url);
  const std::size_t query = request.target.find('?');
  if (query != std::string::npos) url += request.target.substr(query);
  std::vector<std::string> spellings{url};
  if (auto other = other_spelling(url)) spellings.push_back(*std::move(other));
  bool fits = false;
  for (const std::string& spelling : spellings) {
    const std::string expected = base64_encode(hmac_sha1(auth_token, spelling + *fields));
    fits = equal_secrets(signature, expected) || fits;
  }
  return fits;
}

}  // namespace ledger::twilio
