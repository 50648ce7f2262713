#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "platform/clock.h"
#include "platform/json_writer.h"

// Any struct with fields as compact JSON, members in the order of its list, what is absent left
// out. The same value always gives the same bytes.
namespace ledger::json {

// Which members are written: all; those that a sender may give; of these those by which two
// deliveries of one event are compared.
enum class Members { kAll, kSent, kCompared };

template <class T>
void write(JsonWriter& json, const T& value, Members which = Members::kAll);

namespace detail {

// How one member of a struct is written, apart from its type: compiled once for each kind of
// member.
struct MemberWriter {
  std::string_view name;
  Trait trait = Trait::kPlain;
  std::size_t offset = 0;
  void (*write)(JsonWriter&, std::string_view name, const void*, Members) = nullptr;
};

template <class Member>
void write_member(JsonWriter& json, std::string_view name, const void* at, Members which) {
  const Member& value = *static_cast<const Member*>(at);
  if constexpr (is_optional<Member>) {
    if (!value) return;
  } else if constexpr (is_vector<Member>) {
    if (value.empty()) return;
  }
  json.key(name);
  write(json, value, which);
}

template <class T>
struct CollectWriters {
  const T& probe;
  std::vector<MemberWriter>& members;

  template <class Member>
  void operator()(std::string_view name, Member T::* member, Trait trait = Trait::kPlain) const {
    members.push_back({name, trait, offset_of(probe, member), &write_member<Member>});
  }
};

template <class T>
[[nodiscard]] const std::vector<MemberWriter>& writers_of() {
  static const auto members = [] {
    std::vector<MemberWriter> list;
    const T probe{};
    T::fields(CollectWriters<T>{probe, list});
    return list;
  }();
  return members;
}

// Whether every member is written, also where bodies are compared.
[[nodiscard]] bool all_compared(const std::vector<MemberWriter>& members);

void write_object(JsonWriter& json, const std::vector<MemberWriter>& members, const void* object,
                  Members which);

}  // namespace detail

template <class T>
void write(JsonWriter& json, const T& value, Members which) {
  if constexpr (is_optional<T>) {
    if (value) {
      write(json, *value, which);
    } else {
      json.null();
    }
  } else if constexpr (is_vector<T>) {
    json.begin_array();
    for (const auto& item : value) write(json, item, which);
    json.end_array();
  } else if constexpr (HasFields<T>) {
    detail::write_object(json, detail::writers_of<T>(), &value, which);
  } else if constexpr (ParsedText<T>) {
    json.value(value.text());
  } else if constexpr (NamedEnum<T>) {
    json.value(name_of(value));
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    json.value(format_timestamp(value));
  } else if constexpr (std::is_same_v<T, Date>) {
    json.value(format_date(value));
  } else if constexpr (std::is_same_v<T, RawJson>) {
    json.raw(value.text);
  } else {
    json.value(value);
  }
}

template <class T>
[[nodiscard]] std::string to_json(const T& value, Members which = Members::kAll) {
  JsonWriter json;
  write(json, value, which);
  return json.take();
}

}  // namespace ledger::json
