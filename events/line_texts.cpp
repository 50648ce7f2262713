#include "events/line_texts.h"

#include "events/json_reader.h"
#include "platform/json_writer.h"

namespace ledger {

namespace {

// `key`: its name stands before it, unless it is dropped with it.
void write(JsonWriter& json, std::string_view name, bool key, const json::Element& value,
           const TextChange& change) {
  if (std::string_view text; value.get(text) == simdjson::SUCCESS) {
    const TextFate fate = change(name, text);
    if (fate.kind == TextFate::Kind::kDropped) return;
    if (key) json.key(name);
    json.value(fate.kind == TextFate::Kind::kReplaced ? std::string_view(fate.text) : text);
    return;
  }
  if (key) json.key(name);
  if (json::Object object; value.get(object) == simdjson::SUCCESS) {
    json.begin_object();
    for (const auto [member, inner] : object) write(json, member, true, inner, change);
    json.end_object();
    return;
  }
  if (simdjson::dom::array array; value.get(array) == simdjson::SUCCESS) {
    json.begin_array();
    for (const auto inner : array) write(json, name, false, inner, change);
    json.end_array();
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
  write(json, "", false, document, change);
  return json.take();
}

}  // namespace ledger
