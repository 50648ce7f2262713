#include "events/json_members.h"

#include "events/json_reader.h"

namespace ledger {

Result<std::map<std::string, std::string>> json_members(std::string_view text) {
  simdjson::dom::parser parser;
  json::Object object;
  if (parser.parse(text.data(), text.size()).get(object) != simdjson::SUCCESS) {
    return fail(ErrorCode::kCorrupt, "is no JSON object");
  }
  std::map<std::string, std::string> members;
  for (const auto [name, value] : object) members.emplace(name, simdjson::minify(value));
  return members;
}

}  // namespace ledger
