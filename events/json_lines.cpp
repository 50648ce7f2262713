#include "events/json_lines.h"

#include <simdjson.h>

namespace ledger {

namespace {

namespace ondemand = simdjson::ondemand;

tl::unexpected<Error> malformed(simdjson::error_code code) {
  return fail(ErrorCode::kMalformed, simdjson::error_message(code));
}

}  // namespace

Result<std::string> lines_of_array(std::string_view json,
                                   std::span<const std::string_view> members) {
  ondemand::parser parser;
  const simdjson::padded_string padded(json);
  ondemand::document document;
  if (const auto code = parser.iterate(padded).get(document)) return malformed(code);
  std::string lines;
  for (const auto member : members) {
    ondemand::array items;
    if (document[member].get_array().get(items) != simdjson::SUCCESS) continue;
    for (auto item : items) {
      std::string_view text;
      ondemand::object object;
      auto code = item.get_object().get(object);
      if (!code) code = object.raw_json().get(text);
      if (code) return malformed(code);
      lines += text;
      lines += '\n';
    }
    return lines;
  }
  return lines;
}

std::optional<std::string> text_member(std::string_view json, std::string_view name) {
  ondemand::parser parser;
  const simdjson::padded_string padded(json);
  ondemand::document document;
  std::string_view text;
  if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return std::nullopt;
  if (document[name].get_string().get(text) != simdjson::SUCCESS) return std::nullopt;
  return std::string(text);
}

}  // namespace ledger
