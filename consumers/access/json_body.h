#pragma once

#include "events/json_reader.h"
#include "platform/http/message.h"

// A request's JSON as a struct with fields: unknown members, duplicate names and other kinds of
// values are refused by name. Include only in .cpp files: simdjson is heavy.
namespace ledger::access {

template <HasFields T>
[[nodiscard]] Result<T> body_of(const http::Request& request) {
  std::string_view type = request.header("content-type");
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  // Also what keeps a form of another site out: it cannot send this type.
  if (type != "application/json") {
    return fail(ErrorCode::kUnsupportedMedia, "this takes application/json", "content-type");
  }
  simdjson::dom::parser parser;
  simdjson::dom::element json;
  if (parser.parse(request.body).get(json) != simdjson::SUCCESS) {
    return fail(ErrorCode::kMalformed, "the body is not JSON");
  }
  T body;
  LEDGER_CHECK(json::read_fields(json, body, json::Origin::kSender));
  return body;
}

}  // namespace ledger::access
