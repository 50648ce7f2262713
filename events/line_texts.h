#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace ledger {

// What becomes of a text of a line.
struct TextFate {
  enum class Kind { kKept, kReplaced, kDropped };
  Kind kind = Kind::kKept;
  std::string text = {};  // that stands in its place

  [[nodiscard]] static TextFate kept() { return {}; }
  [[nodiscard]] static TextFate replaced(std::string text) {
    return {Kind::kReplaced, std::move(text)};
  }
  // The member is absent then; in a list the item is.
  [[nodiscard]] static TextFate dropped() { return {Kind::kDropped}; }
};

// `name` is the member's, of a text in a list the list's. Texts come in the order of the line.
using TextChange = std::function<TextFate(std::string_view name, std::string_view text)>;

// A stored line with every text of it, also those of the events that it carries, looked at and
// changed where `change` says so; members keep their order. For who may not see all of a line.
[[nodiscard]] Result<std::string> with_texts(std::string_view line, const TextChange& change);

}  // namespace ledger
