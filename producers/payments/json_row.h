#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/result.h"

namespace ledger::bank {

// A JSON object of a bank's answer: its members by name. Texts as one line without spaces around
// it, numbers and booleans as they are written, a list or an object as its JSON. An empty text and
// null are absent: banks fill what they do not know with them.
class JsonRow {
 public:
  // kMalformed: no JSON object. kDuplicateName; kTooLarge: over the limits of JSON.
  [[nodiscard]] static Result<JsonRow> of(std::string_view json);

  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  // The same, empty where it is absent.
  [[nodiscard]] std::string text_or_none(std::string_view name) const;
  // kMissingField.
  [[nodiscard]] Result<std::string> text(std::string_view name) const;
  // kMissingField, kInvalidField.
  [[nodiscard]] Result<std::int64_t> integer(std::string_view name) const;
  [[nodiscard]] bool is_true(std::string_view name) const { return find(name) == "true"; }
  [[nodiscard]] const std::string& json() const { return json_; }

 private:
  std::string json_;
  std::vector<std::pair<std::string, std::string>> members_;
};

inline constexpr std::size_t kRowsMax = 10'000;

// Each item of a JSON array, by itself: one that is no object holds up no other. kMalformed: no
// array; kTooLarge: over kRowsMax.
[[nodiscard]] Result<std::vector<Result<JsonRow>>> rows_of(std::string_view json);

}  // namespace ledger::bank
