#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

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

// Which rule a parameter is of.
struct ParameterOfRule {
  std::string_view parameter;
  std::string_view rule;
};
inline constexpr std::array<ParameterOfRule, 27> kParametersOfRules{{
    {"min_talk_s", "call"},
    {"redial_s", "call"},
    {"count_unanswered", "call"},
    {"count_inbound", "call"},
    {"distinct_clients", "email_offer"},
    {"mass_companies", "email_offer"},
    {"subject_marks", "email_offer"},
    {"attachment_marks", "email_offer"},
    {"address_marks", "email_offer"},
    {"count_replies", "email_offer"},
    {"subject_words", "email_offer"},
    {"header_marks", "email_offer"},
    {"verifying_talk_s", "phone_offer"},
    {"count_unverified", "phone_offer"},
    {"returned_months", "new_client_contract"},
    {"count_returned", "new_client_contract"},
    {"due_day", "report"},
    {"inclusive", "report"},
    {"move_to_working_day", "report"},
    {"separate_calls", "phone_offer"},
    {"sent_is_enough", "reconciliation"},
    {"answer_day", "reconciliation"},
    {"part_day", "part_day"},
    {"count_stood_in", "stand_in"},
    {"government_is_corporate", "segments"},
    {"wholesale_apart", "segments"},
    {"known_at", "ageing"},
}};

inline Status RulePublished::validate() const {
  if (!parameters) return {};
  const auto is_known = [&](const ParameterOfRule& one) { return one.rule == rule; };
  if (std::none_of(kParametersOfRules.begin(), kParametersOfRules.end(), is_known)) {
    return fail(ErrorCode::kInvalidField,
                "has no parameters: call, email_offer, phone_offer, new_client_contract, report, "
                "reconciliation, part_day, stand_in, segments and ageing have some",
                "rule");
  }
  Status status;
  RuleParameters::fields([&](std::string_view name, auto member, Trait = Trait::kPlain) {
    if (!status || !is_said((*parameters).*member)) return;
    const auto mine = [&](const ParameterOfRule& one) {
      return one.rule == rule && one.parameter == name;
    };
    if (std::any_of(kParametersOfRules.begin(), kParametersOfRules.end(), mine)) return;
    status = fail(ErrorCode::kInvalidField, fmt::format("rule '{}' has no such parameter", rule),
                  "parameters." + std::string(name));
  });
  return status;
}

}  // namespace ledger
