#pragma once

#include <string>
#include <string_view>

#include "consumers/query/context.h"

namespace ledger {

// A weak ETag of the answer to a request: of the route and what it captured, its parameters (but
// those that only say when to answer), the form that is taken, who asks, the position of the views
// and how often one was made anew (somebody may be erased since), and the business day;
// kWithTheMinute: also of the minute. It holds in this process alone, since another program may
// answer otherwise. Who asks stands in it so that nobody finds out by it whether another's answer
// is the same.
[[nodiscard]] std::string etag_of(const http::Request& request, std::string_view pattern,
                                  const Frontier& position, std::uint64_t renewed, Date today,
                                  Timestamp now, Changes changes);

}  // namespace ledger
