#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/result.h"

// Files that people write for our programs (TOML 1.0): profiles, folders. What the members mean is
// their readers' business.
namespace ledger::config {

inline constexpr std::size_t kConfigBytesMax = 64 * 1024;

using Value = std::variant<std::string, std::int64_t, bool>;
struct Member {
  std::vector<Value> values;  // of a list: several, or none
  std::uint32_t line = 0;
};
// By name; a member of a section is named with a dot: "date.column".
using Members = std::map<std::string, Member>;

struct Document {
  Members members;
  std::map<std::string, std::vector<Members>> lists;  // [[folder]], each with its own members
};

// kMalformed: no TOML, with its line. kInvalidField, with the member's name: a value of another
// kind, a section within a section. kTooLarge.
[[nodiscard]] Result<Document> parse_toml(std::string_view text);

}  // namespace ledger::config
