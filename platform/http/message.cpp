#include "platform/http/message.h"

#include <fmt/format.h>

#include "platform/http/refusals.h"
#include "platform/json_writer.h"
#include "platform/limits.h"

namespace ledger::http {

std::string_view Request::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return {};
}

std::optional<std::string_view> Request::parameter(std::string_view wanted) const {
  for (const auto& [name, value] : query) {
    if (name == wanted) return value;
  }
  return std::nullopt;
}

namespace {

std::string_view title_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 424:
      return "Failed Dependency";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "Internal Server Error";
  }
}

}  // namespace

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kMalformed:
    case ErrorCode::kDuplicateName:
      return 400;
    case ErrorCode::kNotFound:
      return 404;
    case ErrorCode::kConflict:
      return 409;
    case ErrorCode::kTooLarge:
      return 413;
    case ErrorCode::kUnsupportedMedia:
      return 415;
    case ErrorCode::kUnknownType:
    case ErrorCode::kUnsupportedVersion:
    case ErrorCode::kMissingField:
    case ErrorCode::kUnknownField:
    case ErrorCode::kInvalidField:
    case ErrorCode::kOutOfRange:
      return 422;
    case ErrorCode::kNotAttempted:
      return 424;
    case ErrorCode::kUnavailable:
      return 503;
    case ErrorCode::kPossiblyPersisted:
    case ErrorCode::kTimeout:
      return 504;
    case ErrorCode::kMisconfigured:
    case ErrorCode::kCorrupt:
    case ErrorCode::kInternal:
      return 500;
  }
  return 500;
}

namespace {

Response problem_of(int status, std::string_view type, std::string_view detail,
                    std::string_view field, bool retriable) {
  JsonWriter json;
  json.begin_object();
  json.member("type", "urn:salesledger:problem:" + std::string(type));
  json.member("title", title_of(status));
  json.member("status", status);
  json.member("detail", detail);
  if (!field.empty()) json.member("field", field);
  json.member("retriable", retriable);
  json.end_object();
  Response response{status, "application/problem+json", json.take()};
  if (status == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

}  // namespace

Response problem(const Error& error) {
  return problem_of(status_of(error.code), name_of(error.code), error.message, error.field,
                    error.retriable());
}

Response method_not_allowed(std::string_view allowed) {
  Response response = problem_of(405, "method-not-allowed",
                                 fmt::format("this resource takes {}", allowed), {}, false);
  response.headers.emplace_back("Allow", allowed);
  return response;
}

Response header_too_large() {
  return problem_of(431, name_of(ErrorCode::kTooLarge),
                    fmt::format("the header takes at most {} bytes", limits::kHttpHeaderBytesMax),
                    {}, false);
}

Response forbidden(std::string_view detail, std::string_view field) {
  return problem_of(403, "forbidden", detail, field, false);
}

Response unauthenticated(std::string_view detail, bool invalid) {
  auto response = problem_of(401, "unauthenticated", detail, {}, false);
  response.headers.emplace_back(
      "WWW-Authenticate",
      invalid ? R"(Bearer realm="ledger", error="invalid_token")" : R"(Bearer realm="ledger")");
  return response;
}

Response too_many_requests(std::string_view detail, std::int64_t seconds) {
  auto response = problem_of(429, "too-many-requests", detail, {}, true);
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

}  // namespace ledger::http
