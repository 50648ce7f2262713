#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/fields.h"
#include "events/types/rule_parameters.h"
#include "platform/clock.h"

namespace ledger {

// A rule of counting got a new version, for days from then on: the latest first day wins, of those
// the one that was published last. Days of a month whose report was accepted stay as they were
// judged. A version says all of its parameters: what it leaves out is the default again.
struct RulePublished {
  static constexpr std::string_view kName = "rule.published";
  static constexpr int kVersion = 1;

  std::string rule;                               // Its name
  std::string version;                            // The version
  Date valid_from;                                // The first day
  std::optional<std::string> text;                // What it says
  std::optional<RuleParameters> parameters = {};  // How it counts; only of the rules that have any

  static void fields(auto&& field) {
    field("rule", &RulePublished::rule);
    field("version", &RulePublished::version);
    field("valid_from", &RulePublished::valid_from);
    field("text", &RulePublished::text);
    field("parameters", &RulePublished::parameters);
  }
  [[nodiscard]] Status validate() const;
  bool operator==(const RulePublished&) const = default;
};

// The names of the rules that have parameters, in the order of their letters.
[[nodiscard]] std::vector<std::string_view> rules_with_parameters();

}  // namespace ledger
