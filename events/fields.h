#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "platform/result.h"

// How a struct says what it holds. One list serves JSON in, JSON out, cereal and the schema test:
//
//   struct MeetingHeld {
//     ClientId client_id;
//     std::optional<std::string> place;
//     static void fields(auto&& field) {
//       field("client_id", &MeetingHeld::client_id);
//       field("place", &MeetingHeld::place);
//     }
//   };
//
// The order of the list is the order of members in stored lines: append at the end only.
// Required is every member that is neither optional nor a vector. What a member may hold:
// text (std::string), parsed text (below), std::int64_t, bool, an enum with names(), Timestamp,
// Date, another struct with fields, RawJson, and optionals and vectors of these.
namespace ledger {

enum class Trait : std::uint8_t {
  kPlain,
  kPersonal,  // about a person: masked (decisions/0022); what of it is sealed says 0038
  kStamped,   // filled in by the door; a sender that gives it is refused
  kOfCopy,    // copies of one letter may differ in it: two deliveries are not compared by it
};
inline constexpr Trait personal = Trait::kPersonal;
inline constexpr Trait stamped = Trait::kStamped;
inline constexpr Trait of_copy = Trait::kOfCopy;

// JSON that is carried but not looked into; compact and valid by construction at the door.
struct RawJson {
  std::string text;
  bool operator==(const RawJson&) const = default;
};

namespace detail {
struct NoField {
  template <class Member>
  void operator()(std::string_view, Member, Trait = Trait::kPlain) const {}
};
}  // namespace detail

template <class T>
concept HasFields = requires(detail::NoField visitor) { T::fields(visitor); };

// A text with a grammar of its own (ids, phone numbers, currencies): one spelling per value.
template <class T>
concept ParsedText = requires(const T& value, std::string_view text) {
  { T::parse(text) } -> std::same_as<Result<T>>;
  { value.text() } -> std::convertible_to<std::string_view>;
};

// A parsed text that senders spell in several ways; the log holds one of them.
template <class T>
concept SpelledText = ParsedText<T> && requires(std::string_view text) {
  { T::parse_spelled(text) } -> std::same_as<Result<T>>;
};

// An enum whose enumerators count from 0 and whose names(E) gives their stored words in order.
template <class T>
concept NamedEnum = std::is_enum_v<T> && requires(T value) { names(value).size(); };

template <class T>
concept HasValidate = requires(const T& value) {
  { value.validate() } -> std::same_as<Status>;
};

template <NamedEnum E>
[[nodiscard]] constexpr std::string_view name_of(E value) {
  return names(value)[static_cast<std::size_t>(value)];
}

template <NamedEnum E>
[[nodiscard]] constexpr std::optional<E> from_name(std::string_view word) {
  const auto all = names(E{});
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i] == word) return static_cast<E>(i);
  }
  return std::nullopt;
}

// Where a member lies within its struct.
template <class T, class Member>
[[nodiscard]] std::size_t offset_of(const T& object, Member T::* member) {
  return static_cast<std::size_t>(reinterpret_cast<const std::byte*>(&(object.*member)) -
                                  reinterpret_cast<const std::byte*>(&object));
}

template <class... Words>
[[nodiscard]] constexpr auto words(Words... text) {
  return std::array<std::string_view, sizeof...(Words)>{std::string_view(text)...};
}

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

}  // namespace ledger
