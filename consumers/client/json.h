#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "platform/http/client.h"
#include "platform/result.h"

namespace ledger::cli {

// kMalformed for what is not JSON.
[[nodiscard]] Result<boost::json::value> parse_json(std::string_view text);
// The member as text, empty where it is absent or of another kind.
[[nodiscard]] std::string text_of(const boost::json::value& object, std::string_view member);
// The member as a number, 0 where it is absent.
[[nodiscard]] std::int64_t number_of(const boost::json::value& object, std::string_view member);

// With a line for each member, indented, for the eyes.
[[nodiscard]] std::string indented(const boost::json::value& json);

// An answer that is no success as an error for a person: the problem's field and detail.
[[nodiscard]] Error error_of(const http::Client::Answer& answer);
// GET and parse; any status but 200 is an error.
[[nodiscard]] Result<boost::json::value> get_json(http::Client& client, const std::string& path);

}  // namespace ledger::cli
