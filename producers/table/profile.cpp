#include "producers/table/profile.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/utf8.h"

namespace ledger::table {

namespace {

constexpr std::int64_t kColumnsMax = 500;

using config::Value;

Error wrong_kind(const std::string& name, std::string_view wanted) {
  return {ErrorCode::kInvalidField, fmt::format("is to be {}", wanted), name};
}

Result<Column> column_of(const Value& value, const std::string& name) {
  if (const auto* text = std::get_if<std::string>(&value); text != nullptr && !text->empty()) {
    return Column{*text, 0};
  }
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number != nullptr && *number >= 1 && *number <= kColumnsMax) {
    return Column{{}, static_cast<std::size_t>(*number)};
  }
  return tl::unexpected(wrong_kind(
      name, fmt::format("the header of a column, or its number from 1 to {}", kColumnsMax)));
}

Result<char> delimiter_of(std::string_view text) {
  if (text == "tab" || text == "\t") return '\t';
  if (text == ";" || text == "," || text == "|") return text.front();
  return fail(ErrorCode::kInvalidField, fmt::format("'{}' is none of ; , | and tab", excerpt(text)),
              "delimiter");
}

}  // namespace

std::string text_of(const Column& column) {
  return column.number == 0 ? fmt::format("'{}'", excerpt(column.name, 120))
                            : fmt::format("column {}", column.number);
}

Result<Profile> Profile::parse(std::string_view toml) {
  LEDGER_TRY(auto document, config::parse_toml(toml));
  if (!document.lists.empty()) {
    return fail(ErrorCode::kUnknownField, "is no list of a profile", document.lists.begin()->first);
  }
  Profile profile;
  profile.members_ = std::move(document.members);
  return profile;
}

const config::Member* Profile::take(const std::string& name) {
  taken_.insert(name);
  const auto found = members_.find(name);
  return found == members_.end() ? nullptr : &found->second;
}

Result<std::optional<std::string>> Profile::text(const std::string& name) {
  if (take(name) == nullptr) return std::nullopt;
  return text_or(name, "");
}

Result<std::string> Profile::text_or(const std::string& name, std::string otherwise) {
  const auto* member = take(name);
  if (member == nullptr) return otherwise;
  const auto* text =
      member->values.size() == 1 ? std::get_if<std::string>(&member->values[0]) : nullptr;
  if (text == nullptr) return tl::unexpected(wrong_kind(name, "one text"));
  return *text;
}

Result<std::optional<bool>> Profile::flag(const std::string& name) {
  const auto* member = take(name);
  if (member == nullptr) return std::nullopt;
  const auto* flag = member->values.size() == 1 ? std::get_if<bool>(&member->values[0]) : nullptr;
  if (flag == nullptr) return tl::unexpected(wrong_kind(name, "true or false"));
  return *flag;
}

Result<std::vector<std::string>> Profile::texts(const std::string& name) {
  std::vector<std::string> texts;
  const auto* member = take(name);
  if (member == nullptr) return texts;
  for (const auto& value : member->values) {
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr || text->empty()) {
      return tl::unexpected(wrong_kind(name, "a text, or a list of texts"));
    }
    texts.push_back(*text);
  }
  return texts;
}

Result<std::vector<Column>> Profile::columns(const std::string& name) {
  std::vector<Column> columns;
  const auto* member = take(name);
  if (member == nullptr) return columns;
  for (const auto& value : member->values) {
    LEDGER_TRY(auto column, column_of(value, name));
    columns.push_back(std::move(column));
  }
  return columns;
}

Result<std::optional<Column>> Profile::column(const std::string& name) {
  LEDGER_TRY(auto columns, this->columns(name));
  if (columns.size() > 1) return tl::unexpected(wrong_kind(name, "one column"));
  if (columns.empty()) return std::nullopt;
  return std::move(columns.front());
}

Result<Column> Profile::required_column(const std::string& name) {
  LEDGER_TRY(auto column, this->column(name));
  if (column) return *std::move(column);
  return fail(ErrorCode::kMissingField, "says in which column it stands: is required", name);
}

Result<std::map<std::string, std::string>> Profile::words(const std::string& section) {
  std::map<std::string, std::string> words;
  std::vector<std::string> names;
  for (const auto& [name, member] : members_) {
    if (name.starts_with(section + ".")) names.push_back(name);
  }
  for (const auto& name : names) {
    LEDGER_TRY(const auto meaning, text(name));
    words.emplace(name.substr(section.size() + 1), *meaning);
  }
  return words;
}

Result<Layout> Profile::layout() {
  Layout layout;
  taken_.insert({"name", "note"});  // for people
  LEDGER_TRY(const std::string delimiter, text_or("delimiter", ""));
  if (delimiter.empty()) {
    return fail(ErrorCode::kMissingField, "stands between the columns: is required", "delimiter");
  }
  LEDGER_TRY(layout.delimiter, delimiter_of(delimiter));
  LEDGER_TRY(const auto quotes, flag("quotes"));
  layout.quotes = quotes.value_or(true);
  LEDGER_TRY(const auto encoding, text("encoding"));
  if (encoding) {
    auto page = code_page_named(*encoding);
    if (!page) return fail(page.error().code, page.error().message, "encoding");
    layout.encoding = *page;
  }
  if (const auto* row = take("first_row")) {
    const auto* number =
        row->values.size() == 1 ? std::get_if<std::int64_t>(&row->values[0]) : nullptr;
    if (number == nullptr || *number < 1 || *number > 1000) {
      return tl::unexpected(wrong_kind("first_row", "a number from 1 to 1000"));
    }
    layout.first_row = static_cast<std::size_t>(*number);
  }
  LEDGER_TRY(layout.total_rows, texts("total_rows"));
  return layout;
}

Status Profile::check_all_taken() const {
  for (const auto& [name, member] : members_) {
    if (taken_.contains(name)) continue;
    return fail(ErrorCode::kUnknownField,
                fmt::format("is no member of such a profile (line {})", member.line), name);
  }
  return {};
}

}  // namespace ledger::table
