#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "platform/http/message.h"
#include "platform/result.h"

// What every GET has in common, whatever it answers by.
namespace ledger::http {

// A parameter that the route does not know is kUnknownField, by its name: who misspells one would
// take the answer for that to his question. An empty one is kInvalidField.
[[nodiscard]] Status check_known(const Request& request,
                                 std::initializer_list<std::string_view> known);

// Whether `If-None-Match` names the tag (RFC 9110 13.1.2, weakly compared). "*" names none: it is
// for writes.
[[nodiscard]] bool is_named(std::string_view if_none_match, std::string_view etag);
// 304 with that tag. `Vary: Accept`, since that chooses the form.
[[nodiscard]] Response not_modified(std::string etag);
// The answer with a tag that is the digest of its body, or 304 where the request names it: for what
// is made at each question and does not stand by a position of the views. Of a 200 alone.
[[nodiscard]] Response tagged_by_body(const Request& request, Response answer);

}  // namespace ledger::http
