#pragma once

#include <fmt/format.h>

#include <string>
#include <type_traits>
#include <utility>

#include "events/fields.h"
#include "platform/clock.h"
#include "platform/sha256.h"
#include "projections/store/row_codec.h"

// What a row looks like to the codec: its members with their names and kinds, down to the words of
// enumerations and the members of events inside it. Two builds that differ in it cannot read each
// other's rows, whatever version they call them.
namespace ledger::rows {

template <class T>
[[nodiscard]] std::string shape() {
  if constexpr (HasFields<T>) {
    std::string all = "{";
    T::fields([&](std::string_view name, auto member, Trait = Trait::kPlain) {
      using Member = std::remove_cvref_t<decltype(std::declval<T>().*member)>;
      all += fmt::format("{}:{},", name, shape<Member>());
    });
    return all + "}";
  } else if constexpr (is_optional<T>) {
    return "?" + shape<typename T::value_type>();
  } else if constexpr (is_vector<T>) {
    return "[" + shape<typename T::value_type>() + "]";
  } else if constexpr (NamedEnum<T>) {
    return fmt::format("({})", fmt::join(names(T{}), " "));
  } else if constexpr (std::is_integral_v<T>) {
    return std::is_signed_v<T> ? "int" : "uint";
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    return "instant";
  } else if constexpr (std::is_same_v<T, Date>) {
    return "day";
  } else if constexpr (is_digest<T>) {
    return "digest";
  } else {
    return "text";
  }
}

// Of all kinds of rows of a view.
template <class... Rows>
[[nodiscard]] std::string shape_digest() {
  std::string all;
  ((all += fmt::format("{}{}\n", Rows::kTable, shape<Rows>())), ...);
  return to_hex(sha256(all)).substr(0, 16);
}

}  // namespace ledger::rows
