#include "events/json_reader.h"

#include <algorithm>
#include <unordered_set>

namespace ledger::json {

namespace {

Status check_object_names(const Object& object) {
  if (object.size() > limits::kJsonMembersMax) {
    return fail(ErrorCode::kTooLarge,
                fmt::format("an object has more than {} members", limits::kJsonMembersMax));
  }
  std::unordered_set<std::string_view> seen;
  for (const auto [name, value] : object) {
    if (!seen.insert(name).second) {
      return fail(ErrorCode::kDuplicateName, "is given twice in one object", std::string(name));
    }
  }
  return {};
}

}  // namespace

Status check_names(const Element& element) {
  if (Object object; element.get(object) == simdjson::SUCCESS) {
    LEDGER_CHECK(check_object_names(object));
    for (const auto [name, value] : object) {
      auto status = check_names(value);
      if (!status) return tl::unexpected(within(name, std::move(status).error()));
    }
  } else if (simdjson::dom::array array; element.get(array) == simdjson::SUCCESS) {
    std::size_t index = 0;
    for (const Element item : array) {
      auto status = check_names(item);
      if (!status) return tl::unexpected(within(std::to_string(index), std::move(status).error()));
      ++index;
    }
  }
  return {};
}

Result<std::string> compact(const Element& element) {
  LEDGER_CHECK(check_names(element));
  return simdjson::minify(element);
}

Status check_text(std::string_view text) {
  if (text.empty()) return fail(ErrorCode::kInvalidField, "is empty; leave it out instead");
  if (text.size() > limits::kTextBytesMax) {
    return fail(ErrorCode::kTooLarge, fmt::format("has {} bytes, at most {} are kept", text.size(),
                                                  limits::kTextBytesMax));
  }
  const bool control = std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
  });
  if (control) return fail(ErrorCode::kInvalidField, "holds a control character");
  return {};
}

Status read(const Element& element, std::string& out) {
  std::string_view text;
  if (element.get(text) != simdjson::SUCCESS) return wrong_kind("a string");
  LEDGER_CHECK(check_text(text));
  out = text;
  return {};
}

Status read(const Element& element, std::int64_t& out) {
  if (element.get(out) == simdjson::SUCCESS) return {};
  if (element.is_uint64()) return fail(ErrorCode::kOutOfRange, "does not fit into 64 bits, signed");
  return wrong_kind("a whole number without quotes");
}

Status read(const Element& element, bool& out) {
  if (element.get(out) != simdjson::SUCCESS) return wrong_kind("true or false");
  return {};
}

Status read(const Element& element, Timestamp& out) {
  std::string_view text;
  if (element.get(text) != simdjson::SUCCESS) return wrong_kind("an RFC 3339 time in quotes");
  LEDGER_TRY(out, parse_timestamp(text));
  return {};
}

Status read(const Element& element, Date& out) {
  std::string_view text;
  if (element.get(text) != simdjson::SUCCESS) return wrong_kind("a date in quotes");
  LEDGER_TRY(out, parse_date(text));
  return {};
}

Status read(const Element& element, RawJson& out) {
  if (!element.is_object()) return wrong_kind("an object");
  LEDGER_TRY(out.text, compact(element));
  return {};
}

namespace detail {

namespace {

Status read_one(const MemberReader& member, const Element& element, void* object, Origin origin) {
  if (member.trait == stamped && origin == Origin::kSender) {
    return fail(ErrorCode::kInvalidField, "is stamped by the ledger, leave it out",
                std::string(member.name));
  }
  auto status = member.read(element, static_cast<std::byte*>(object) + member.offset, origin);
  if (!status) return tl::unexpected(within(member.name, std::move(status).error()));
  return {};
}

bool read_in_order(const Object& object, const std::vector<MemberReader>& members, void* out,
                   Origin origin) {
  auto at = object.begin();
  const auto end = object.end();
  for (const auto& member : members) {
    if (at != end && at.key() == member.name) {
      if (!read_one(member, at.value(), out, origin)) return false;
      ++at;
    } else if (member.required) {
      return false;
    }
  }
  return !(at != end);
}

Status read_by_name(const Object& object, const std::vector<MemberReader>& members, void* out,
                    Origin origin) {
  for (const auto& member : members) {
    Element element;
    if (object.at_key(member.name).get(element) == simdjson::SUCCESS) {
      LEDGER_CHECK(read_one(member, element, out, origin));
    } else if (member.required) {
      return fail(ErrorCode::kMissingField, "is required", std::string(member.name));
    }
  }
  return {};
}

Status check_members(const Object& object, const std::vector<MemberReader>& members) {
  LEDGER_CHECK(check_object_names(object));
  for (const auto field : object) {
    const bool known = std::any_of(members.begin(), members.end(),
                                   [&](const auto& member) { return member.name == field.key; });
    if (!known) {
      return fail(ErrorCode::kUnknownField, "is not a member of this type", std::string(field.key));
    }
  }
  return {};
}

}  // namespace

Status read_object(const Element& element, const std::vector<MemberReader>& members, void* object,
                   Origin origin) {
  Object json;
  if (element.get(json) != simdjson::SUCCESS) return wrong_kind("an object");
  if (read_in_order(json, members, object, origin)) return {};
  LEDGER_CHECK(check_members(json, members));
  return read_by_name(json, members, object, origin);
}

}  // namespace detail

}  // namespace ledger::json
