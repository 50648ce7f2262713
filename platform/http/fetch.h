#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger::http {

// Whether an IPv4 or IPv6 address, as text, is one of the public internet: not of a private
// network, this machine, a link, or a group. What is no address is not.
[[nodiscard]] bool is_public_address(std::string_view address);

// The body of a GET of an https address that somebody outside has named: follows no redirect, goes
// to public addresses alone, whatever the name resolves to, uses no proxy, and takes so many bytes
// and so much time at most. The server's certificate and name are checked. Blocks; any thread.
//
// Who may be asked at all is the caller's rule: he compares the address before.
// kInvalidField: not https. kUnavailable: no connection, another status than 200, too long;
// kTimeout.
struct FetchLimits {
  std::size_t bytes_max = std::size_t{64} * 1024;
  std::chrono::milliseconds timeout{5000};
};
[[nodiscard]] Result<std::string> fetch_public(const std::string& url, FetchLimits limits = {});

// The same of an address that the house's own settings name: http and private addresses too, since
// an issuer of tokens stands in the house's network as often as not.
[[nodiscard]] Result<std::string> fetch_configured(const std::string& url, FetchLimits limits = {});

// Sends a form (application/x-www-form-urlencoded) by POST to such an address; any status is an
// answer, and one that points elsewhere is not followed. `authorization` is that header, if it is
// not empty. What was sent stands in no error.
struct Posted {
  int status = 0;
  std::string body;
};
[[nodiscard]] Result<Posted> post_configured(const std::string& url, const std::string& form,
                                             const std::string& authorization,
                                             FetchLimits limits = {});

}  // namespace ledger::http
