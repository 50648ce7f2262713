#include "platform/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <optional>

#include "platform/utf8.h"

namespace ledger::config {

namespace {

std::optional<Value> scalar(const toml::node& node) {
  if (const auto* text = node.as_string()) return Value(text->get());
  if (const auto* number = node.as_integer()) return Value(number->get());
  if (const auto* flag = node.as_boolean()) return Value(flag->get());
  return std::nullopt;
}

Result<Member> member_of(const std::string& name, const toml::node& node) {
  Member member;
  member.line = node.source().begin.line;
  const auto wrong = [&] {
    return fail(
        ErrorCode::kInvalidField,
        fmt::format("is to be a text, a whole number, true or false (line {})", member.line), name);
  };
  const auto* list = node.as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    auto value = scalar(*list->get(i));
    if (!value) return wrong();
    member.values.push_back(*std::move(value));
  }
  if (list != nullptr) return member;
  auto value = scalar(node);
  if (!value) return wrong();
  member.values.push_back(*std::move(value));
  return member;
}

Status add(Members& members, const std::string& name, const toml::node& node) {
  LEDGER_TRY(auto member, member_of(name, node));
  members.emplace(name, std::move(member));
  return {};
}

Status add_all(Members& members, const std::string& before, const toml::table& table) {
  for (const auto& [key, node] : table) {
    LEDGER_CHECK(add(members, before + std::string(key.str()), node));
  }
  return {};
}

// Of [[name]], each of which is a table.
bool is_list_of_tables(const toml::node& node) {
  const auto* list = node.as_array();
  return list != nullptr && !list->empty() && list->is_homogeneous<toml::table>();
}

Result<Document> read(const toml::table& root) {
  Document document;
  for (const auto& [key, node] : root) {
    const std::string name(key.str());
    if (const auto* section = node.as_table()) {
      LEDGER_CHECK(add_all(document.members, name + ".", *section));
    } else if (is_list_of_tables(node)) {
      for (const auto& one : *node.as_array()) {
        LEDGER_CHECK(add_all(document.lists[name].emplace_back(), "", *one.as_table()));
      }
    } else {
      LEDGER_CHECK(add(document.members, name, node));
    }
  }
  return document;
}

}  // namespace

Result<Document> parse_toml(std::string_view text) {
  if (text.size() > kConfigBytesMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("such a file has at most {} bytes", kConfigBytesMax));
  }
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::kMalformed,
                fmt::format("this is no TOML: line {}: {}", error.source().begin.line,
                            with_replaced_bytes(error.description())));
  }
  return read(root);
}

}  // namespace ledger::config
