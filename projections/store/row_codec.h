#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "events/fields.h"
#include "events/position.h"
#include "platform/clock.h"
#include "platform/result.h"

// Rows of views as bytes, by cereal over the same `fields` list that JSON uses. Private to us and
// rebuilt rather than migrated: a change of a row is a new version of its view.
//
// The two archives write integers and lengths as LEB128 (signed ones zigzag): most are below 128,
// and rows are mostly lengths and counts. The reader never believes a length beyond its input.
namespace ledger::rows {

class Writer : public cereal::OutputArchive<Writer, cereal::AllowEmptyClassElision> {
 public:
  explicit Writer(std::string& out)
      : cereal::OutputArchive<Writer, cereal::AllowEmptyClassElision>(this), out_(out) {}

  void unsigned_number(std::uint64_t value) {
    while (value >= 0x80) {
      out_ += static_cast<char>(value | 0x80);
      value >>= 7;
    }
    out_ += static_cast<char>(value);
  }
  void signed_number(std::int64_t value) {
    unsigned_number((static_cast<std::uint64_t>(value) << 1) ^
                    static_cast<std::uint64_t>(value >> 63));
  }
  void bytes(const void* data, std::size_t size) {
    out_.append(static_cast<const char*>(data), size);
  }

 private:
  std::string& out_;
};

class Reader : public cereal::InputArchive<Reader, cereal::AllowEmptyClassElision> {
 public:
  explicit Reader(std::string_view input)
      : cereal::InputArchive<Reader, cereal::AllowEmptyClassElision>(this), rest_(input) {}

