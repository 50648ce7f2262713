#include "events/line_texts.h"

#include "events/json_reader.h"
#include "platform/json_writer.h"

namespace ledger {

namespace {

void write(JsonWriter& json, std::string_view name, const json::Element& value,
           const TextChange& change) {
  if (json::Object object; value.get(object) == simdjson::SUCCESS) {
    json.begin_object();
    for (const auto [member, inner] : object) write(json.key(member), member, inner, change);
    json.end_object();
    return;
  }
  if (simdjson::dom::array array; value.get(array) == simdjson::SUCCESS) {
    json.begin_array();
    for (const auto inner : array) write(json, name, inner, change);
    json.end_array();
    return;
  }
  if (std::string_view text; value.get(text) == simdjson::SUCCESS) {
    const auto changed = change(name, text);
    json.value(changed ? std::string_view(*changed) : text);
    return;
  }
  json.raw(simdjson::minify(value));
}

}  // namespace

Result<std::string> with_texts(std::string_view line, const TextChange& change) {
  thread_local simdjson::dom::parser parser;
  json::Element document;
  if (parser.parse(line.data(), line.size()).get(document) != simdjson::SUCCESS) {
    return fail(ErrorCode::kMalformed, "is not JSON");
  }
  JsonWriter json;
  write(json, "", document, change);
  return json.take();
}

}  // namespace ledger
