#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/checks.h"
#include "events/fields.h"
#include "platform/clock.h"

namespace ledger {

// What the job description leaves open, and a person may decide otherwise (domain-semantics.md 6).
// Absent: the default that projections/directory/rules.h names.
struct RuleParameters {
  // "call"
  std::optional<std::int64_t> min_talk_s = {};  // Seconds of talk from which a call counts
  std::optional<std::int64_t> redial_s = {};  // Calls to one number within so many seconds are one
  std::optional<bool> count_unanswered = {};  // Whether attempts count
  std::optional<bool> count_inbound = {};     // Whether the clients' calls count
  // "email_offer"
  std::optional<bool> distinct_clients = {};        // Whether companies count, and not documents
  std::optional<std::int64_t> mass_companies = {};  // Companies from which one letter is a mass one
  // "phone_offer"
  std::optional<std::int64_t> verifying_talk_s = {};  // Seconds of the talk behind an offer
  std::optional<bool> count_unverified = {};          // Whether offers without such a talk count
  // "new_client_contract"
  std::optional<std::int64_t> returned_months = {};  // Silence after which an old client returned
  std::optional<bool> count_returned = {};           // Whether who returned counts as new
  // "report"
  std::optional<std::int64_t> due_day = {};  // Day of the next month
  std::optional<bool> inclusive = {};        // Whether that day is still in time
  std::optional<bool> move_to_working_day =
      {};  // Whether a day off moves it to the next working one

  static void fields(auto&& field) {
    field("min_talk_s", &RuleParameters::min_talk_s);
    field("redial_s", &RuleParameters::redial_s);
    field("count_unanswered", &RuleParameters::count_unanswered);
    field("count_inbound", &RuleParameters::count_inbound);
    field("distinct_clients", &RuleParameters::distinct_clients);
    field("mass_companies", &RuleParameters::mass_companies);
    field("verifying_talk_s", &RuleParameters::verifying_talk_s);
    field("count_unverified", &RuleParameters::count_unverified);
    field("returned_months", &RuleParameters::returned_months);
    field("count_returned", &RuleParameters::count_returned);
    field("due_day", &RuleParameters::due_day);
    field("inclusive", &RuleParameters::inclusive);
    field("move_to_working_day", &RuleParameters::move_to_working_day);
  }
  [[nodiscard]] Status validate() const {
    constexpr std::int64_t kHour = 3600;
    constexpr std::int64_t kDay = 24 * kHour;
    LEDGER_CHECK(check_within(min_talk_s.value_or(0), 0, kHour, "min_talk_s"));
    LEDGER_CHECK(check_within(redial_s.value_or(0), 0, kDay, "redial_s"));
    LEDGER_CHECK(check_within(mass_companies.value_or(2), 2, 1000, "mass_companies"));
    LEDGER_CHECK(check_within(verifying_talk_s.value_or(0), 0, kHour, "verifying_talk_s"));
    LEDGER_CHECK(check_within(returned_months.value_or(1), 1, 600, "returned_months"));
    // The last day before the 1st would be one on which the month is not over.
    const std::int64_t first = inclusive.value_or(true) ? 1 : 2;
    return check_within(due_day.value_or(first), first, 28, "due_day");
  }
  bool operator==(const RuleParameters&) const = default;
};

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
inline constexpr std::array<ParameterOfRule, 13> kParametersOfRules{{
    {"min_talk_s", "call"},
    {"redial_s", "call"},
    {"count_unanswered", "call"},
    {"count_inbound", "call"},
    {"distinct_clients", "email_offer"},
    {"mass_companies", "email_offer"},
    {"verifying_talk_s", "phone_offer"},
    {"count_unverified", "phone_offer"},
    {"returned_months", "new_client_contract"},
    {"count_returned", "new_client_contract"},
    {"due_day", "report"},
    {"inclusive", "report"},
    {"move_to_working_day", "report"},
}};

inline Status RulePublished::validate() const {
  if (!parameters) return {};
  const auto is_known = [&](const ParameterOfRule& one) { return one.rule == rule; };
  if (std::none_of(kParametersOfRules.begin(), kParametersOfRules.end(), is_known)) {
    return fail(ErrorCode::kInvalidField,
                "has no parameters: call, email_offer, phone_offer, new_client_contract and report "
                "have some",
                "rule");
  }
  Status status;
  RuleParameters::fields([&](std::string_view name, auto member, Trait = Trait::kPlain) {
    if (!status || !((*parameters).*member)) return;
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
