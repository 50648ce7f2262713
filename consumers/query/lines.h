#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "platform/http/message.h"
#include "platform/result.h"

// Lists that a script reads whole: `Accept: application/x-ndjson` is answered by the items of all
// pages, one a line, as they stand in the JSON of those pages. Here for all routes at once; the log
// and the rows have lines of their own.
namespace ledger {

// Whether the route's answer has a list that can be told in lines; which one is in lines.cpp.
[[nodiscard]] bool has_lines(std::string_view pattern);
// Whether lines are what this request likes best. `format` wins over Accept, as everywhere.
[[nodiscard]] bool wants_lines(std::string_view pattern, const http::Request& request);
// The same request as one for a page of JSON: the longest that there is, from the beginning.
[[nodiscard]] http::Request page_request(http::Request request);
void begin_page_at(http::Request& request, std::string place);

// The page that begins at a place, as the route answers it. Called on a worker thread, one at a
// time.
using PageAt = std::function<Result<http::Response>(std::string place)>;
// The answer in lines that begins with the page `first`, which stays its body for those who look at
// what is shown. A page that cannot be had is a last line {"error":"…"}.
[[nodiscard]] Result<http::Response> in_lines(std::string_view pattern, http::Response first,
                                              PageAt page_at);

}  // namespace ledger
