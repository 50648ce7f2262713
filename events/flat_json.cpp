#include "events/flat_json.h"

#include "events/json_reader.h"

namespace ledger {

namespace {

Result<std::string> text_of(const json::Element& value) {
  if (std::string_view text; value.get(text) == simdjson::SUCCESS) return std::string(text);
  if (std::int64_t number = 0; value.get(number) == simdjson::SUCCESS) {
    return std::to_string(number);
  }
  return json::wrong_kind("a text or a whole number");
}

}  // namespace

Result<std::vector<std::pair<std::string, std::string>>> read_flat_object(std::string_view json) {
  thread_local simdjson::dom::parser parser;
  json::Element document;
  if (parser.parse(json.data(), json.size()).get(document) != simdjson::SUCCESS) {
    return fail(ErrorCode::kMalformed, "is not JSON");
  }
  json::Object object;
  if (document.get(object) != simdjson::SUCCESS) {
    return fail(ErrorCode::kMalformed, "is not a JSON object");
  }
  LEDGER_CHECK(json::check_names(document));
  std::vector<std::pair<std::string, std::string>> members;
  members.reserve(object.size());
  for (const auto [name, value] : object) {
    auto text = text_of(value);
    if (!text) return tl::unexpected(json::within(name, std::move(text).error()));
    members.emplace_back(name, *std::move(text));
  }
  return members;
}

}  // namespace ledger
