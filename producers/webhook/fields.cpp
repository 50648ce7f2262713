#include "producers/webhook/fields.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <functional>

#include "platform/http/form.h"
#include "platform/limits.h"
#include "platform/utf8.h"

namespace ledger::webhook {

namespace {

using Element = simdjson::dom::element;

// "callDetails[historyData][0][waitsec]" -> "callDetails.historyData.0.waitsec".
std::string dotted(std::string_view name) {
  std::string path;
  path.reserve(name.size());
  for (const char c : name) {
    if (c == '[') {
      path += '.';
    } else if (c != ']') {
      path += c;
    }
  }
  return path;
}

// "60.0" -> "60": what floating-point seconds are in JSON.
std::string_view without_zero_fraction(std::string_view number) {
  const std::size_t point = number.find('.');
  const bool is_zero = point != std::string_view::npos && point + 1 < number.size() &&
                       number.find_first_not_of('0', point + 1) == std::string_view::npos;
  return is_zero ? number.substr(0, point) : number;
}

std::string joined(const std::string& path, std::string_view name) {
  return path.empty() ? std::string(name) : fmt::format("{}.{}", path, name);
}

}  // namespace

Result<Fields> Fields::of(const http::Request& request) {
  Fields fields;
  LEDGER_CHECK(fields.add_form(request.query));
  const std::size_t first = request.body.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return fields;
  if (request.body[first] == '{' || request.body[first] == '[') {
    LEDGER_CHECK(fields.add_json(request.body));
    return fields;
  }
  LEDGER_TRY(const auto form, http::parse_form(request.body));
  LEDGER_CHECK(fields.add_form(form));
  return fields;
}

Status Fields::add(std::string name, std::string_view value) {
  if (name.size() > kNameBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("the name of a field has at most {} bytes", kNameBytesMax),
                std::string(excerpt(name)));
  }
  if (values_.size() == kValuesMax) {
    return fail(ErrorCode::kTooLarge, fmt::format("a delivery has at most {} values", kValuesMax));
  }
  const auto [known, fresh] = values_.emplace(std::move(name), value);
  if (fresh || known->second == value) return {};
  return fail(ErrorCode::kDuplicateName, "is given twice with two values", known->first);
}

Status Fields::add_form(const std::vector<std::pair<std::string, std::string>>& fields) {
  for (const auto& [name, value] : fields) {
    if (!value.empty()) LEDGER_CHECK(add(dotted(name), value));
  }
  return {};
}

namespace {

using Add = std::function<Status(std::string, std::string_view)>;

Status add_element(const std::string& path, const Element& element, const Add& add) {
  if (simdjson::dom::object object; element.get(object) == simdjson::SUCCESS) {
    for (const auto [name, value] : object) {
      LEDGER_CHECK(add_element(joined(path, name), value, add));
    }
    return {};
  }
  if (simdjson::dom::array array; element.get(array) == simdjson::SUCCESS) {
    std::size_t index = 0;
    for (const Element item : array) {
      LEDGER_CHECK(add_element(joined(path, std::to_string(index++)), item, add));
    }
    return {};
  }
  if (element.is_null()) return {};
  if (std::string_view text; element.get(text) == simdjson::SUCCESS) {
    return text.empty() ? Status() : add(path, text);
  }
  return add(path, simdjson::minify(element));
}

}  // namespace

namespace {

// The element lives in the parser.
Result<Element> parse(simdjson::dom::parser& parser, std::string_view text) {
  Element element;
  auto code = parser.allocate(text.size(), limits::kJsonDepthMax);
  if (code == simdjson::SUCCESS) code = parser.parse(text.data(), text.size()).get(element);
  if (code == simdjson::DEPTH_ERROR) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("JSON is nested deeper than {} levels", limits::kJsonDepthMax));
  }
  if (code != simdjson::SUCCESS) {
    return fail(ErrorCode::kMalformed,
                fmt::format("this is not JSON: {}", simdjson::error_message(code)));
  }
  return element;
}

}  // namespace

namespace {

Result<Fields> row_of(const Element& item, const std::function<Status(Fields&)>& read) {
  if (!item.is_object()) return fail(ErrorCode::kMalformed, "an item of the list is no object");
  Fields row;
  LEDGER_CHECK(read(row));
  return row;
}

}  // namespace

Result<Fields> Fields::of_json(std::string_view text) {
  Fields fields;
  LEDGER_CHECK(fields.add_json(text));
  return fields;
}

Result<std::vector<Result<Fields>>> Fields::rows_of(const http::Request& request) {
  std::vector<Result<Fields>> rows;
  const std::size_t first = request.body.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || request.body[first] != '[') {
    LEDGER_TRY(rows.emplace_back(), of(request));
    return rows;
  }
  simdjson::dom::parser parser;
  LEDGER_TRY(const Element list, parse(parser, request.body));
  const simdjson::dom::array items(list);
  if (items.size() > kRowsMax) {
    return fail(ErrorCode::kTooLarge, fmt::format("a list has at most {} items", kRowsMax));
  }
  for (const Element item : items) {
    rows.push_back(row_of(item, [&item](Fields& row) {
      return add_element("", item, [&row](std::string name, std::string_view value) {
        return row.add(std::move(name), value);
      });
    }));
  }
  return rows;
}

std::size_t Fields::count(std::string_view list) const {
  std::size_t items = 0;
  for (const auto& [name, value] : values_) {
    if (name.size() <= list.size() || !name.starts_with(list) || name[list.size()] != '.') continue;
    std::size_t index = 0;
    const char* from = name.data() + list.size() + 1;
    const char* last = name.data() + name.size();
    const auto [end, error] = std::from_chars(from, last, index);
    const bool is_index = error == std::errc() && (end == last || *end == '.');
    if (is_index && index < kValuesMax) items = std::max(items, index + 1);
  }
  return items;
}

Status Fields::add_json(std::string_view text) {
  simdjson::dom::parser parser;
  LEDGER_TRY(const Element element, parse(parser, text));
  return add_element("", element, [this](std::string name, std::string_view value) {
    return add(std::move(name), value);
  });
}

std::optional<std::string_view> Fields::find(std::string_view name) const {
  const auto found = values_.find(std::string(name));
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

Result<std::string> Fields::text(std::string_view name) const {
  if (const auto value = find(name)) return std::string(*value);
  return fail(ErrorCode::kMissingField, "is required", std::string(name));
}

Result<std::int64_t> Fields::integer(std::string_view name) const {
  LEDGER_TRY(const std::string value, text(name));
  const std::string_view whole = without_zero_fraction(value);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), number);
  if (error == std::errc() && end == whole.data() + whole.size()) return number;
  return fail(ErrorCode::kInvalidField, fmt::format("'{}' is not a whole number", excerpt(value)),
              std::string(name));
}

Result<std::int64_t> Fields::integer(std::string_view name, std::int64_t otherwise) const {
  return find(name) ? integer(name) : otherwise;
}

Error within_row(std::size_t index, Error error) {
  error.field =
      error.field.empty() ? std::to_string(index) : fmt::format("{}.{}", index, error.field);
  return error;
}

}  // namespace ledger::webhook