  std::uint64_t unsigned_number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) throw cereal::Exception("row ends within a number");
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw cereal::Exception("number is too long");
  }
  std::int64_t signed_number() {
    const std::uint64_t value = unsigned_number();
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
  }
  void bytes(void* data, std::size_t size) {
    if (size > rest_.size()) throw cereal::Exception("row ends within a text");
    rest_.copy(static_cast<char*>(data), size);
    rest_.remove_prefix(size);
  }
  // Every element takes at least one byte, so no honest length exceeds what is left.
  std::size_t length() {
    const std::uint64_t value = unsigned_number();
    if (value > rest_.size()) throw cereal::Exception("length beyond the row");
    return static_cast<std::size_t>(value);
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

template <class T>
  requires std::is_integral_v<T>
void CEREAL_SAVE_FUNCTION_NAME(Writer& archive, const T& value) {
  if constexpr (std::is_signed_v<T>) {
    archive.signed_number(value);
  } else {
    archive.unsigned_number(value);
  }
}
template <class T>
  requires std::is_integral_v<T>
void CEREAL_LOAD_FUNCTION_NAME(Reader& archive, T& value) {
  if constexpr (std::is_signed_v<T>) {
    value = static_cast<T>(archive.signed_number());
  } else {
    value = static_cast<T>(archive.unsigned_number());
  }
}
template <class T>
void CEREAL_SAVE_FUNCTION_NAME(Writer& archive, const cereal::SizeTag<T>& tag) {
  archive.unsigned_number(tag.size);
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(Reader& archive, cereal::SizeTag<T>& tag) {
  tag.size = archive.length();
}
template <class T>
void CEREAL_SAVE_FUNCTION_NAME(Writer& archive, const cereal::BinaryData<T>& data) {
  archive.bytes(data.data, static_cast<std::size_t>(data.size));
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(Reader& archive, cereal::BinaryData<T>& data) {
  archive.bytes(data.data, static_cast<std::size_t>(data.size));
}

template <class T>
inline constexpr bool is_digest = false;
template <std::size_t N>
inline constexpr bool is_digest<std::array<unsigned char, N>> = true;

// The value kinds that rows share with events, and digests.
template <class T>
void put(Writer& archive, const T& value) {
  if constexpr (HasFields<T>) {
    T::fields(
        [&](std::string_view, auto member, Trait = Trait::kPlain) { put(archive, value.*member); });
  } else if constexpr (is_optional<T>) {
    archive.unsigned_number(value ? 1 : 0);
    if (value) put(archive, *value);
  } else if constexpr (is_vector<T>) {
    archive(cereal::make_size_tag(static_cast<cereal::size_type>(value.size())));
    for (const auto& item : value) put(archive, item);
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    archive.signed_number(value.time_since_epoch().count());
  } else if constexpr (std::is_same_v<T, Date>) {
    archive.signed_number(std::chrono::sys_days{value}.time_since_epoch().count());
  } else if constexpr (is_digest<T>) {
    archive.bytes(value.data(), value.size());
  } else if constexpr (std::is_enum_v<T>) {
    archive.unsigned_number(static_cast<std::uint64_t>(value));
  } else if constexpr (ParsedText<T>) {
    archive(value.text());
  } else {
    archive(value);
  }
}

template <class T>
void get(Reader& archive, T& value) {
  if constexpr (HasFields<T>) {
    T::fields(
        [&](std::string_view, auto member, Trait = Trait::kPlain) { get(archive, value.*member); });
  } else if constexpr (is_optional<T>) {
    if (archive.unsigned_number() != 0) get(archive, value.emplace());
  } else if constexpr (is_vector<T>) {
    value.resize(archive.length());
    for (auto& item : value) get(archive, item);
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    value = Timestamp{std::chrono::microseconds{archive.signed_number()}};
  } else if constexpr (std::is_same_v<T, Date>) {
    value = Date{std::chrono::sys_days{
        std::chrono::days{static_cast<std::int32_t>(archive.signed_number())}}};
  } else if constexpr (is_digest<T>) {
    archive.bytes(value.data(), value.size());
  } else if constexpr (NamedEnum<T>) {
    const std::uint64_t word = archive.unsigned_number();
    if (word >= names(T{}).size()) throw cereal::Exception("no such enumerator");
    value = static_cast<T>(word);
  } else if constexpr (ParsedText<T>) {
    std::string text;
    archive(text);
    if constexpr (std::is_constructible_v<T, std::string>) {
      value = T(std::move(text));
    } else if (!text.empty()) {
      auto parsed = T::parse(text);
      if (!parsed) throw cereal::Exception(parsed.error().message);
      value = *std::move(parsed);
    }
  } else {
    archive(value);
  }
}

// Format number of the whole encoding, the first byte of every row.
inline constexpr char kFormat = 1;

// In place of what `out` holds; its memory is used again.
template <HasFields Row>
void encode_into(std::string& out, const Row& row) {
  out.assign(1, kFormat);
  Writer archive(out);
  put(archive, row);
}

template <HasFields Row>
[[nodiscard]] std::string encode(const Row& row) {
  std::string out;
  encode_into(out, row);
  return out;
}

namespace detail {

template <HasFields Row>
[[nodiscard]] Result<Row> decode(std::string_view bytes, bool whole) {
  try {
    if (bytes.empty() || bytes.front() != kFormat) throw cereal::Exception("another format");
    Reader archive(bytes.substr(1));
    Row row;
    get(archive, row);
    if (whole && !archive.at_end()) throw cereal::Exception("bytes left over");
    return row;
  } catch (const std::exception& problem) {
    return fail(ErrorCode::kCorrupt, std::string("a view row cannot be read: ") + problem.what());
  }
}

}  // namespace detail

// kCorrupt for bytes that encode() cannot have written. Never throws, never allocates beyond the
// input's own size.
template <HasFields Row>
[[nodiscard]] Result<Row> decode(std::string_view bytes) {
  return detail::decode<Row>(bytes, true);
}
// The first members of a row, in a struct that has no others; the rest is not looked at. For a
// question that goes through all rows and needs a part of each.
template <HasFields Head>
[[nodiscard]] Result<Head> decode_head(std::string_view bytes) {
  return detail::decode<Head>(bytes, false);
}

}  // namespace ledger::rows
