#pragma once

#include <fmt/format.h>
#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "platform/clock.h"
#include "platform/json_writer.h"
#include "platform/limits.h"
#include "platform/result.h"
#include "platform/utf8.h"

// JSON into any struct with fields. Include only in .cpp files: simdjson is heavy.
namespace ledger::json {

// Who wrote the bytes: a sender may not give stamped members, the log always carries them.
enum class Origin { kSender, kLog };

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;

// Puts `name` in front of the field path of an error that came from inside that member.
[[nodiscard]] inline Error within(std::string_view name, Error error) {
  error.field = error.field.empty() ? std::string(name) : fmt::format("{}.{}", name, error.field);
  return error;
}

// Duplicate names and the member limit, at every depth. For JSON that no struct describes.
[[nodiscard]] Status check_names(const Element& element);
[[nodiscard]] Result<std::string> compact(const Element& element);

[[nodiscard]] inline tl::unexpected<Error> wrong_kind(std::string_view wanted) {
  return fail(ErrorCode::kInvalidField, fmt::format("must be {}", wanted));
}

[[nodiscard]] Status check_text(std::string_view text);
[[nodiscard]] Status read(const Element& element, std::string& out);
[[nodiscard]] Status read(const Element& element, std::int64_t& out);
[[nodiscard]] Status read(const Element& element, bool& out);
[[nodiscard]] Status read(const Element& element, Timestamp& out);
[[nodiscard]] Status read(const Element& element, Date& out);
[[nodiscard]] Status read(const Element& element, RawJson& out);
// A member that is looked into later, once its type is known.
[[nodiscard]] inline Status read(const Element& element, Element& out) {
  out = element;
  return {};
}

template <ParsedText T>
[[nodiscard]] Status read(const Element& element, T& out) {
  std::string_view text;
  if (element.get(text) != simdjson::SUCCESS) return wrong_kind("a string");
  LEDGER_TRY(out, T::parse(text));
  return {};
}

template <NamedEnum E>
[[nodiscard]] Status read(const Element& element, E& out) {
  std::string_view text;
  if (element.get(text) != simdjson::SUCCESS) return wrong_kind("a string");
  const auto found = from_name<E>(text);
  if (!found) {
    return fail(ErrorCode::kInvalidField,
                fmt::format("'{}' is not one of: {}", excerpt(text), fmt::join(names(E{}), ", ")));
  }
  out = *found;
  return {};
}

template <HasFields T>
[[nodiscard]] Status read_fields(const Element& element, T& out, Origin origin);

template <class T>
[[nodiscard]] Status read_value(const Element& element, T& out, Origin origin) {
  if constexpr (is_optional<T>) {
    return read_value(element, out.emplace(), origin);
  } else if constexpr (is_vector<T>) {
    simdjson::dom::array array;
    if (element.get(array) != simdjson::SUCCESS) return wrong_kind("an array");
    if (array.size() > limits::kListItemsMax) {
      return fail(ErrorCode::kTooLarge,
                  fmt::format("has more than {} items", limits::kListItemsMax));
    }
    std::size_t index = 0;
    for (const Element item : array) {
      auto status = read_value(item, out.emplace_back(), origin);
      if (!status) return tl::unexpected(within(std::to_string(index), std::move(status).error()));
      ++index;
    }
    return {};
  } else if constexpr (HasFields<T>) {
    return read_fields(element, out, origin);
  } else {
    return read(element, out);
  }
}

namespace detail {

// Takes members in the order of the list, which is the order of every stored line: one pass.
template <class T>
struct InOrder {
  Object::iterator at;
  Object::iterator end;
  T& out;
  Origin origin;
  Status status = {};
  std::size_t taken = 0;

  template <class Member>
  void operator()(std::string_view name, Member T::* member, Trait trait = Trait::kPlain) {
    if (!status) return;
    if (!(at != end) || at.key() != name) {
      if constexpr (!is_optional<Member> && !is_vector<Member>) {
        status = fail(ErrorCode::kMissingField, "is required", std::string(name));
      }
      return;
    }
    if (trait == stamped && origin == Origin::kSender) {
      status = fail(ErrorCode::kInvalidField, "is stamped by the ledger, leave it out",
                    std::string(name));
      return;
    }
    status = read_value(at.value(), out.*member, origin);
    if (!status) {
      status = tl::unexpected(within(name, std::move(status).error()));
      return;
    }
    ++at;
    ++taken;
  }
};

// Finds members wherever they stand; the way of what senders write.
template <class T>
struct ByName {
  const Object& object;
  T& out;
  Origin origin;
  Status status = {};
  std::vector<std::string_view> known = {};

  template <class Member>
  void operator()(std::string_view name, Member T::* member, Trait trait = Trait::kPlain) {
    known.push_back(name);
    if (!status) return;
    Element element;
    if (object.at_key(name).get(element) != simdjson::SUCCESS) {
      if constexpr (!is_optional<Member> && !is_vector<Member>) {
        status = fail(ErrorCode::kMissingField, "is required", std::string(name));
      }
      return;
    }
    if (trait == stamped && origin == Origin::kSender) {
      status = fail(ErrorCode::kInvalidField, "is stamped by the ledger, leave it out",
                    std::string(name));
      return;
    }
    status = read_value(element, out.*member, origin);
    if (!status) status = tl::unexpected(within(name, std::move(status).error()));
  }
};

[[nodiscard]] Status check_members(const Object& object,
                                   const std::vector<std::string_view>& known);

}  // namespace detail

template <HasFields T>
Status read_fields(const Element& element, T& out, Origin origin) {
  Object object;
  if (element.get(object) != simdjson::SUCCESS) return wrong_kind("an object");
  detail::InOrder<T> in_order{object.begin(), object.end(), out, origin};
  T::fields(in_order);
  if (!in_order.status || in_order.taken != object.size()) {
    out = T{};
    detail::ByName<T> by_name{object, out, origin};
    T::fields(by_name);
    LEDGER_CHECK(detail::check_members(object, by_name.known));
    LEDGER_CHECK(std::move(by_name.status));
  }
  if constexpr (HasValidate<T>) return out.validate();
  return {};
}

}  // namespace ledger::json
