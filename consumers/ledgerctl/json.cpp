#include "consumers/ledgerctl/json.h"

#include <fmt/format.h>

#include <boost/json/parse.hpp>

namespace ledger::cli {

namespace {

const boost::json::value* find(const boost::json::value& object, std::string_view member) {
  return object.is_object() ? object.get_object().if_contains(member) : nullptr;
}

}  // namespace

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
