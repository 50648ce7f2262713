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

template <SpelledText T>
[[nodiscard]] Status read(const Element& element, T& out, Origin origin) {
  std::string_view text;
  if (element.get(text) != simdjson::SUCCESS) return wrong_kind("a string");
  LEDGER_TRY(out, origin == Origin::kLog ? T::parse(text) : T::parse_spelled(text));
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
    out.clear();
    std::size_t index = 0;
    for (const Element item : array) {
      auto status = read_value(item, out.emplace_back(), origin);
      if (!status) return tl::unexpected(within(std::to_string(index), std::move(status).error()));
      ++index;
    }
    return {};
  } else if constexpr (HasFields<T>) {
    return read_fields(element, out, origin);
  } else if constexpr (SpelledText<T>) {
    return read(element, out, origin);
  } else {
    return read(element, out);
  }
}

namespace detail {

// How one member of a struct is read, apart from its type: the readers of members are compiled once
// for each kind of member, not for each of a thousand members.
struct MemberReader {
  std::string_view name;
  Trait trait = Trait::kPlain;
  bool required = false;
  std::size_t offset = 0;
  Status (*read)(const Element&, void*, Origin) = nullptr;
};

template <class Member>
Status read_member(const Element& element, void* member, Origin origin) {
  return read_value(element, *static_cast<Member*>(member), origin);
}

template <class T>
struct CollectReaders {
  const T& probe;
  std::vector<MemberReader>& members;

  template <class Member>
  void operator()(std::string_view name, Member T::* member, Trait trait = Trait::kPlain) const {
    members.push_back({name, trait, !is_optional<Member> && !is_vector<Member>,
                       offset_of(probe, member), &read_member<Member>});
  }
};

template <class T>
[[nodiscard]] const std::vector<MemberReader>& readers_of() {
  static const auto members = [] {
    std::vector<MemberReader> list;
    const T probe{};
    T::fields(CollectReaders<T>{probe, list});
    return list;
  }();
  return members;
}

// Members in the order of the list, which is that of every stored line, in one pass; in any other
// order by name, as senders write them.
[[nodiscard]] Status read_object(const Element& element, const std::vector<MemberReader>& members,
                                 void* object, Origin origin);

}  // namespace detail

template <HasFields T>
Status read_fields(const Element& element, T& out, Origin origin) {
  LEDGER_CHECK(detail::read_object(element, detail::readers_of<T>(), &out, origin));
  if constexpr (HasValidate<T>) return out.validate();
  return {};
}

}  // namespace ledger::json
