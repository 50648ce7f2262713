#include "producers/payments/json_row.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "platform/limits.h"
#include "platform/utf8.h"

namespace ledger::bank {

namespace {

using simdjson::dom::element;

// The element lives in the parser.
Result<element> parse(simdjson::dom::parser& parser, std::string_view json) {
  element root;
  auto code = parser.allocate(json.size(), limits::kJsonDepthMax);
  if (code == simdjson::SUCCESS) code = parser.parse(json.data(), json.size()).get(root);
  if (code == simdjson::DEPTH_ERROR) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("JSON is nested deeper than {} levels", limits::kJsonDepthMax));
  }
  if (code == simdjson::SUCCESS) return root;
  return fail(ErrorCode::kMalformed,
              fmt::format("this is not JSON: {}", simdjson::error_message(code)));
}

// One line, without spaces around it: a stray byte of a terminal is a space.
std::string clean(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  const std::size_t begin = line.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return line.substr(begin, line.find_last_not_of(' ') - begin + 1);
}

}  // namespace

Result<JsonRow> JsonRow::of(std::string_view json) {
  simdjson::dom::parser parser;
  LEDGER_TRY(const element root, parse(parser, json));
  simdjson::dom::object object;
  if (root.get(object) != simdjson::SUCCESS) {
    return fail(ErrorCode::kMalformed, "is no JSON object");
  }
  JsonRow row;
  row.json_ = json;
  std::set<std::string_view> names;
  for (const auto [name, value] : object) {
    if (!names.insert(name).second) {
      return fail(ErrorCode::kDuplicateName, "is given twice", std::string(excerpt(name)));
    }
    if (names.size() > limits::kJsonMembersMax) {
      return fail(ErrorCode::kTooLarge,
                  fmt::format("has more than {} members", limits::kJsonMembersMax));
    }
    if (value.is_null()) continue;
    std::string_view text;
    const bool is_text = value.get(text) == simdjson::SUCCESS;
    std::string content = is_text ? clean(text) : simdjson::minify(value);
    if (!content.empty()) row.members_.emplace_back(name, std::move(content));
  }
  return row;
}

std::optional<std::string_view> JsonRow::find(std::string_view name) const {
  const auto found = std::find_if(members_.begin(), members_.end(),
                                  [name](const auto& member) { return member.first == name; });
  if (found == members_.end()) return std::nullopt;
  return found->second;
}

std::string JsonRow::text_or_none(std::string_view name) const {
  return std::string(find(name).value_or(""));
}

Result<std::string> JsonRow::text(std::string_view name) const {
  if (const auto value = find(name)) return std::string(*value);
  return fail(ErrorCode::kMissingField, "is required", std::string(name));
}

Result<std::int64_t> JsonRow::integer(std::string_view name) const {
  LEDGER_TRY(const std::string value, text(name));
  std::int64_t number = 0;
  const char* last = value.data() + value.size();
  const auto [end, error] = std::from_chars(value.data(), last, number);
  if (error == std::errc() && end == last) return number;
  return fail(ErrorCode::kInvalidField, fmt::format("'{}' is not a whole number", excerpt(value)),
              std::string(name));
}

Result<std::vector<Result<JsonRow>>> rows_of(std::string_view json) {
  simdjson::dom::parser parser;
  LEDGER_TRY(const element root, parse(parser, json));
  simdjson::dom::array items;
  if (root.get(items) != simdjson::SUCCESS) return fail(ErrorCode::kMalformed, "is no JSON array");
  if (items.size() > kRowsMax) {
    return fail(ErrorCode::kTooLarge, fmt::format("a page has at most {} rows", kRowsMax));
  }
  std::vector<Result<JsonRow>> rows;
  for (const element item : items) rows.push_back(JsonRow::of(simdjson::minify(item)));
  return rows;
}

}  // namespace ledger::bank
