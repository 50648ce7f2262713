#include "consumers/client/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace ledger::cli {

namespace {

const boost::json::value* find(const boost::json::value& object, std::string_view member) {
  return object.is_object() ? object.get_object().if_contains(member) : nullptr;
}

// Lists of plain values stay on their line.
bool is_plain(const boost::json::value& json) { return !json.is_object() && !json.is_array(); }

void write_indented(const boost::json::value& json, std::string& text, std::size_t depth) {
  const std::string line = "\n" + std::string(2 * depth, ' ');
  const char* between = "";
  if (json.is_object() && !json.get_object().empty()) {
    text += '{';
    for (const auto& [name, value] : json.get_object()) {
      text += between + line + "  " + boost::json::serialize(name) + ": ";
      write_indented(value, text, depth + 1);
      between = ",";
    }
    text += line + '}';
  } else if (json.is_array() &&
             !std::all_of(json.get_array().begin(), json.get_array().end(), is_plain)) {
    text += '[';
    for (const auto& value : json.get_array()) {
      text += between + line + "  ";
      write_indented(value, text, depth + 1);
      between = ",";
    }
    text += line + ']';
  } else {
    text += boost::json::serialize(json);
  }
}

}  // namespace

std::string indented(const boost::json::value& json) {
  std::string text;
  write_indented(json, text, 0);
  return text;
}

Result<boost::json::value> parse_json(std::string_view text) {
  boost::json::error_code problem;
  auto value = boost::json::parse(text, problem);
  if (problem) return fail(ErrorCode::kMalformed, "the server's answer is not JSON");
  return value;
}

std::string text_of(const boost::json::value& object, std::string_view member) {
  const auto* value = find(object, member);
  if (value == nullptr || !value->is_string()) return {};
  return std::string(value->get_string());
}

std::int64_t number_of(const boost::json::value& object, std::string_view member) {
  const auto* value = find(object, member);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

Error error_of(const http::Client::Answer& answer) {
  const auto problem = parse_json(answer.body);
  std::string message = problem ? text_of(*problem, "detail") : "";
  if (message.empty()) message = fmt::format("the server answered {}", answer.status);
  // By the ledger itself: a proxy in between wants something else.
  if (problem && text_of(*problem, "type") == "urn:salesledger:problem:unauthenticated") {
    message += " (--key-file FILE, or LEDGER_API_KEY)";
  }
  const bool retriable = answer.status == 503 || answer.status == 504;
  return {retriable ? ErrorCode::kUnavailable : ErrorCode::kInvalidField, std::move(message),
          problem ? text_of(*problem, "field") : ""};
}

Result<boost::json::value> get_json(http::Client& client, const std::string& path) {
  LEDGER_TRY(const auto answer, client.send({.method = "GET", .path = path}));
  if (answer.status != 200) return tl::unexpected(error_of(answer));
  return parse_json(answer.body);
}

}  // namespace ledger::cli
