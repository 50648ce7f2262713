#include "platform/http/message.h"

#include "platform/json_writer.h"

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

Response problem(const Error& error) {
  const int status = status_of(error.code);
  JsonWriter json;
  json.begin_object();
  json.member("type", "urn:salesledger:problem:" + std::string(name_of(error.code)));
  json.member("title", title_of(status));
  json.member("status", status);
  json.member("detail", error.message);
  if (!error.field.empty()) json.member("field", error.field);
  json.member("retriable", error.retriable());
  json.end_object();
  Response response{status, "application/problem+json", json.take()};
  if (status == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

}  // namespace ledger::http
